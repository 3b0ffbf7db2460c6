package cli

import (
	"bytes"
	"os"
	"testing"

	"golang.org/x/sys/unix"

	"altv-tray/tray/doctor"
)

func TestScreen(t *testing.T) {
	for _, name := range []string{"NO_COLOR", "TERM"} {
		t.Setenv(name, "")
	}
	_, program := terminal(t)
	size := func(columns uint16) {
		t.Helper()
		if err := unix.IoctlSetWinsize(int(program.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}); err != nil {
			t.Fatal(err)
		}
	}
	onTerminal := func(want doctor.Terminal) {
		t.Helper()
		if got := (&Env{Stdout: program}).terminal(); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	size(123)
	onTerminal(doctor.Terminal{Columns: 123, Colour: true})
	size(0)
	onTerminal(doctor.Terminal{Columns: 80, Colour: true})
	t.Setenv("NO_COLOR", "1")
	onTerminal(doctor.Terminal{Columns: 80})
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "dumb")
	onTerminal(doctor.Terminal{Columns: 80})
	t.Setenv("TERM", "xterm")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	defer write.Close()
	for name, e := range map[string]Env{"a pipe": {Stdout: write}, "no file": {Stdout: &bytes.Buffer{}}} {
		if got := e.terminal(); got != (doctor.Terminal{Columns: 80}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
