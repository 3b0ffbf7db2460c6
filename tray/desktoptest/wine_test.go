//go:build linux

package desktoptest

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const windowsExe = "altv-tray.exe"

// Balloons would cover the menu.
const quiet = `
[notifications]
ready = false
joined = false
dropped = false
failed = false
`

// The Windows build: icon, menu and clicks, and the commands through altv-tray.com. One
// session for all, since making one takes long.
func TestDesktopWine(t *testing.T) {
	exe, com := needWindows(t)
	w := StartWine(t)
	port := StartPort(t, "MAIN_MENU")
	port.Script(Joins...)
	server := StartGameServer(t)
	writeFile(t, filepath.Join(w.AppData, "altv-tray", "settings.toml"), settings(port, server, false, "")+quiet)

	if result := w.Run(t, "", com, "status"); result.Code != 0 || strings.TrimSpace(result.Stdout) != "MAIN_MENU" {
		t.Errorf("altv-tray.com status: %v, want MAIN_MENU and exit 0", result)
	}
	if result := w.Run(t, "", com, "ready"); result.Code != 3 {
		t.Errorf("altv-tray.com ready with no tray app: %v, want exit 3", result)
	}
	if result := w.Run(t, Password+"\n", com, "password", "set"); result.Code != 0 {
		t.Fatalf("altv-tray.com password set: %v", result)
	}

	app := w.StartTray(t, exe)

	t.Run("click", func(t *testing.T) { testWineClick(t, w, port) })
	t.Run("states", func(t *testing.T) { testWineStates(t, w, port) })
	t.Run("second start", func(t *testing.T) {
		result := w.Run(t, "", com)
		if result.Code != 0 || !strings.Contains(result.Stderr, "running") {
			t.Errorf("the second start: %v, want 0 and that it is running already", result)
		}
	})
	t.Run("command", func(t *testing.T) {
		port.Set("MAIN_MENU")
		before := len(port.Reconnects())
		if result := w.Run(t, "", com, "reconnect", "--wait", "--timeout", "20s"); result.Code != 0 {
			t.Errorf("altv-tray.com reconnect --wait: %v", result)
		}
		if sent := port.Reconnects()[before:]; len(sent) != 1 || sent[0].Body != Password {
			t.Errorf("sent: %+v", sent)
		}
	})
	t.Run("dialog", func(t *testing.T) { testWineDialog(t, w, port) })
	t.Run("not running", func(t *testing.T) {
		port.Close()
		if result := w.Run(t, "", com, "status"); result.Code != 3 || strings.TrimSpace(result.Stdout) != "NOT_RUNNING" {
			t.Errorf("altv-tray.com status without a client: %v, want NOT_RUNNING and exit 3", result)
		}
		Until(t, 30*time.Second, "the row is disabled", func() (bool, string) {
			menu := w.OpenMenu(t, windowsExe)
			w.CloseMenu(t, windowsExe)
			return !menu.Row(t, "reconnect").Enabled, "still enabled"
		})
	})
	t.Run("files", func(t *testing.T) {
		folder := filepath.Join(w.Local, "altv-tray")
		for _, name := range []string{"altv-tray.log", "control.json"} {
			data, err := os.ReadFile(filepath.Join(folder, name))
			if err != nil {
				t.Error(err)
			}
			if strings.Contains(string(data), Password) {
				t.Errorf("%s holds the password", name)
			}
		}
	})
	t.Run("quit", func(t *testing.T) {
		t.Cleanup(func() {
			if t.Failed() {
				t.Logf("the log: %s", w.Log(t))
			}
		})
		menu := w.OpenMenu(t, windowsExe)
		w.ClickRow(t, windowsExe, menu.Row(t, "quit"))
		if code := app.Wait(t, 10*time.Second); code != 0 {
			t.Errorf("Quit ended with %d", code)
		}
		Until(t, 5*time.Second, "the icon is gone", func() (bool, string) {
			box, _, there := w.Screen.TrayIcon(t)
			return !there, box.String()
		})
		if _, err := os.Stat(filepath.Join(w.Local, "altv-tray", "control.json")); !os.IsNotExist(err) {
			t.Errorf("control.json is left behind: %v", err)
		}
	})
}

