//go:build linux

package desktoptest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// What a Windows desktop does to the program, and what the program changes there. One
// session for all, as in TestDesktopWine.
func TestDesktopWineDesk(t *testing.T) {
	exe, com := needWindows(t)
	w := StartWine(t)
	d := &wineDesk{Wine: w, t: t, exe: exe, com: com, port: StartPort(t, "MAIN_MENU"), server: StartGameServer(t)}
	d.port.Script(Joins...)
	writeFile(t, w.SettingsFile(), settings(d.port, d.server, false, "")+quiet)
	if result := w.Run(t, Password+"\n", com, "password", "set"); result.Code != 0 {
		t.Fatalf("altv-tray.com password set: %v", result)
	}
	d.app = w.StartTray(t, exe)
	w.WaitLog(t, 0, 10*time.Second, "client_changed", "MAIN_MENU")

	t.Run("tooltip", d.tooltip)
	t.Run("Explorer restarts", d.explorerRestarts)
	t.Run("start at login", d.startAtLogin)
	t.Run("pause", d.pause)
	t.Run("settings in Notepad", d.notepad)
	t.Run("profile", d.profile)
	t.Run("credential of Control Panel", d.credential)
	t.Run("server restarts", d.serverRestarts)
	t.Run("debug mode", d.debugMode)
	t.Run("shutdown cancelled", d.shutdownCancelled)
	t.Run("session ends", d.sessionEnds)
	t.Run("killed", d.killed)
	t.Run("taskkill", d.taskkill)
	t.Run("two at once", d.twoAtOnce)
	t.Run("Ctrl+C", d.ctrlC)
}

type wineDesk struct {
	*Wine
	t        *testing.T // the whole test: what it starts outlives a part of it
	exe, com string
	port     *Port
	server   *GameServer
	app      *Process
}

// The tooltip shows client and server, and follows them.
func (d *wineDesk) tooltip(t *testing.T) {
	before := d.Tooltip(t)
	d.Picture(t, "wine-tooltip")
	if size := before.Bounds(); size.Dy() < 22 {
		t.Errorf("the tooltip is %v: less than two lines", size)
	}
	d.HideTooltip(t)
	set := func(word string) {
		mark := d.LogEnd(t)
		d.port.Set(word)
		d.WaitLog(t, mark, 10*time.Second, "client_changed", "to="+word)
	}
	set("IN_GAME")
	inGame := d.Tooltip(t)
	d.HideTooltip(t)
	if alike(before, inGame) {
		t.Error("the tooltip is the same in the main menu and in the game")
	}
	// It also changes while the mouse rests on the icon.
	d.Tooltip(t)
	set("MAIN_MENU")
	Until(t, 30*time.Second, "the open tooltip follows", func() (bool, string) {
		if box, there := d.tip(t); there {
			return alike(crop(d.Screen.Shot(t), box), before), box.String()
		}
		// Wine has hidden it after five seconds, too soon for a busy computer.
		set("IN_GAME")
		d.Tooltip(t)
		set("MAIN_MENU")
		return false, "hidden"
	})
	d.HideTooltip(t)
}

// Explorer forgets all icons when it restarts, and notifies all windows.
func (d *wineDesk) explorerRestarts(t *testing.T) {
	_, before := d.WaitForIcon(t, 10*time.Second, "the icon is there", nil)
	d.Bench(t, "", "forget-icon")
	Until(t, 10*time.Second, "the icon is gone", func() (bool, string) {
		box, _, there := d.Screen.TrayIcon(t)
		return !there, box.String()
	})
	told := time.Time{}
	Until(t, 30*time.Second, "the icon is there again", func() (bool, string) {
		// Sometimes Wine does not paint a new icon.
		if time.Since(told) > 8*time.Second {
			if !told.IsZero() {
				d.Bench(t, "", "forget-icon")
			}
			d.Bench(t, "", "taskbar-created")
			told = time.Now()
		}
		_, now, there := d.Screen.TrayIcon(t)
		return there && alike(now, before), fmt.Sprint(there)
	})
	d.Bench(t, "", "taskbar-created") // with the icon there: it stays the only one
	d.clickReconnect(t)
	if box := d.Screen.OtherIcons(t); !box.Empty() {
		t.Errorf("there is more than one icon: %v", box)
	}
}

