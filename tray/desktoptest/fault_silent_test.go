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

	"altv-tray/monitor/beat"
)

// drive is a folder that can be made to hang: every call on a file in it blocks
// then, as on a network drive that is away.
type drive struct {
	t      testing.TB
	bindfs *Process
	server string // the server's folder on it
	client string // the client's
	at     string
}

// startDrive puts folders on a drive into the desktop's settings, with the test's server
// and password in server.toml. With elsewhere, nothing listens at the profile's own
// address.
func (d *Desktop) startDrive(t testing.TB, elsewhere string) *drive {
	t.Helper()
	Need(t, "bindfs", "fusermount3")
	if _, err := os.Stat("/dev/fuse"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no FUSE on this machine: ", err)
		}
		t.Skip("there is no FUSE on this machine: ", err)
	}
	source := shortDir(t)
	host, port, _ := net.SplitHostPort(d.Server.Address)
	writeFile(t, filepath.Join(source, "server", "server.toml"), fmt.Sprintf("host = %q\nport = %s\npassword = '%s'\ndebug = true\n", host, port, Password))
	writeFile(t, filepath.Join(source, "altv", "altv.toml"), fmt.Sprintf("debug = true\nlastip = %q\n", d.Server.Address))
	h := mount(t, source)
	d.use(t, h, elsewhere)
	return h
}

// mount makes a folder a drive.
func mount(t testing.TB, source string) *drive {
	t.Helper()
	at := shortDir(t)
	h := &drive{t: t, at: at, server: filepath.Join(at, "server"), client: filepath.Join(at, "altv")}
	h.bindfs = start(t, os.Environ(), "", "bindfs", "-f", "--multithreaded", source, at) // takes each request at once
	t.Cleanup(func() {
		h.answer()
		run(t, os.Environ(), "", "fusermount3", "-u", "-z", at)
	})
	Until(t, 5*time.Second, "the drive is mounted", func() (bool, string) {
		_, err := os.Stat(h.server)
		return err == nil, fmt.Sprint(err, h.bindfs.Stderr())
	})
	return h
}

// use puts the folders on the drive into the settings.
func (d *Desktop) use(t testing.TB, h *drive, elsewhere string) {
	t.Helper()
	text := strings.Replace(d.settingsText(t), "[client]\n", fmt.Sprintf("[client]\nfolder = %q\n", h.client), 1)
	text = strings.Replace(text, "name = \"default\"\n", fmt.Sprintf("name = \"default\"\nfolder = %q\n", h.server), 1)
	if elsewhere != "" {
		text = strings.Replace(text, fmt.Sprintf("server = %q", d.Server.Address), fmt.Sprintf("server = %q", elsewhere), 1)
	}
	d.Env.WriteSettings(t, text)
}

// hang stops the drive between two looks, which come at whole seconds: the kernel keeps a process
// whose request was taken and is not answered, even a killed one.
func (h *drive) hang() {
	<-time.After(beat.Next(time.Now(), time.Second) + 300*time.Millisecond)
	h.bindfs.Signal(h.t, syscall.SIGSTOP)
}

func (h *drive) answer() { h.bindfs.Signal(h.t, syscall.SIGCONT) }

const silentRow = "its folder does not answer"

// rows waits until both first rows say, or do not say, that a folder is silent.
func (d *Desktop) rows(t testing.TB, server string, silent bool) {
	t.Helper()
	d.Panel.Wait(t, 20*time.Second, fmt.Sprintf("the server is %q, the folders silent: %v", server, silent), func(s Sight) bool {
		client, row := s.State()
		return strings.HasPrefix(row, server) && strings.Contains(row, silentRow) == silent && strings.Contains(client, silentRow) == silent
	})
}

// restarts restarts the server, after which exactly one reconnect is sent.
func (d *Desktop) restarts(t testing.TB) {
	t.Helper()
	d.Port.Script(Joins...)
	before := len(d.Port.Reconnects())
	d.Server.Down()
	d.WaitServer(t, "Server: down")
	d.Server.Up(t)
	d.joined(t, d.Port.WaitReconnects(t, before+1, 5*time.Second)[before])
	if n := len(d.Port.Reconnects()); n != before+1 {
		t.Errorf("%d requests for one restart", n-before)
	}
}

// WaitServer waits until the menu's second row begins with the words.
func (d *Desktop) WaitServer(t testing.TB, state string) {
	t.Helper()
	d.Panel.Wait(t, 10*time.Second, fmt.Sprintf("the second row begins with %q", state), func(s Sight) bool {
		_, server := s.State()
		return strings.HasPrefix(server, state)
	})
}

// quick runs a command that must return within a few seconds.
func (d *Desktop) quick(t testing.TB, code int, args ...string) Result {
	t.Helper()
	begun := time.Now()
	result := d.Env.Run(t, "", d.Program, args...)
	if took := time.Since(begun); result.Code != code || took > slowCommand {
		t.Errorf("altv-tray %q: %v after %v, want exit %d", args, result, took, code)
	}
	return result
}

