package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"altv-tray/monitor/simulator"
)

// manuals are what --help and the man page say of each command beside its flags: an example,
// the exit codes, each "0 what it means", and what else there is to say.
var manuals = map[string][]string{
	"run":       {"altv-tray run --profile staging", "0 it has ended, or another one is running already"},
	"status":    {"altv-tray status --watch", "0 the client answers; with --watch: it was interrupted", "3 it is not running", "4 it does not answer", "7 something other than alt:V answers"},
	"reconnect": {"altv-tray reconnect --wait --timeout 2m", "0 accepted, or in game with --wait", "3 the client is not running", "4 it timed out", "5 it failed, or the settings are broken", "6 the keyring cannot be read, or has no password", "7 something other than alt:V answers"},
	"ready":     {"altv-tray ready", "0 the tray app has been told", "3 no tray app runs"},
	"pause":     {"altv-tray pause 15m", "0 automatic reconnects are paused", "3 no tray app runs"},
	"resume":    {"altv-tray resume", "0 nothing is paused any more", "3 no tray app runs"},

	"password set":    {"altv-tray password set --profile staging", "0 it is stored", "1 no password was read, or the settings are broken", "6 the keyring did not store it"},
	"password clear":  {"altv-tray password clear", "0 none is stored any more", "1 the settings are broken", "6 the keyring did not remove it"},
	"password status": {"altv-tray password status", "0 one is stored, or none is needed", "1 the settings are broken", "6 none is stored, or the keyring cannot be read"},

	"start":    {"altv-tray start", "0 alt:V is starting", "5 it was not started: this is not Windows, or alt:V or the settings cannot be used"},
	"doctor":   {"altv-tray doctor --json", "0 nothing is wrong, except for warnings", "1 something is wrong"},
	"open":     {"altv-tray open", "0 its address was handed to the browser", "3 no tray app runs", "5 no browser could be started: the address is printed"},
	"history":  {"altv-tray history --json -n 100", "0 it was printed", "1 it cannot be read"},
	"simulate": {"altv-tray simulate --client 127.0.0.1:9224 --speed 10", "0 it was ended", "1 it cannot start"},
	"demo":     {"altv-tray demo --no-browser", "0 it was shown to its end, or was ended before", "1 it cannot start", "5 it did not go as it should"},
	"quit":     {"altv-tray quit", "0 it has ended", "3 no tray app runs", "4 it has not ended in time", "5 it cannot be reached"},
	"clean":    {"altv-tray clean --with-settings --with-passwords", "0 all that was asked for is removed", "1 not all was removed", "5 the tray app did not end"},
	"version":  {"altv-tray version", "0 it was printed"},
}

// Explain puts the manuals into the command line.
func Explain(line *kong.Application) {
	for _, command := range line.Leaves(true) {
		command.Detail = manual(command.Path())
	}
}

// manual is in the format of package go/doc/comment.
func manual(name string) string {
	all := manuals[name]
	text := "Example:\n\n    " + all[0] + "\n\nExit codes:\n\n"
	codes := append([]string{"2 a wrong command line, or a profile or settings file that does not exist"}, all[1:]...)
	slices.Sort(codes)
	for _, code := range codes {
		number, meaning, _ := strings.Cut(code, " ")
		text += fmt.Sprintf("    %s  %s\n", number, meaning)
	}
	switch name {
	case "clean":
		text += "\nIt refuses --settings and --profile: it removes what altv-tray keeps of its own.\n"
	case "simulate":
		text += "\nLines on standard input steer it:\n\n"
		for _, l := range simulator.Lines {
			text += fmt.Sprintf("    %-16s  %s\n", l[0], l[1])
		}
	}
	return text
}