// needWindows builds the programs if Wine is there to run them.
func needWindows(t *testing.T) (exe, com string) {
	t.Helper()
	Need(t, "wine", "wineboot", "wineserver", "x86_64-w64-mingw32-gcc", "Xvfb", "openbox", "tint2", "xdotool", "xwd", "xwininfo", "convert")
	return BuildWindows(t)
}

func testWineClick(t *testing.T, w *Wine, port *Port) {
	var menu WineMenu
	// An open menu does not repaint, and the first one may be from before the
	// first look at the client.
	Until(t, 20*time.Second, "the reconnect row is enabled", func() (bool, string) {
		menu = w.OpenMenu(t, windowsExe)
		if !menu.Row(t, "reconnect").Enabled {
			w.CloseMenu(t, windowsExe)
			return false, "disabled"
		}
		return true, ""
	})
	if folder := os.Getenv("ALTV_TRAY_PICTURES"); folder != "" {
		w.Screen.Save(t, filepath.Join(folder, "wine-menu.png"))
	}
	if menu.Row(t, "state").Enabled {
		t.Error("the state row can be clicked")
	}
	at := w.ClickRow(t, windowsExe, menu.Row(t, "reconnect"))
	sent := port.WaitReconnects(t, 1, 5*time.Second)
	t.Logf("from the click to the request: %v, xdotool's start included", sent[0].At.Sub(at))
	if sent[0].Method != "POST" || sent[0].Body != Password {
		t.Errorf("sent %s with the body %q", sent[0].Method, sent[0].Body)
	}
	port.WaitPolls(t, 3)
	if sent := port.Reconnects(); len(sent) != 1 {
		t.Errorf("one click sent %d: %+v", len(sent), sent)
	}
}

// testWineStates sees that icon and state row follow the client.
func testWineStates(t *testing.T, w *Wine, port *Port) {
	port.Set("IN_GAME")
	port.WaitPolls(t, 3)
	_, inGame := w.WaitForIcon(t, 5*time.Second, "the icon is there", nil)
	before := w.OpenMenu(t, windowsExe)
	w.CloseMenu(t, windowsExe)

	port.Set("LOADING")
	w.WaitForIcon(t, 5*time.Second, "the icon changes", func(now image.Image) bool { return !alike(now, inGame) })
	after := w.OpenMenu(t, windowsExe)
	w.CloseMenu(t, windowsExe)
	if alike(before.Row(t, "state").Picture, after.Row(t, "state").Picture) {
		t.Error("the state row looks the same in the game and while loading")
	}
	if before.rows() != after.rows() {
		t.Errorf("the menu had %d rows and has %d", before.rows(), after.rows())
	}
}

// testWineDialog types a password into the dialog; the request has it from the Credential
// Manager.
func testWineDialog(t *testing.T, w *Wine, port *Port) {
	const typed = "typed in a dialog"
	menu := w.OpenMenu(t, windowsExe)
	rows := w.OpenSubmenu(t, windowsExe, menu.Row(t, "password"))
	w.Screen.Click(t, middle(SubmenuRow(t, rows, "password_set").Box), 1)
	Until(t, 10*time.Second, "the dialog shows", func() (bool, string) {
		boxes := w.Screen.Windows(t, windowsExe)
		return len(boxes) == 1 && boxes[0].Dx() > 150 && boxes[0].Dy() > 80, fmt.Sprint(boxes)
	})
	if folder := os.Getenv("ALTV_TRAY_PICTURES"); folder != "" {
		w.Screen.Save(t, filepath.Join(folder, "windows-dialog.png"))
	}
	w.Screen.command(t, "xdotool", "type", "--delay", "20", typed)
	w.Screen.command(t, "xdotool", "key", "Return")
	w.waitClosed(t, windowsExe)
	port.Set("MAIN_MENU")
	Until(t, 10*time.Second, "the password is in the request", func() (bool, string) {
		before := len(port.Reconnects())
		port.Set("MAIN_MENU")
		menu := w.OpenMenu(t, windowsExe)
		w.ClickRow(t, windowsExe, menu.Row(t, "reconnect"))
		sent := port.WaitReconnects(t, before+1, 5*time.Second)
		body := sent[len(sent)-1].Body
		return body == typed, body
	})
}
