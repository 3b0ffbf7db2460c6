//go:build linux

package desktoptest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// controlFile is what control.json says.
type controlFile struct {
	Address string `json:"address"`
	Token   string `json:"token"`
	PID     int    `json:"pid"`
}

func (d *Desktop) control(t testing.TB) controlFile {
	t.Helper()
	data, err := os.ReadFile(d.Env.StateFile("control.json"))
	if err != nil {
		t.Fatal(err)
	}
	var c controlFile
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// commandsDoWithout checks what the commands do when they cannot reach the tray app, and
// that they say why: status asks the client, reconnect does the work itself, and those
// that need the app exit 3.
func (d *Desktop) commandsDoWithout(t *testing.T, why string) {
	t.Helper()
	timed := func(code int, args ...string) Result {
		begun := time.Now()
		result := d.Env.Run(t, "", d.Program, args...)
		if took := time.Since(begun); result.Code != code || took > slowCommand {
			t.Errorf("altv-tray %q: %v after %v, want exit %d", args, result, took, code)
		}
		return result
	}
	var forTheApp []*Process
	for _, command := range []string{"pause", "resume", "ready"} {
		forTheApp = append(forTheApp, d.Env.Start(t, "", d.Program, command))
	}
	for _, p := range forTheApp {
		if code := p.Wait(t, slowCommand); code != 3 || !strings.Contains(p.Stderr(), why) {
			t.Errorf("altv-tray %q: exit %d, stderr %q, want 3 and %q in it", p.cmd.Args[1:], code, p.Stderr(), why)
		}
	}
	if result := timed(0, "status"); result.Stdout != "IN_GAME\n" {
		t.Errorf("altv-tray status: %v", result)
	}
	timed(0, "status", "--json")
	before := len(d.Port.Reconnects())
	timed(0, "reconnect", "--timeout", "5s")
	if sent := d.Port.Reconnects(); len(sent) != before+1 {
		t.Errorf("altv-tray reconnect sent %d", len(sent)-before)
	}
	d.Port.Set("IN_GAME")
}

// reachable checks that the commands reach the app through its own file.
func (d *Desktop) reachable(t *testing.T, app *Process) {
	t.Helper()
	if result := d.Env.Run(t, "", d.Program, "resume"); result.Code != 0 {
		t.Errorf("altv-tray resume: %v", result)
	}
	info, err := os.Lstat(d.Env.StateFile("control.json"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != 0o600 {
		t.Errorf("control.json has the mode %v", info.Mode())
	}
	if pid := d.control(t).PID; pid != app.Pid {
		t.Errorf("control.json names process %d, want %d", pid, app.Pid)
	}
}

// A killed app leaves its file behind, and another program may then have its port.
func TestDesktopFaultControlStale(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	for _, c := range []struct {
		name, why string
		fault     Fault // nil: nobody has it
	}{
		{"nobody there", "is not running", nil},
		{"a web page", "", saying(good(webPage))},
		{"404", "is not running", saying(answering("404 Not Found", "", ""))},
		{"hang", "no answer", hanging},
		{"endless", "is not running", endless("HTTP/1.1 200 OK\r\n\r\n", strings.Repeat(" ", 4096))},
		{"reset", "is not running", resetting},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := d.Start(t, "alt:V: In game")
			app.Signal(t, syscall.SIGKILL)
			app.Wait(t, time.Second)
			old := d.control(t)
			if c.fault != nil {
				port := StartFaultPort(t, old.Address, c.fault)
				defer func() {
					if port.Heard(Password) {
						t.Error("the other program got the password")
					}
				}()
			}
			d.commandsDoWithout(t, c.why)
			next := d.Start(t, "alt:V: In game")
			d.reachable(t, next)
			if now := d.control(t); now.Token == old.Token || len(now.Token) < 52 {
				t.Errorf("the token %q follows %q", now.Token, old.Token)
			}
			stops := strings.Count(d.log(t), "msg=stopped")
			next.Signal(t, syscall.SIGTERM)
			d.endsWell(t, next, d.settingsText(t), stops)
		})
	}
}

// A foreign file in its place is not trusted, and the next start replaces it.
func TestDesktopFaultControlForeign(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	file := d.Env.StateFile("control.json")
	put := func(t *testing.T, text string, mode os.FileMode) {
		t.Helper()
		writeFile(t, file, text)
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
	}
	nobody := `{"address":"127.0.0.1:1","token":"` + strings.Repeat("0", 64) + `","pid":1}`
	for _, c := range []struct {
		name, why string
		put       func(t *testing.T)
	}{
		{"garbage", "delete it", func(t *testing.T) { put(t, "\x00\xff{", 0o600) }},
		{"empty", "delete it", func(t *testing.T) { put(t, "", 0o600) }},
		{"readable by others", "others can read it", func(t *testing.T) { put(t, nobody, 0o644) }},
		{"an address elsewhere", "not on this machine", func(t *testing.T) { put(t, strings.Replace(nobody, "127.0.0.1", "192.0.2.1", 1), 0o600) }},
		{"a link", "not a plain file", func(t *testing.T) {
			if err := os.Symlink("/etc/passwd", file); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.put(t)
			d.commandsDoWithout(t, c.why)
			app := d.Start(t, "alt:V: In game")
			d.reachable(t, app)
			stops := strings.Count(d.log(t), "msg=stopped")
			app.Signal(t, syscall.SIGTERM)
			d.endsWell(t, app, d.settingsText(t), stops)
		})
	}
}

// The file is damaged while the app runs. The commands say why they do not reach it, the
// menu works, and the app removes what is left of the file when it ends.
func TestDesktopFaultControlSpoilt(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	file := d.Env.StateFile("control.json")
	for _, c := range []struct {
		name, why string
		spoil     func(t *testing.T)
		stays     bool // it is not the app's to take away
		comesBack bool
	}{
		{"readable by others", "others can read it", func(t *testing.T) {
			if err := os.Chmod(file, 0o644); err != nil {
				t.Fatal(err)
			}
		}, false, false},
		{"another token", "is not running", func(t *testing.T) {
			c := d.control(t)
			writeFile(t, file, fmt.Sprintf(`{"address":%q,"token":%q,"pid":%d}`, c.Address, strings.Repeat("0", 64), c.PID))
		}, true, false},
		{"deleted", "is not running", func(t *testing.T) {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := d.Start(t, "alt:V: In game")
			c.spoil(t)
			d.commandsDoWithout(t, c.why)
			if again := d.Env.Run(t, "", d.Program); again.Code != 0 || !strings.Contains(again.Stderr, "running already") {
				t.Errorf("a second start: %v", again)
			}
			d.ReconnectWorks(t)
			if c.comesBack {
				Until(t, 8*time.Second, "control.json is put back", func() (bool, string) {
					_, err := os.Lstat(file)
					return err == nil, "not there"
				})
				d.reachable(t, app)
			}
			if _, err := os.Lstat(file); c.stays && err != nil {
				t.Error(err)
			} else if c.stays {
				os.Remove(file)
			}
			stops := strings.Count(d.log(t), "msg=stopped")
			app.Signal(t, syscall.SIGTERM)
			d.endsWell(t, app, d.settingsText(t), stops)
		})
	}
}

// 200 open files are enough.
func TestDesktopFaultFewFiles(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Settings(t, true, "")
	d.Port.Script(Joins...)
	app := d.startBy(t, `ulimit -n 200; exec "$0"`)
	d.WaitState(t, "alt:V: Main menu", 5*time.Second)
	d.waitServer(t)
	d.ReconnectWorks(t)
	base := d.Baseline(t, app)
	for range 3 {
		before := len(d.Port.Reconnects())
		d.Server.Down()
		d.Panel.Wait(t, 10*time.Second, "the server is seen to be down", func(s Sight) bool { _, server := s.State(); return server == "Server: down" })
		d.Server.Up(t)
		d.Port.WaitReconnects(t, before+1, 10*time.Second)
		d.WaitState(t, "alt:V: In game", 5*time.Second)
	}
	for range 20 {
		d.Env.Start(t, "", d.Program, "status", "--json")
	}
	d.reachable(t, app)
	base.Recovered(t, "alt:V: In game")
}

// For a while no file can be opened, and the client restarts during that time.
func TestDesktopFaultNoFiles(t *testing.T) {
	t.Parallel()
	Need(t, "prlimit")
	d := NewDesktop(t, "MAIN_MENU")
	app := d.Start(t, "alt:V: Main menu")
	d.ReconnectWorks(t)
	d.reachable(t, app)
	base := d.Baseline(t, app)
	limit := strings.Fields(app.ProcFile(t, "limits")[strings.Index(app.ProcFile(t, "limits"), "Max open files"):])[3]
	d.allowFiles(t, app, "1")
	used := app.ProcessorTime(t)
	d.Port.Close()
	d.Server.Down()
	d.Port.Reopen(t, "MAIN_MENU")
	d.Server.Up(t)
	d.WaitState(t, "alt:V: No answer", 5*time.Second)
	begun := time.Now()
	if result := d.Env.Run(t, "", d.Program, "pause"); result.Code != 3 || time.Since(begun) > slowCommand {
		t.Errorf("altv-tray pause: %v after %v", result, time.Since(begun))
	}
	sent := len(d.Port.Reconnects())
	d.Click(t, "Reconnect now")
	d.Notes.Wait(t, 0, 5*time.Second, "Not reconnected", "The keyring is locked or gave no answer")
	if used = app.ProcessorTime(t) - used; used > time.Second {
		t.Errorf("it has used %v of processor time meanwhile", used)
	}
	d.allowFiles(t, app, limit)
	d.WaitState(t, "alt:V: Main menu", 5*time.Second)
	if n := len(d.Port.Reconnects()); n != sent {
		t.Errorf("%d reconnects were sent without the keyring", n-sent)
	}
	d.Click(t, "Reconnect now")
	d.Port.WaitReconnects(t, sent+1, 5*time.Second)
	d.WaitState(t, "alt:V: In game", 5*time.Second)
	d.waitServer(t)
	if result := d.Env.Run(t, "", d.Program, "resume"); result.Code != 0 { // the pause may have been taken after all
		t.Errorf("altv-tray resume: %v", result)
	}
	d.Port.WaitPolls(t, 2)
	if n := len(d.Port.Reconnects()); n != sent+1 {
		t.Errorf("one click sent %d reconnects", n-sent)
	}
	base.Recovered(t, "alt:V: In game")
}

// allowFiles changes how many files the running program may have open.
func (d *Desktop) allowFiles(t *testing.T, app *Process, n string) {
	t.Helper()
	out, err := exec.Command("prlimit", "--pid", fmt.Sprint(app.Pid), "--nofile="+n+":").CombinedOutput()
	if err != nil {
		t.Fatalf("prlimit: %v: %s", err, out)
	}
}
