//go:build linux

package desktoptest

import (
	"strings"
	"testing"
	"time"
)

// The hotkey of the Windows build, while another program's window fills the screen and
// has the keyboard focus.
func TestDesktopWineHotkey(t *testing.T) {
	exe, com := needWindows(t)
	w := StartWine(t)
	port, server := StartPort(t, "MAIN_MENU"), StartGameServer(t)
	port.Script(Joins...)
	set := func(key string) Mark {
		t.Helper()
		mark := w.LogEnd(t)
		writeFile(t, w.SettingsFile(), settings(port, server, false, hotkeyLines(key))+"password = \"none\"\n"+quiet)
		return mark
	}
	set("Ctrl+Shift+F9")
	w.StartTray(t, exe)
	w.WaitLog(t, 0, 10*time.Second, "hotkey_held", "Ctrl+Shift+F9")
	game := w.StartBench(t, "game")
	w.Screen.Focus(t, "--name", "^bench game$")
	Until(t, 10*time.Second, "the game receives keys", func() (bool, string) {
		w.Screen.Press(t, "z")
		return strings.Contains(game.Stdout(), "key 90"), game.Stdout()
	})
	reconnects := func(press func()) {
		t.Helper()
		mark, before := w.LogEnd(t), len(port.Reconnects())
		press()
		port.WaitReconnects(t, before+1, 10*time.Second)
		w.WaitLog(t, mark, 10*time.Second, "reconnect_joined")
		port.WaitPolls(t, 3)
		if n := len(port.Reconnects()) - before; n != 1 {
			t.Errorf("%d were sent", n)
		}
	}
	reconnects(func() { w.Screen.Press(t, "ctrl+shift+F9") })
	if strings.Contains(game.Stdout(), "key 120") {
		t.Errorf("the game received F9 too: %s", game.Stdout())
	}
	reconnects(func() { w.Screen.Hold(t, "ctrl+shift+F9", "2") })
	w.Picture(t, "wine-game")

	// Another key, which another program has at first. The old key is free.
	other := w.StartBench(t, "take-key", "7")
	Until(t, 20*time.Second, "another program takes a key", func() (bool, string) { return other.Stdout() != "", other.Stderr() })
	mark := set("Ctrl+F7")
	w.WaitLog(t, mark, 5*time.Second, "hotkey_lost", "key=Ctrl+F7", "why=hotkey_taken")
	if result := w.Run(t, "", com, "doctor", "--json"); !strings.Contains(result.Stdout, "nother program uses Ctrl+F7") {
		t.Errorf("altv-tray.com doctor: %v", result)
	}
	before := len(port.Reconnects())
	w.Screen.Press(t, "ctrl+F7", "ctrl+shift+F9")
	port.WaitPolls(t, 3)
	if n := len(port.Reconnects()) - before; n != 0 {
		t.Errorf("%d were sent by keys that are not the hotkey", n)
	}
	mark = w.LogEnd(t)
	other.end()
	w.WaitLog(t, mark, 30*time.Second, "hotkey_held", "key=Ctrl+F7")
	reconnects(func() { w.Screen.Press(t, "ctrl+F7") })

	// Switched off, it is free.
	set("")
	Until(t, 20*time.Second, "the key is free", func() (bool, string) {
		one := w.StartBench(t, "take-key", "7")
		defer one.end()
		Until(t, 20*time.Second, "the other program tells", func() (bool, string) { return one.Stdout() != "" || !one.Running(), "" })
		return one.Stdout() != "", one.Stderr()
	})
}
