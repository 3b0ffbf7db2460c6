package cli

import (
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal opens a terminal for a program, and the side of it where its user
// sits.
func terminal(t *testing.T) (user, program *os.File) {
	t.Helper()
	user, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = user.Close() })
	if err := unix.IoctlSetPointerInt(int(user.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(user.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return user, program
}

func echoes(t *testing.T, terminal *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// unseen waits until what is typed is no longer shown.
func unseen(t *testing.T, terminal *os.File) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for limit := time.After(20 * time.Second); echoes(t, terminal); {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatal("the terminal goes on showing what is typed")
		}
	}
}

func TestPasswordSetAtATerminal(t *testing.T) {
	const prompt = "Password of the server in profile \"default\": \n"
	for _, test := range []struct {
		name, typed string
		interrupt   bool
		code        Code
		said        string
		stored      string
	}{
		{"stored", "pass word\n", false, OK, prompt + saidStored, "pass word"},
		{"interrupted", "half of it", true, Wrong, prompt + "altv-tray: interrupted: no password was stored\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			user, program := terminal(t)
			s := startSetting(t, program)
			unseen(t, program)
			if _, err := io.WriteString(user, test.typed); err != nil {
				t.Fatal(err)
			}
			if test.interrupt {
				s.end()
			}
			s.ends(t, test.code, test.said, test.stored)
			if !echoes(t, program) {
				t.Error("the terminal is left without echo")
			}
		})
	}
}
