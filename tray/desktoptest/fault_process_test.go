//go:build linux

package desktoptest

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// stage is a moment in the program's life at which a signal can come.
type stage struct {
	name  string
	reach func(t *testing.T, d *Desktop) *Process
}

// stages begin with a client in the main menu and automatic reconnects off.
var stages = []stage{
	{"just started", func(t *testing.T, d *Desktop) *Process {
		begun := strings.Count(d.log(t), "msg=started")
		app := d.Env.Start(t, "", d.Program)
		Until(t, 5*time.Second, "the log has its start", func() (bool, string) {
			return strings.Count(d.log(t), "msg=started") > begun, app.Stderr()
		})
		return app
	}},
	{"before its icon", func(t *testing.T, d *Desktop) *Process {
		app := d.Env.Start(t, "", d.Program)
		Until(t, 5*time.Second, "control.json is there", func() (bool, string) {
			_, err := os.Stat(d.Env.StateFile("control.json"))
			return err == nil, app.Stderr()
		})
		return app
	}},
	{"icon up", func(t *testing.T, d *Desktop) *Process { return d.Start(t, "alt:V: Main menu") }},
	{"countdown", func(t *testing.T, d *Desktop) *Process {
		d.Settings(t, true, `delay = "30s"`)
		d.Port.Close()
		app := d.Start(t, "alt:V: Not running")
		d.waitServer(t)
		d.Port.Reopen(t, "MAIN_MENU")
		d.Panel.Wait(t, 5*time.Second, "the countdown runs", func(s Sight) bool { return s.Shows("Cancel reconnect (…") })
		return app
	}},
	{"waiting for the client", func(t *testing.T, d *Desktop) *Process {
		d.Port.Set("LOADING")
		app := d.Start(t, "alt:V: Loading")
		d.Click(t, "Reconnect now")
		d.Panel.Wait(t, 5*time.Second, "it waits", func(s Sight) bool { return s.Shows("Cancel reconnect") })
		return app
	}},
	{"posting", func(t *testing.T, d *Desktop) *Process {
		return d.post(t, func(p *FaultPort, _ net.Conn, _ Request) bool { <-p.done; return false })
	}},
	{"join under way", func(t *testing.T, d *Desktop) *Process {
		d.Port.Script(Step{0, "CONNECTING"})
		app := d.Start(t, "alt:V: Main menu")
		d.Click(t, "Reconnect now")
		d.WaitState(t, "alt:V: Connecting", 5*time.Second)
		return app
	}},
	{"between two attempts", func(t *testing.T, d *Desktop) *Process {
		d.Settings(t, true, "")
		app := d.post(t, saying(answering("500 Internal Server Error", "", "")))
		d.Panel.Wait(t, 5*time.Second, "the next attempt is announced", func(s Sight) bool { return s.Shows("Cancel reconnect (…") })
		return app
	}},
}

// post starts the program and makes it send a reconnect, which gets that answer.
func (d *Desktop) post(t *testing.T, answer Fault) *Process {
	t.Helper()
	d.Port.Close()
	port := StartFaultPort(t, d.Port.Address, func(p *FaultPort, conn net.Conn, r Request) bool {
		if r.Path == "/status" {
			return saying(good("MAIN_MENU"))(p, conn, r)
		}
		return answer(p, conn, r)
	})
	app := d.Start(t, "alt:V: Main menu")
	d.waitServer(t)
	d.Click(t, "Reconnect now")
	Until(t, 5*time.Second, "the reconnect arrives", func() (bool, string) { return len(port.Reconnects()) > 0, "none" })
	return app
}

func (d *Desktop) waitServer(t *testing.T) {
	t.Helper()
	d.Panel.Wait(t, 5*time.Second, "the server is ready", func(s Sight) bool { _, server := s.State(); return server == "Server: ready" })
}

// endsWell waits for the end after a signal, and checks what must be gone by then and
// what must be left.
func (d *Desktop) endsWell(t *testing.T, app *Process, settings string, stops int) {
	t.Helper()
	signalled := time.Now()
	if code := app.Wait(t, AnswerLimit); code != 0 {
		t.Errorf("ended with %d: %s", code, app.Stderr())
	}
	took := time.Since(signalled)
	Until(t, time.Second, "the icon is gone", func() (bool, string) {
		_, there := d.Panel.Registered()
		return !there, "registered"
	})
	if _, err := os.Stat(d.Env.StateFile("control.json")); !os.IsNotExist(err) {
		t.Errorf("control.json is left behind: %v", err)
	}
	if now := d.settingsText(t); now != settings {
		t.Errorf("the settings were changed, from %q to %q", settings, now)
	}
	if n := strings.Count(d.log(t), "msg=stopped"); n != stops+1 {
		t.Errorf("the log tells of %d orderly ends, want %d", n, stops+1)
	}
	if left := strings.Join(d.Env.ProcessesOf(t), "\n"); strings.Contains(left, d.Program) {
		t.Errorf("left running: %s", left)
	}
	d.CheckNoPanic(t, app)
	d.CheckNoPassword(t, app)
	t.Logf("ended after %v", took.Round(time.Millisecond))
}

