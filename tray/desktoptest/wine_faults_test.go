//go:build linux

package desktoptest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What can go wrong around the Windows build, and what the commands say then.
func TestDesktopWineFaults(t *testing.T) {
	exe, com := needWindows(t)
	w := StartWine(t)
	f := &wineFaults{Wine: w, t: t, exe: exe, com: com, port: StartPort(t, "MAIN_MENU"), server: StartGameServer(t)}
	f.port.Script(Joins...)
	f.write(t, f.sound())

	t.Run("no tray app", f.noTray)
	t.Run("control.json", f.control)
	f.app = w.StartTray(t, exe)
	w.WaitLog(t, 0, 10*time.Second, "client_changed", "MAIN_MENU")
	t.Run("commands", f.commands)
	t.Run("settings broken", f.settingsFile)
	t.Run("settings replaced", f.replaced)
	t.Run("settings read-only", f.readOnly)
	t.Run("settings deleted", f.deleted)
	t.Run("debug port", f.debugPort)
	t.Run("state folder", f.stateFolder)
}

// A relay, with the Windows build: each restart behind it is noticed, and with nothing
// behind it the server is down. So is a server whose port is gone, even if an old
// connection lives on.
func TestDesktopWineRelay(t *testing.T) {
	exe, com := needWindows(t)
	w := StartWine(t)
	port, server := StartPort(t, "IN_GAME"), StartGameServer(t)
	port.Script(Joins...)
	through := settings(port, server, true, "") + quiet
	writeFile(t, w.SettingsFile(), strings.Replace(through, server.Address, StartRelay(t, server.Address), 1))
	if result := w.Run(t, Password+"\n", com, "password", "set"); result.Code != 0 {
		t.Fatalf("password set: %v", result)
	}
	w.StartTray(t, exe)
	sent := func(want int) {
		t.Helper()
		port.WaitReconnects(t, want, 20*time.Second)
		port.WaitPolls(t, 4)
		if all := port.Reconnects(); len(all) != want {
			t.Fatalf("%d reconnects arrived, want %d: %+v", len(all), want, all)
		}
	}
	w.WaitLog(t, 0, 10*time.Second, "server_changed", "state=ready")
	for n := range 3 {
		server.Down()
		<-time.After(300 * time.Millisecond)
		server.Up(t)
		sent(1 + n)
		Until(t, 10*time.Second, "it is in game", func() (bool, string) {
			result := w.Run(t, "", com, "status")
			return strings.TrimSpace(result.Stdout) == "IN_GAME", result.Stdout
		})
	}
	mark := w.LogEnd(t)
	server.Down()
	w.WaitLog(t, mark, 10*time.Second, "server_changed", "state=down", "nothing is behind the relay")
	sent(3)
	server.Up(t)
	sent(4)

	mark = w.LogEnd(t)
	writeFile(t, w.SettingsFile(), through) // without the relay
	w.WaitLog(t, mark, 10*time.Second, "server_changed", "state=ready")
	mark = w.LogEnd(t)
	server.Deafen()
	w.WaitLog(t, mark, 10*time.Second, "server_changed", "state=down", "nothing listens")
	sent(4)
	server.Up(t)
	sent(5)
}

type wineFaults struct {
	*Wine
	t        *testing.T // the whole test
	exe, com string
	port     *Port
	server   *GameServer
	app      *Process
}

func (f *wineFaults) sound() string { return settings(f.port, f.server, false, "") + quiet }

func (f *wineFaults) write(t *testing.T, text string) {
	t.Helper()
	writeFile(t, f.SettingsFile(), text)
}

// want runs a command and checks its exit code and that its output has the parts.
func (f *wineFaults) want(t *testing.T, code int, command string, parts ...string) Result {
	t.Helper()
	result := f.Run(t, "", f.com, strings.Fields(command)...)
	if result.Code != code {
		t.Errorf("altv-tray.com %s: %v, want exit %d", command, result, code)
	}
	for _, part := range parts {
		if !strings.Contains(result.Stdout+result.Stderr, part) {
			t.Errorf("altv-tray.com %s: %v, want it to say %q", command, result, part)
		}
	}
	return result
}

