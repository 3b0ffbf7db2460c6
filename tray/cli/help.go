package cli

import (
	"fmt"
	"slices"
	"strings"

	"altv-tray/monitor/simulator"
)

// manual is what --help and the man page say of a command beside its flags: an
// example and the exit codes, each "0 what it means". They stand in the format of
// package go/doc/comment.
func manual(example string, codes ...string) string {
	text := "Example:\n\n    " + example + "\n\nExit codes:\n\n"
	codes = append(codes, "2 a wrong command line, or settings that cannot be used")
	slices.Sort(codes)
	for _, code := range codes {
		number, meaning, _ := strings.Cut(code, " ")
		text += fmt.Sprintf("    %s  %s\n", number, meaning)
	}
	return text
}

func (Run) Help() string {
	return manual("altv-tray run --profile staging", "0 it has ended, or runs already")
}

func (Status) Help() string {
	return manual("altv-tray status --watch", "0 the client answers", "3 it is not running", "4 it gives no answer", "7 something else than alt:V answers") +
		"\nWith --watch it goes on until it is interrupted, and exits with 0."
}

func (Reconnect) Help() string {
	return manual("altv-tray reconnect --wait --timeout 2m", "0 accepted, or in game with --wait", "3 the client is not running",
		"4 not in time", "5 it failed", "6 the keyring cannot be read, or has no password", "7 something else than alt:V answers")
}

func (Ready) Help() string {
	return manual("altv-tray ready", "0 the tray app knows", "3 no tray app runs")
}

func (Pause) Help() string {
	return manual("altv-tray pause 15m", "0 automatic reconnects are paused", "3 no tray app runs")
}

func (Resume) Help() string {
	return manual("altv-tray resume", "0 there is no pause any more", "3 no tray app runs")
}

func (PasswordSet) Help() string {
	return manual("altv-tray password set --profile staging", "0 it is stored", "1 it was not read", "6 the keyring did not take it")
}

func (PasswordClear) Help() string {
	return manual("altv-tray password clear", "0 none is stored any more", "1 the settings are broken", "6 the keyring did not let go of it")
}

func (PasswordStatus) Help() string {
	return manual("altv-tray password status", "0 one is stored, or none is needed", "1 the settings are broken", "6 none is stored, or the keyring cannot be read")
}

func (Start) Help() string {
	return manual("altv-tray start", "0 it is starting", "5 it was not started")
}

func (Doctor) Help() string {
	return manual("altv-tray doctor --json", "0 nothing is wrong, but for warnings", "1 something is wrong")
}

func (Open) Help() string {
	return manual("altv-tray open", "0 it was handed to the browser", "3 no tray app runs", "5 no browser could be started: the address is printed")
}

func (History) Help() string {
	return manual("altv-tray history --json -n 100", "0 it was printed", "1 it cannot be read")
}

func (Simulate) Help() string {
	text := manual("altv-tray simulate --client 127.0.0.1:9224 --speed 10", "0 it was ended", "1 it cannot start") + "\nLines on standard input steer it:\n\n"
	for _, l := range simulator.Lines {
		text += fmt.Sprintf("    %-16s  %s\n", l[0], l[1])
	}
	return text
}

func (Demo) Help() string {
	return manual("altv-tray demo --no-browser", "0 it was shown to its end, or ended before", "1 it cannot start", "5 it did not go as it should")
}

func (Quit) Help() string {
	return manual("altv-tray quit", "0 it has ended", "3 no tray app runs", "4 it has not ended in time", "5 it cannot be reached")
}

func (Clean) Help() string {
	return manual("altv-tray clean --with-settings --with-passwords", "0 all that was asked for is removed", "1 not all was removed", "5 the tray app did not end")
}

func (PrintVersion) Help() string { return manual("altv-tray version", "0 it was printed") }