// Each of the signals ends the program, whatever it is doing.
func TestDesktopFaultSignals(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			d := NewDesktop(t, "MAIN_MENU")
			for _, s := range stages {
				t.Run(s.name, func(t *testing.T) {
					d.Settings(t, false, "")
					d.Port.Close()
					d.Port.Script()
					d.Port.Reopen(t, "MAIN_MENU")
					app := s.reach(t, d)
					settings, stops := d.settingsText(t), strings.Count(d.log(t), "msg=stopped")
					app.Signal(t, signal)
					d.endsWell(t, app, settings, stops)
				})
			}
			d.Settings(t, false, "")
			d.Port.Close()
			d.Port.Reopen(t, "MAIN_MENU")
			d.Start(t, "alt:V: Main menu")
			d.ReconnectWorks(t)
		})
	}
}

// A signal may come at any moment of the start. Before the program handles it, the system
// ends the program; there is nothing to clean up yet.
func TestDesktopFaultSignalsAtStart(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	for _, after := range []time.Duration{0, 1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96} {
		app := d.Env.Start(t, "", d.Program)
		<-time.After(after * time.Millisecond)
		app.Signal(t, syscall.SIGTERM)
		code := app.Wait(t, AnswerLimit)
		if code != 0 && (code != -1 || strings.Contains(app.Stderr()+d.log(t), "panic")) {
			t.Errorf("%d ms after the start: ended with %d: %s", after, code, app.Stderr())
		}
		if _, err := os.Stat(d.Env.StateFile("control.json")); !os.IsNotExist(err) {
			t.Errorf("%d ms after the start: control.json is left behind: %v", after, err)
		}
		Until(t, time.Second, "the icon is gone", func() (bool, string) {
			_, there := d.Panel.Registered()
			return !there, "registered"
		})
	}
	d.Start(t, "alt:V: Main menu")
}

// A signal that nohup, or a script that starts the program in the background, has set to
// be ignored stays ignored.
func TestDesktopFaultSignalIgnored(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	app := d.startBy(t, `trap "" HUP INT; exec "$0"`)
	d.WaitState(t, "alt:V: Main menu", 5*time.Second)
	app.Signal(t, syscall.SIGHUP)
	app.Signal(t, syscall.SIGINT)
	d.Port.WaitPolls(t, 2)
	d.ReconnectWorks(t)
	stops := strings.Count(d.log(t), "msg=stopped")
	app.Signal(t, syscall.SIGTERM)
	d.endsWell(t, app, d.settingsText(t), stops)
}

// startBy starts the program by a shell command, in which it is $0, and waits for its
// icon.
func (d *Desktop) startBy(t *testing.T, line string, args ...string) *Process {
	t.Helper()
	app := d.Env.Start(t, "", "sh", append([]string{"-c", line, d.Program}, args...)...)
	d.Panel.WaitForIcon(t, app, 10*time.Second)
	return app
}

// The program that reads the output may end first, and the output may be closed from the
// start.
func TestDesktopFaultNobodyReads(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, line string }{
		{"the reader ends", `exec "$0" >"$1" 2>&1`},
		{"closed", `exec "$0" <&- >&- 2>&-`},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewDesktop(t, "MAIN_MENU")
			pipe := filepath.Join(d.Env.Runtime, "pipe")
			if err := syscall.Mkfifo(pipe, 0o600); err != nil {
				t.Fatal(err)
			}
			reader, err := os.OpenFile(pipe, os.O_RDONLY|syscall.O_NONBLOCK, 0)
			if err != nil {
				t.Fatal(err)
			}
			app := d.startBy(t, c.line, pipe)
			d.WaitState(t, "alt:V: Main menu", 5*time.Second)
			reader.Close()
			d.Env.WriteSettings(t, "broken") // which is said
			Until(t, 5*time.Second, "it is in the log", func() (bool, string) {
				return strings.Contains(d.log(t), "settings_not_in_force"), d.log(t)
			})
			d.Port.WaitPolls(t, 2)
			d.Settings(t, false, "")
			d.ReconnectWorks(t)
			stops := strings.Count(d.log(t), "msg=stopped")
			app.Signal(t, syscall.SIGTERM)
			d.endsWell(t, app, d.settingsText(t), stops)
		})
	}
}