// Without a tray app, the commands that need it say so, and the others work.
func (f *wineFaults) noTray(t *testing.T) {
	f.want(t, 3, "ready", "not running")
	f.want(t, 3, "pause 1m", "not running")
	f.want(t, 3, "resume", "not running")
	f.want(t, 3, "quit", "not running")
	f.want(t, 0, "status", "MAIN_MENU")
	f.want(t, 6, "password status", "No password is stored")
	f.want(t, 0, "reconnect", "accepted") // without a password: none is known to be wanted
	f.port.Set("MAIN_MENU")
	f.want(t, 0, "history")
	f.want(t, 0, "version")
	f.want(t, 2, "password set geheim", "never from an argument")
	f.want(t, 2, "pause -1m")
	if sent := f.port.Reconnects(); len(sent) != 1 || sent[0].Body != "" {
		t.Errorf("sent: %+v", sent)
	}
	if result := f.Run(t, Password+"\n", f.com, "password", "set"); result.Code != 0 {
		t.Fatalf("password set: %v", result)
	}
	f.want(t, 0, "password status", "stored")
	f.want(t, 0, "reconnect --wait --timeout 20s", "in game")
	f.port.Set("MAIN_MENU")
	if sent := f.port.Reconnects(); len(sent) != 2 || sent[1].Body != Password {
		t.Errorf("sent: %+v", sent)
	}
}

// A broken control.json prevents no start.
func (f *wineFaults) control(t *testing.T) {
	writeFile(t, f.StateFile("control.json"), "\x00garbage")
	f.want(t, 3, "ready", "is broken", "delete it")
	writeFile(t, f.StateFile("control.json"), `{"address":"192.0.2.1:80","token":"x","pid":1}`)
	f.want(t, 3, "ready", "not on this machine")
	f.want(t, 0, "reconnect --wait --timeout 20s", "in game") // in its own process
	f.port.Set("MAIN_MENU")
}

// The commands reach the tray app.
func (f *wineFaults) commands(t *testing.T) {
	mark := f.LogEnd(t)
	f.want(t, 0, "ready")
	f.want(t, 0, "pause 15m")
	f.WaitLog(t, mark, 5*time.Second, "msg=paused", "for=15m0s")
	f.want(t, 0, "resume")
	f.WaitLog(t, mark, 5*time.Second, "msg=resumed")
	f.want(t, 0, "status --json", `"MAIN_MENU"`)
	f.want(t, 0, "doctor", "warning  alt:V's folder", "MAIN_MENU") // no client is installed here
	f.want(t, 0, "history")
}

// A broken file is reported, never touched, and changes nothing.
func (f *wineFaults) settingsFile(t *testing.T) {
	const text = "schema = 1\nlanguage = \"en\n"
	mark := f.LogEnd(t)
	f.write(t, text)
	f.WaitLog(t, mark, 10*time.Second, "settings_not_in_force", ":2:")
	f.port.WaitPolls(t, 2) // at the address of before
	// With the settings of the tray app, and a line about the file.
	f.want(t, 0, "status", "settings.toml:2", "MAIN_MENU")
	f.want(t, 0, "password status", "settings.toml:2", "stored")
	f.want(t, 5, "start", "settings.toml:2")
	f.waitBalloon(t)
	f.Picture(t, "wine-broken-settings")
	if data, err := os.ReadFile(f.SettingsFile()); err != nil || string(data) != text {
		t.Errorf("the file was changed: %q, %v", data, err)
	}
}

// waitBalloon waits for a balloon, by which Wine shows notifications.
func (f *wineFaults) waitBalloon(t *testing.T) {
	t.Helper()
	Until(t, 20*time.Second, "a balloon shows", func() (bool, string) {
		box, there := f.tip(t)
		return there && box.Dy() > 30, box.String()
	})
}

// Most editors write a new file and rename it.
func (f *wineFaults) replaced(t *testing.T) {
	mark := f.LogEnd(t)
	beside := f.SettingsFile() + ".new"
	writeFile(t, beside, settings(f.port, f.server, true, "")+quiet)
	if err := os.Rename(beside, f.SettingsFile()); err != nil {
		t.Fatal(err)
	}
	f.WaitLog(t, mark, 10*time.Second, "settings_changed", "automatic=true")
	mark = f.LogEnd(t)
	f.write(t, f.sound())
	f.WaitLog(t, mark, 10*time.Second, "settings_changed", "automatic=false")
}