// A drive with the server's and the client's folder stops answering, and answers again.
// Meanwhile restarts are noticed by the port alone, at the address from server.toml, and
// everything that a user asks for works.
func TestDesktopFaultFolderHangs(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Settings(t, true, "")
	h := d.startDrive(t, ownAddress(t))
	app := d.Start(t, "alt:V: Main menu")
	d.rows(t, "Server: ready", false)
	d.restarts(t)
	baseline := d.Baseline(t, app)

	h.hang()
	d.rows(t, "Server: ready", true)
	d.restarts(t)
	d.ReconnectWorks(t)
	d.Answers(t)
	d.Port.Set("MAIN_MENU")
	d.WaitState(t, "alt:V: Main menu", 5*time.Second)
	d.Port.Script(Joins...)
	d.quick(t, 0, "reconnect", "--wait")
	d.quick(t, 0, "password", "status")
	for id, dir := range map[string]string{"server_config": h.server, "client_folder": h.client} {
		d.checked(t, 1, id, dir, "does not answer")
	}
	d.Click(t, "Server password", "Take from server.toml")
	d.Notes.Wait(t, 0, 2*AnswerLimit, "was not taken", "does not answer")
	d.Settings(t, false, "") // another address and no folder
	d.rows(t, "Server: ready", false)
	d.Env.WriteSettings(t, baseline.settings)
	d.rows(t, "Server: ready", true)
	d.restarts(t)
	baseline.Check(t)

	h.answer()
	d.rows(t, "Server: ready", false)
	d.restarts(t)
	baseline.Recovered(t, "alt:V: In game")
}

// With ready = "log" a silent folder leaves the server's state unknown.
func TestDesktopFaultFolderHangsWithLog(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	h := d.startDrive(t, "")
	d.Env.WriteSettings(t, strings.Replace(d.settingsText(t), "[[profiles]]\n", "[[profiles]]\nready = \"log\"\n", 1))
	log := filepath.Join(h.server, "server.log")
	writeFile(t, log, "[12:42:21] Server started\n")
	d.Start(t, "alt:V: Main menu")
	d.rows(t, "Server: ready", false)
	h.hang()
	d.rows(t, "Server: unknown", true)
	d.ReconnectWorks(t)
	h.answer()
	d.rows(t, "Server: ready", false)
}

// The program ends while a drive hangs, by a signal and by its menu.
func TestDesktopFaultFolderHangsAtEnd(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	h := d.startDrive(t, "")
	defer h.answer()                             // else a program that does not end is waited for
	for _, silent := range []bool{false, true} { // it has just stopped answering; it is known to be silent
		h.answer()
		app := d.Start(t, "alt:V: Main menu")
		d.rows(t, "Server: ready", false)
		settings, stops := d.settingsText(t), strings.Count(d.log(t), "msg=stopped")
		h.hang()
		if silent {
			d.rows(t, "Server: ready", true)
		}
		app.Signal(t, syscall.SIGTERM)
		d.endsWell(t, app, settings, stops)
	}
	h.answer()
	app := d.Start(t, "alt:V: Main menu")
	h.hang()
	d.quits(t, app)
}

// The drive's own process has taken a request and never answers it. Then the kernel keeps
// a process that waits for it, even a killed one. The user sees nothing of it any more,
// and the next start works.
func TestDesktopFaultFolderHangsInKernel(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	plain := d.settingsText(t)
	inner := d.startDrive(t, "")
	d.Env.WriteSettings(t, plain)
	d.use(t, mount(t, inner.at), "")
	app := d.Start(t, "alt:V: Main menu")
	d.rows(t, "Server: ready", false)
	inner.hang()
	d.rows(t, "Server: ready", true)
	d.Port.Script(Joins...)
	for _, line := range []string{"status", "status --json", "reconnect --wait", "password status", "pause", "resume"} {
		d.quick(t, 0, strings.Fields(line)...) // none of them looks at the drive
	}
	d.Port.Set("MAIN_MENU")
	app.Signal(t, syscall.SIGTERM)
	Until(t, AnswerLimit, "icon, control.json and all goroutines are gone", func() (bool, string) {
		_, icon := d.Panel.Registered()
		_, err := os.Stat(d.Env.StateFile("control.json"))
		log := d.log(t)
		return !icon && os.IsNotExist(err) && strings.Contains(log, "msg=stopped"), fmt.Sprint(icon, err, log)
	})
	d.Env.WriteSettings(t, plain)
	d.Start(t, "alt:V: Main menu")
	d.ReconnectWorks(t)
	if !app.Running() {
		t.Error("the system has let the process go: this test shows nothing")
	}
	inner.answer()
	if code := app.Wait(t, 5*time.Second); code != 0 {
		t.Errorf("ended with %d: %s", code, app.Stderr())
	}
}

// The drive hangs already when the program and the commands start. The profile's own
// address is used until it answers.
func TestDesktopFaultFolderHangsBefore(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Settings(t, true, "")
	h := d.startDrive(t, "")
	h.hang()
	d.quick(t, 0, "status")
	d.quick(t, 0, "status", "--json")
	d.Port.Script(Joins...)
	d.quick(t, 0, "reconnect", "--wait")
	d.quick(t, 5, "start")
	if result := d.quick(t, 1, "doctor", "--json"); strings.Count(result.Stdout, "does not answer") < 2 {
		t.Errorf("doctor: %v", result)
	}
	app := d.Start(t, "alt:V: In game")
	d.rows(t, "Server: ready", true)
	d.restarts(t)
	d.ReconnectWorks(t)
	d.Answers(t)
	h.answer()
	d.rows(t, "Server: ready", false)
	d.restarts(t)
	d.CheckNoPassword(t, app)
	d.CheckNoPanic(t, app)
	d.quits(t, app)
}