// clickReconnect clicks the menu's row and returns what was sent.
func (d *wineDesk) clickReconnect(t *testing.T) string {
	t.Helper()
	mark, before := d.LogEnd(t), len(d.port.Reconnects())
	d.port.Set("MAIN_MENU")
	var menu WineMenu
	Until(t, 20*time.Second, "the reconnect row is enabled", func() (bool, string) {
		menu = d.OpenMenu(t, windowsExe)
		if !menu.Row(t, "reconnect").Enabled {
			d.CloseMenu(t, windowsExe)
			return false, "disabled"
		}
		return true, ""
	})
	d.ClickRow(t, windowsExe, menu.Row(t, "reconnect"))
	sent := d.port.WaitReconnects(t, before+1, 10*time.Second)
	d.WaitLog(t, mark, 10*time.Second, "reconnect_joined")
	if n := len(sent) - before; n != 1 {
		t.Errorf("one click sent %d", n)
	}
	return sent[len(sent)-1].Body
}

const runKey = `HKCU\Software\Microsoft\Windows\CurrentVersion\Run`

// The tick creates the value of the Run key, and removes it without a trace.
func (d *wineDesk) startAtLogin(t *testing.T) {
	query := func() Result { return d.Run(t, "", "reg", "query", runKey) }
	before := query()
	if strings.Contains(before.Stdout, "altv-tray") {
		t.Fatalf("there before anybody asked for it: %v", before)
	}
	toggle := func(to bool) {
		t.Helper()
		menu := d.OpenMenu(t, windowsExe)
		row := menu.Row(t, "autostart")
		if row.Checked == to {
			t.Fatalf("the tick is drawn: %v", row.Checked)
		}
		d.ClickRow(t, windowsExe, row)
		Until(t, 15*time.Second, "the tick changes", func() (bool, string) {
			menu := d.OpenMenu(t, windowsExe)
			if to {
				d.Picture(t, "wine-start-at-login")
			}
			d.CloseMenu(t, windowsExe)
			return menu.Row(t, "autostart").Checked == to, ""
		})
	}
	toggle(true)
	want := `"Z:` + strings.ReplaceAll(d.exe, "/", `\`) + `"`
	if on := query(); !strings.Contains(on.Stdout, want) {
		t.Errorf("the Run key has no %s: %v", want, on)
	}
	toggle(false)
	if after := query(); after.Stdout != before.Stdout {
		t.Errorf("the Run key was %v and is %v", before, after)
	}
}

// A profile that is added to the file while the program runs appears in the menu; a click
// puts it and its password in force.
func (d *wineDesk) profile(t *testing.T) {
	const password = "the second's"
	mark := d.LogEnd(t)
	first := settings(d.port, d.server, false, "")
	writeFile(t, d.SettingsFile(), first+"\n[[profiles]]\nname = \"second & last\"\nserver = \"127.0.0.1:1\"\n"+quiet)
	d.WaitLog(t, mark, 10*time.Second, "settings_changed")
	if result := d.Run(t, password+"\n", d.com, "password", "set", "--profile", "second & last"); result.Code != 0 {
		t.Fatalf("password set: %v", result)
	}
	choose := func(n int) WineMenu {
		t.Helper()
		mark := d.LogEnd(t)
		menu := d.OpenMenu(t, windowsExe)
		rows := d.OpenSubmenu(t, windowsExe, menu.Row(t, "profile"))
		d.Picture(t, "wine-profiles")
		if len(rows) != 2 || rows[n].Checked || !rows[1-n].Checked {
			t.Fatalf("the profiles' rows are %+v", rows)
		}
		d.ClickRow(t, windowsExe, rows[n])
		d.WaitLog(t, mark, 10*time.Second, "settings_changed", []string{"default", "second & last"}[n])
		return menu
	}
	before := choose(1)
	d.WaitLog(t, mark, 10*time.Second, "server_changed", "state=down")
	after := d.OpenMenu(t, windowsExe)
	d.Picture(t, "wine-second-profile")
	d.CloseMenu(t, windowsExe)
	if alike(before.Row(t, "server").Picture, after.Row(t, "server").Picture) {
		t.Error("the server's row is the same for another server, which is down")
	}
	if sent := d.clickReconnect(t); sent != password {
		t.Errorf("sent %q, want the second profile's password", sent)
	}
	choose(0)
	if sent := d.clickReconnect(t); sent != Password {
		t.Errorf("back in the first profile, sent %q", sent)
	}
	writeFile(t, d.SettingsFile(), first+quiet)
}

// Control Panel stores what its user types as UTF-16LE.
func (d *wineDesk) credential(t *testing.T) {
	const typed = `Größe "游戏" 42`
	var blob []byte
	for _, unit := range utf16.Encode([]rune(typed)) {
		blob = append(blob, byte(unit), byte(unit>>8))
	}
	d.Bench(t, string(blob), "credential", "altv-tray:default", "default")
	if sent := d.clickReconnect(t); sent != typed {
		t.Errorf("sent %q, want %q", sent, typed)
	}
	d.port.Set("MAIN_MENU")
	mark, before := d.LogEnd(t), len(d.port.Reconnects())
	d.Bench(t, "\x00\xd8\xff", "credential", "altv-tray:default", "default") // half a surrogate and a byte
	if result := d.Run(t, "", d.com, "reconnect"); result.Code != 6 {
		t.Errorf("reconnect with what is no text: %v, want exit 6", result)
	} else if !strings.Contains(result.Stderr, "plain text") {
		t.Errorf("reconnect does not say what is wrong: %v", result)
	}
	if result := d.Run(t, "", d.com, "password", "status"); result.Code != 6 {
		t.Errorf("password status with what is no text: %v, want exit 6", result)
	} else if !strings.Contains(result.Stderr, "plain text") {
		t.Errorf("password status does not say what is wrong: %v", result)
	}
	d.port.WaitPolls(t, 3)
	if sent := d.port.Reconnects()[before:]; len(sent) > 0 {
		t.Errorf("sent: %+v", sent)
	}
	d.WaitLog(t, mark, time.Second, "reconnect_failed", "password_not_text")
	if result := d.Run(t, Password+"\n", d.com, "password", "set"); result.Code != 0 {
		t.Fatalf("password set: %v", result)
	}
	if result := d.Run(t, "", d.com, "password", "status"); result.Code != 0 {
		t.Errorf("password status: %v", result)
	}
}

// The server restarts, and the client is reconnected without a click, by one request.
func (d *wineDesk) serverRestarts(t *testing.T) {
	mark := d.LogEnd(t)
	writeFile(t, d.SettingsFile(), settings(d.port, d.server, true, "")+quiet)
	d.WaitLog(t, mark, 10*time.Second, "settings_changed", "automatic=true")
	d.port.Set("IN_GAME")
	d.WaitLog(t, mark, 10*time.Second, "client_changed", "to=IN_GAME")
	before := len(d.port.Reconnects())
	d.server.Down()
	d.WaitLog(t, mark, 10*time.Second, "server_changed", "state=down")
	d.port.WaitPolls(t, 2)
	if sent := d.port.Reconnects()[before:]; len(sent) > 0 {
		t.Errorf("sent while the server was down: %+v", sent)
	}
	d.server.Up(t)
	d.WaitLog(t, mark, 20*time.Second, "reconnect_joined")
	d.port.WaitPolls(t, 3)
	if sent := d.port.Reconnects()[before:]; len(sent) != 1 || sent[0].Body != Password {
		t.Errorf("sent: %+v", sent)
	}
	mark = d.LogEnd(t)
	writeFile(t, d.SettingsFile(), settings(d.port, d.server, false, "")+quiet)
	d.WaitLog(t, mark, 10*time.Second, "settings_changed", "automatic=false")
}

func (d *wineDesk) noControl(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(d.StateFile("control.json")); !os.IsNotExist(err) {
		t.Errorf("control.json is left behind: %v", err)
	}
}

// The shutdown is cancelled: everything goes on, the icon too.
func (d *wineDesk) shutdownCancelled(t *testing.T) {
	t.Log(d.Bench(t, "", "end-session", "no").Stdout)
	if sent := d.clickReconnect(t); sent != Password { // which needs the icon
		t.Errorf("sent %q", sent)
	}
	if !d.app.Running() {
		t.Error("the program has ended")
	}
}

// Windows ends the process as soon as its windows have handled the session's end: by then
// everything is finished.
func (d *wineDesk) sessionEnds(t *testing.T) {
	mark := d.LogEnd(t)
	result := d.Bench(t, "", "end-session", "yes")
	t.Log(result.Stdout)
	if !strings.Contains(result.Stdout, "agreed 1") {
		t.Errorf("the program holds the shutdown up: %v", result)
	}
	d.app.Wait(t, 10*time.Second)
	d.noControl(t)
	if len(d.LogLines(t, mark, "session_ends")) != 1 || len(d.LogLines(t, mark, "stopped")) != 1 {
		t.Errorf("the log does not tell of the end: %s", d.Log(t)[mark:])
	}
}

// A killed program leaves its control.json behind, which disturbs neither the commands nor
// the next start.
func (d *wineDesk) killed(t *testing.T) {
	app := d.StartTray(t, d.exe)
	if result := d.Run(t, "", "taskkill", "/F", "/IM", windowsExe); result.Code != 0 {
		t.Fatalf("taskkill: %v", result)
	}
	app.Wait(t, 10*time.Second)
	if _, err := os.Stat(d.StateFile("control.json")); err != nil {
		t.Errorf("control.json: %v", err)
	}
	for _, command := range [][]string{{"ready"}, {"pause"}, {"resume"}, {"quit"}} {
		if result := d.Run(t, "", d.com, command...); result.Code != 3 {
			t.Errorf("%s after a kill: %v, want exit 3", command[0], result)
		} else if !strings.Contains(result.Stderr, "not running") {
			t.Errorf("%s after a kill: %v", command[0], result)
		}
	}
	d.app = d.StartTray(d.t, d.exe)
	if result := d.Run(t, "", d.com, "ready"); result.Code != 0 {
		t.Errorf("ready after the next start: %v", result)
	}
}

// What taskkill without /F and an uninstaller do: they send WM_CLOSE.
func (d *wineDesk) taskkill(t *testing.T) {
	if result := d.Run(t, "", "taskkill", "/IM", windowsExe); result.Code != 0 {
		t.Fatalf("taskkill: %v", result)
	}
	if code := d.app.Wait(t, 10*time.Second); code != 0 {
		t.Errorf("it ended with %d", code)
	}
	d.noControl(t)
}

// Two starts at the same moment: one runs, the other says so and exits 0.
func (d *wineDesk) twoAtOnce(t *testing.T) {
	a, b := d.Start(t, "", d.com), d.Start(t, "", d.com)
	Until(t, 30*time.Second, "one of two ends", func() (bool, string) { return !a.Running() || !b.Running(), "both run" })
	if !b.Running() {
		a, b = b, a
	}
	if code := a.Wait(t, time.Second); code != 0 || !strings.Contains(a.Stderr(), "running already") {
		t.Errorf("the second: exit %d, %s", code, a.Stderr())
	}
	if result := d.Run(t, "", d.com, "quit"); result.Code != 0 {
		t.Errorf("quit: %v", result)
	}
	if code := b.Wait(t, 10*time.Second); code != 0 {
		t.Errorf("the first: exit %d, %s", code, b.Stderr())
	}
	d.noControl(t)
}

// Ctrl+C in its console ends the program cleanly.
func (d *wineDesk) ctrlC(t *testing.T) {
	press := filepath.Join(shortDir(t), "press")
	mark := d.LogEnd(t)
	app := d.StartBench(t, "ctrl-c", `Z:`+strings.ReplaceAll(press, "/", `\`), d.com, "run")
	d.WaitLog(t, mark, 20*time.Second, "panel_ready")
	writeFile(t, press, "")
	if code := app.Wait(t, 20*time.Second); code != 0 {
		t.Errorf("it ended with %d: %s", code, app.Stderr())
	}
	d.WaitLog(t, mark, time.Second, "stopped")
	d.noControl(t)
}