// A file that is marked as read-only.
func (f *wineFaults) readOnly(t *testing.T) {
	file := f.winPath(f.SettingsFile())
	if result := f.Run(t, "", "attrib", "+R", file); result.Code != 0 {
		t.Fatalf("attrib: %v", result)
	}
	mark := f.LogEnd(t)
	menu := f.OpenMenu(t, windowsExe)
	f.ClickRow(t, windowsExe, menu.Row(t, "automatic"))
	Until(t, 10*time.Second, "the click has an effect", func() (bool, string) {
		return len(f.Log(t)) > int(mark), ""
	})
	data, err := os.ReadFile(f.SettingsFile())
	if err != nil || string(data) != f.sound() {
		t.Errorf("%v; the file:\n%s", err, data)
	}
	if lines := f.LogLines(t, mark, "notice.settings_not_changed", "read-only"); len(lines) != 1 {
		t.Errorf("not told once: %q", lines)
	}
	f.Run(t, "", "attrib", "-R", file)
	mark = f.LogEnd(t)
	f.write(t, f.sound()+"# again\n")
	f.port.WaitPolls(t, 2)
	if lines := f.LogLines(t, mark, "settings_not_in_force"); len(lines) > 0 {
		t.Error(lines)
	}
}

func (f *wineFaults) winPath(path string) string { return "Z:" + strings.ReplaceAll(path, "/", `\`) }

// Without a file the defaults are in force. Paused, since their addresses are real ones.
func (f *wineFaults) deleted(t *testing.T) {
	f.want(t, 0, "pause")
	mark := f.LogEnd(t)
	if err := os.Remove(f.SettingsFile()); err != nil {
		t.Fatal(err)
	}
	f.WaitLog(t, mark, 10*time.Second, "settings_changed", "automatic=true")
	if _, err := os.Stat(f.SettingsFile()); !os.IsNotExist(err) {
		t.Errorf("a file was written in its place: %v", err)
	}
	mark = f.LogEnd(t)
	f.write(t, f.sound())
	f.WaitLog(t, mark, 10*time.Second, "settings_changed", "automatic=false")
	f.want(t, 0, "resume")
	f.port.WaitPolls(t, 2)
}

// Whatever answers on the debug port: the user sees what it is, and it gets no password.
func (f *wineFaults) debugPort(t *testing.T) {
	for _, c := range []struct {
		name, word string
		code       int
		fault      Fault
	}{
		{"HTML", "NOT_ALTV", 7, sayingOnce(answering("200 OK", "Content-Type: text/html\r\n", "<p>MAIN_MENU</p"))},
		{"resets", "NO_ANSWER", 4, resetting},
	} {
		t.Run(c.name, func(t *testing.T) {
			port := StartFaultPort(t, "127.0.0.1:0", c.fault)
			mark := f.LogEnd(t)
			f.write(t, strings.ReplaceAll(f.sound(), f.port.Address, port.Address))
			f.WaitLog(t, mark, 15*time.Second, "client_changed", "to="+c.word)
			f.want(t, c.code, "status", c.word)
			f.want(t, c.code, "reconnect --timeout 3s")
			if c.name == "HTML" {
				f.want(t, 1, "doctor", "alt:V's debug port")
			}
			if others := port.Reconnects(); len(others) > 0 {
				t.Errorf("requests other than for the status: %+v", others)
			}
		})
	}
	mark := f.LogEnd(t)
	f.write(t, f.sound())
	f.WaitLog(t, mark, 15*time.Second, "client_changed", "to=MAIN_MENU")
}

// The state folder cannot be made: the icon is still there.
func (f *wineFaults) stateFolder(t *testing.T) {
	f.want(t, 0, "quit")
	f.app.Wait(t, 10*time.Second)
	folder := filepath.Dir(f.StateFile("x"))
	if err := os.Rename(folder, folder+".away"); err != nil {
		t.Fatal(err)
	}
	writeFile(t, folder, "not a folder")
	app := f.StartTray(t, f.com)
	f.Picture(t, "wine-no-state-folder")
	if text := app.Stderr(); !strings.Contains(text, "the log cannot be written") || !strings.Contains(text, "will not reach this app") {
		t.Errorf("it says %s", text)
	}
	f.want(t, 3, "ready")
	menu := f.OpenMenu(t, "altv-tray.com")
	f.ClickRow(t, "altv-tray.com", menu.Row(t, "quit"))
	if code := app.Wait(t, 10*time.Second); code != 0 {
		t.Errorf("Quit ended with %d", code)
	}
}
