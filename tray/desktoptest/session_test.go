//go:build linux

package desktoptest

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The panel starts after the program, as at login, and restarts.
func TestDesktopPanelComesLater(t *testing.T) {
	t.Parallel()
	d := newEmptyDesktop(t, "MAIN_MENU")
	app := d.Env.Start(t, "", d.Program)
	d.Port.WaitPolls(t, 3)
	if !app.Running() {
		t.Fatalf("the program has ended without a panel: %s", app.Stderr())
	}
	d.Panel = StartPanel(t, d.Bus)
	d.Panel.WaitForIcon(t, app, 10*time.Second)
	d.WaitState(t, "alt:V: Main menu", 5*time.Second)
	d.Click(t, "Quit")
	if code := app.Wait(t, 5*time.Second); code != 0 {
		t.Errorf("Quit ended with %d", code)
	}
}

// Without a session bus the program goes on without an icon, says so once, and leaves no
// bus behind.
func TestDesktopNoBus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, address string }{
		{"no address", ""},
		{"nobody there", "unix:path=/nonexistent/altv-tray-bus"},
	} {
		t.Run(c.name, func(t *testing.T) {
			Need(t)
			d := &Desktop{Program: Build(t), Env: NewEnv(t, nil), Port: StartPort(t, "MAIN_MENU"), Server: StartGameServer(t)}
			d.Settings(t, false, "")
			if c.address != "" {
				d.Env.Set("DBUS_SESSION_BUS_ADDRESS", c.address)
			}
			app := d.Env.Start(t, "", d.Program)
			d.Port.WaitPolls(t, 4)
			if !app.Running() {
				t.Fatalf("the program has ended: %s", app.Stderr())
			}
			if lines := strings.Count(strings.TrimSpace(app.Stderr()), "\n") + 1; app.Stderr() == "" || lines != 1 {
				t.Errorf("want one line that says that there is no icon, got %d: %q", lines, app.Stderr())
			}
			if result := d.Env.Run(t, "", d.Program, "pause", "1m"); result.Code != 0 {
				t.Errorf("altv-tray pause: %v", result)
			}
			app.Signal(t, syscall.SIGTERM)
			if code := app.Wait(t, 5*time.Second); code != 0 {
				t.Errorf("ended with %d", code)
			}
			if left := d.Env.ProcessesOf(t); len(left) > 0 {
				t.Errorf("left running: %q", left)
			}
		})
	}
}

func TestDesktopSecondStart(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	app := d.Start(t, "alt:V: Main menu")
	second := d.Env.Run(t, "", d.Program)
	if second.Code != 0 || !strings.Contains(second.Stderr, "running") {
		t.Errorf("the second start: %v, want 0 and that it is running already", second)
	}
	if !app.Running() {
		t.Error("the second start ended the first")
	}
	if problems := d.Panel.Problems(); len(problems) > 0 {
		t.Error(problems)
	}
}

// However the program ends, it exits 0, its icon goes and no control.json is left. After a
// kill the next start works.
func TestDesktopEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		end  func(*testing.T, *Desktop, *Process)
		code int
	}{
		{"quit", func(t *testing.T, d *Desktop, _ *Process) { d.Click(t, "Quit") }, 0},
		{"SIGTERM", func(t *testing.T, _ *Desktop, app *Process) { app.Signal(t, syscall.SIGTERM) }, 0},
		{"SIGINT", func(t *testing.T, _ *Desktop, app *Process) { app.Signal(t, syscall.SIGINT) }, 0},
		{"SIGKILL", func(t *testing.T, _ *Desktop, app *Process) { app.Signal(t, syscall.SIGKILL) }, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewDesktop(t, "MAIN_MENU")
			app := d.Start(t, "alt:V: Main menu")
			control := d.Env.StateFile("control.json")
			info, err := os.Stat(control)
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm() != 0o600 {
				t.Errorf("control.json has the mode %v", info.Mode())
			}
			c.end(t, d, app)
			if code := app.Wait(t, 5*time.Second); code != c.code {
				t.Errorf("ended with %d, want %d: %s", code, c.code, app.Stderr())
			}
			Until(t, 2*time.Second, "the icon is gone", func() (bool, string) {
				_, there := d.Panel.Registered()
				return !there, "registered"
			})
			if _, err := os.Stat(control); c.code == 0 && !os.IsNotExist(err) {
				t.Errorf("control.json is left behind: %v", err)
			}
			d.Start(t, "alt:V: Main menu")
		})
	}
}

// The password is in the keyring and in the request, and nowhere else.
func TestDesktopPasswordStaysSecret(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	if stored, ok := d.Keyring.Lookup(t, "default"); !ok || stored != Password {
		t.Fatalf("the keyring holds %q (%v), want %q", stored, ok, Password)
	}
	d.Settings(t, true, "") // with automatic off, a click is one attempt
	d.Port.Script(FallsBack...)
	app := d.Start(t, "alt:V: Main menu")
	d.Click(t, "Reconnect now")
	sent := d.Port.WaitReconnects(t, 2, 20*time.Second)
	if sent[0].Body != Password {
		t.Fatalf("sent %q", sent[0].Body)
	}
	for name, value := range sent[0].Header {
		if strings.Contains(fmt.Sprint(value), Password) {
			t.Errorf("the header %s holds the password", name)
		}
	}
	for _, name := range []string{"cmdline", "environ"} {
		if strings.Contains(app.ProcFile(t, name), Password) {
			t.Errorf("the process's %s holds the password", name)
		}
	}
	var printed strings.Builder
	for _, args := range [][]string{{"password", "status"}, {"status", "--json"}, {"history"}, {"doctor"}, {"doctor", "--json"}} {
		result := d.Env.Run(t, "", d.Program, args...)
		fmt.Fprintf(&printed, "%q: %v\n", args, result)
		if strings.Contains(result.Stdout+result.Stderr, Password) {
			t.Errorf("altv-tray %q prints the password", args)
		}
	}
	d.Click(t, "Quit")
	if code := app.Wait(t, 5*time.Second); code != 0 {
		t.Errorf("ended with %d", code)
	}
	if strings.Contains(app.Stdout()+app.Stderr(), Password) {
		t.Error("the program prints the password")
	}
	for _, note := range d.Notes.Shown() {
		if strings.Contains(note.Text(), Password) {
			t.Errorf("a notification holds the password: %+v", note)
		}
	}
	if files := d.Env.FilesWith(t, Password); len(files) > 0 {
		t.Errorf("files with the password: %q", files)
	}
	// The same search finds what is there.
	if files := d.Env.FilesWith(t, d.Port.Address); len(files) == 0 {
		t.Error("not even the settings file was searched")
	}
	if t.Failed() {
		t.Log(printed.String())
	}
}