// Of several starts at the same moment one runs; the others say so and end.
func TestDesktopFaultStartsTogether(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	for range 10 {
		const starts = 4
		var all []*Process
		for range starts {
			all = append(all, d.Env.Start(t, "", d.Program))
		}
		var running []*Process
		Until(t, 10*time.Second, "all but one have ended", func() (bool, string) {
			running = nil
			for _, p := range all {
				if p.Running() {
					running = append(running, p)
				}
			}
			return len(running) <= 1, "more"
		})
		if len(running) != 1 {
			t.Fatal("none goes on")
		}
		app := running[0]
		for _, p := range all {
			if p == app {
				continue
			}
			if code := p.Wait(t, time.Second); code != 0 || !strings.Contains(p.Stderr(), "running already") {
				t.Errorf("one of the others ended with %d and said %q", code, p.Stderr())
			}
		}
		d.Panel.WaitForIcon(t, app, 10*time.Second)
		if result := d.Env.Run(t, "", d.Program, "resume"); result.Code != 0 {
			t.Errorf("the one that goes on cannot be reached: %v", result)
		}
		stops := strings.Count(d.log(t), "msg=stopped")
		app.Signal(t, syscall.SIGTERM)
		d.endsWell(t, app, d.settingsText(t), stops)
	}
	if problems := d.Panel.Problems(); len(problems) > 0 {
		t.Error(problems)
	}
}

// A clean-up tool deletes files of the running app. It stays the only app, one restart
// makes one request, and its files come back.
func TestDesktopFaultFilesDeleted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		delete func(t *testing.T, d *Desktop)
	}{
		{"the state folder", func(t *testing.T, d *Desktop) {
			if err := os.RemoveAll(d.Env.StateFile(".")); err != nil {
				t.Fatal(err)
			}
		}},
		{"every file in it", func(t *testing.T, d *Desktop) {
			files, err := filepath.Glob(d.Env.StateFile("*"))
			if err != nil || len(files) == 0 {
				t.Fatal(files, err)
			}
			for _, file := range files {
				remove(t, file)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewDesktop(t, "IN_GAME")
			d.Settings(t, true, "")
			app := d.Start(t, "alt:V: In game")
			d.waitServer(t)
			token := d.control(t).Token
			c.delete(t, d)
			deleted := time.Now()
			for range 2 { // without the files, and with them back
				if second := d.Env.Run(t, "", d.Program); second.Code != 0 || !strings.Contains(second.Stderr, "running already") {
					t.Errorf("a second start: %v", second)
				}
				Until(t, 7*time.Second, "control.json and the log are back", func() (bool, string) {
					_, err := os.Stat(d.Env.StateFile("control.json"))
					return err == nil && strings.Contains(d.log(t), "files_put_back"), d.log(t)
				})
			}
			t.Logf("back after %v", time.Since(deleted).Round(100*time.Millisecond))
			if now := d.control(t); now.Token != token || now.PID != app.Pid {
				t.Errorf("control.json is %+v, want that of process %d", now, app.Pid)
			}
			for file, mode := range map[string]os.FileMode{".": 0o700, "control.json": 0o600, "altv-tray.log": 0o600} {
				if info, err := os.Stat(d.Env.StateFile(file)); err != nil || info.Mode().Perm() != mode {
					t.Errorf("%s: %v, %v", file, info, err)
				}
			}
			d.Answers(t)
			d.Port.Script(Joins...)
			d.Server.Down()
			d.serverRow(t, "Server: down")
			d.Port.Set("MAIN_MENU") // the client falls out of the game
			d.Server.Up(t)
			d.joined(t, d.sent(t, 1)[0])
			d.sent(t, 1)
			Until(t, AnswerLimit, "the history is kept", func() (bool, string) {
				data, err := os.ReadFile(d.Env.StateFile("history.jsonl"))
				return strings.Contains(string(data), `"reconnect"`), fmt.Sprint(err)
			})
			if problems := d.Panel.Problems(); len(problems) > 0 {
				t.Error(problems)
			}
			d.CheckNoPassword(t, app)
			d.quits(t, app)
		})
	}
}
