//go:build linux

package desktoptest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// clickForDialog clicks a row of the open menu and waits for the dialog, which
// may come before the menu is seen to close.
func (d *wineDesk) clickForDialog(t *testing.T, row WineRow) {
	t.Helper()
	d.Screen.Click(t, middle(row.Box), 1)
	last := ""
	Until(t, 15*time.Second, "the dialog shows", func() (bool, string) {
		boxes := d.Screen.Windows(t, windowsExe)
		settled := last == fmt.Sprint(boxes) // Windows makes it wider once it is there
		last = fmt.Sprint(boxes)
		return settled && len(boxes) == 1 && boxes[0].Dx() > 150 && boxes[0].Dy() > 50 && !row.Box.In(boxes[0]), last
	})
}

// press presses a key in the dialog and waits until it is gone.
func (d *wineDesk) press(t *testing.T, key string) {
	t.Helper()
	pressed := time.Time{}
	Until(t, 15*time.Second, "the dialog closes", func() (bool, string) {
		boxes := d.Screen.Windows(t, windowsExe)
		// On a busy computer a dialog that has just come loses a key now and then.
		if len(boxes) > 0 && time.Since(pressed) > 4*time.Second {
			d.Screen.command(t, "xdotool", "key", key)
			pressed = time.Now()
		}
		return len(boxes) == 0, fmt.Sprint(boxes)
	})
}

// Windows has no program for .toml files, so Notepad opens the settings.
func (d *wineDesk) notepad(t *testing.T) {
	d.ClickRow(t, windowsExe, d.OpenMenu(t, windowsExe).Row(t, "settings"))
	var title string
	Until(t, 15*time.Second, "Notepad shows", func() (bool, string) {
		shown, _ := d.Screen.try("xdotool", "search", "--onlyvisible", "--class", "notepad.exe", "getwindowname")
		title = string(shown)
		return strings.Contains(title, "settings.toml"), title
	})
	d.Picture(t, "wine-notepad")
	if r := d.Run(t, "", "taskkill", "/im", "notepad.exe", "/f"); r.Code != 0 {
		t.Errorf("taskkill: %v", r)
	}
}

// The row that switches the client's debug mode on changes one line
// and leaves no other file. It is there only where there is something to do.
func (d *wineDesk) debugMode(t *testing.T) {
	folder := shortDir(t)
	file := filepath.Join(folder, "altv.toml")
	const off, on = "branch = \"release\"\ndebug = false # mine\n", "branch = \"release\"\ndebug = true # mine\n"
	writeFile(t, file, off)
	writeFile(t, filepath.Join(folder, "altv.exe"), "")
	text := strings.Replace(settings(d.port, d.server, false, "")+quiet, "[client]", fmt.Sprintf("[client]\nfolder = 'Z:%s'", strings.ReplaceAll(folder, "/", `\`)), 1)

	languages := []string{"en"}
	if os.Getenv("ALTV_TRAY_PICTURES") != "" {
		languages = []string{"de", "ru", "zh-Hans", "en"}
	}
	for _, language := range languages {
		mark := d.LogEnd(t)
		writeFile(t, d.SettingsFile(), strings.Replace(text, `"en"`, `"`+language+`"`, 1))
		d.WaitLog(t, mark, 10*time.Second, "settings_changed")
		menu := d.openWith(t, "debug_on", true)
		d.Picture(t, "wine-menu-"+language)
		rows := d.OpenSubmenu(t, windowsExe, menu.Row(t, "password"))
		d.clickForDialog(t, SubmenuRow(t, rows, "password_set"))
		d.DialogPicture(t, windowsExe, "wine-password-"+language)
		d.press(t, "Escape")
		menu = d.OpenMenu(t, windowsExe)
		d.clickForDialog(t, menu.Row(t, "about"))
		d.DialogPicture(t, windowsExe, "wine-about-"+language)
		d.press(t, "Escape")
	}
	d.ClickRow(t, windowsExe, d.OpenMenu(t, windowsExe).Row(t, "checks"))
	if address := d.Sent.Address(t); !strings.HasSuffix(address, "section=setup") {
		t.Errorf("the checks are at %s", address)
	}
	d.ClickRow(t, windowsExe, d.openWith(t, "debug_on", true).Row(t, "debug_on"))
	Until(t, 10*time.Second, "debug mode is on", func() (bool, string) {
		data, err := os.ReadFile(file)
		return string(data) == on, fmt.Sprintf("%q, %v", data, err)
	})
	if files, err := filepath.Glob(file + "*"); err != nil || len(files) != 1 {
		t.Errorf("files: %q, %v, want one", files, err)
	}
	d.openWith(t, "debug_on", false)
	d.Picture(t, "wine-debug-on")
	d.CloseMenu(t, windowsExe)
	mark := d.LogEnd(t)
	writeFile(t, d.SettingsFile(), settings(d.port, d.server, false, "")+quiet)
	d.WaitLog(t, mark, 10*time.Second, "settings_changed")
}

// openWith opens the menu once it has a row, or has it no more.
func (d *wineDesk) openWith(t *testing.T, name string, there bool) (menu WineMenu) {
	t.Helper()
	Until(t, 30*time.Second, fmt.Sprintf("the row %s is there: %v", name, there), func() (bool, string) {
		menu = d.OpenMenu(t, windowsExe)
		if _, ok := menu.Find(name); ok != there {
			d.CloseMenu(t, windowsExe)
			return false, ""
		}
		return true, ""
	})
	return menu
}
