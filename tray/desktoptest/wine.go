//go:build linux

package desktoptest

import (
	"cmp"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Wine is a Windows session under Wine on a screen of its own. Loopback is the
// host's, so the test's debug port and game server are there as well.
type Wine struct {
	Screen  *Screen
	AppData string // %APPDATA%, as a path of the host
	Local   string // %LOCALAPPDATA%, as a path of the host
	Sent    Sent   // where its browser was sent to

	vars []string
}

// StartWine makes a prefix and a screen. Both end with the test. The first prefix of a
// test run, or of WINE_TEMPLATE, takes 15 s; the others are copies of it.
func StartWine(t testing.TB) *Wine {
	t.Helper()
	Need(t, "wine", "wineboot", "wineserver", "x86_64-w64-mingw32-gcc")
	home := shortDir(t)
	w := &Wine{Screen: StartScreen(t), Sent: Sent(filepath.Join(home, "address"))}
	prefix := filepath.Join(home, "prefix")
	w.vars = []string{
		"PATH=" + browserScript(t, string(w.Sent)) + ":" + os.Getenv("PATH"),
		"LANG=C.UTF-8",
		"USER=bench",
		"HOME=" + home,
		"DISPLAY=" + w.Screen.Display,
		"WINEPREFIX=" + prefix,
		"WINEARCH=win64",
		"WINEDEBUG=-all",
		"WINEDLLOVERRIDES=mscoree=;mshtml=",
	}
	root, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := made()
	if err != nil {
		t.Fatal(err)
	}
	template := cmp.Or(os.Getenv("WINE_TEMPLATE"), filepath.Join(folder, "wine"))
	t.Cleanup(func() {
		stop := exec.Command("wineserver", "-k")
		stop.Env = w.vars
		// It fails if none runs any more.
		if err := stop.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
			t.Errorf("end Wine: %v", err)
		}
	})
	script := start(t, append(w.vars, "WINE_TEMPLATE="+template), "", filepath.Join(root, ".ci", "wine-prefix.sh"))
	if code := script.Wait(t, 3*time.Minute); code != 0 {
		t.Fatalf("make a Wine prefix: exit %d\n%s%s", code, script.Stdout(), script.Stderr())
	}
	// Otherwise Wine ends when nothing runs, and a program that starts then fails.
	if keep := start(t, w.vars, "", "wineserver", "-p"); keep.Wait(t, time.Minute) != 0 {
		t.Fatalf("keep Wine running: %s", keep.Stderr())
	}
	w.AppData = w.folder(t, prefix, "APPDATA")
	w.Local = w.folder(t, prefix, "LOCALAPPDATA")
	return w
}

// folder returns a Windows folder as a path of the host.
func (w *Wine) folder(t testing.TB, prefix, name string) string {
	t.Helper()
	result := w.Run(t, "", "cmd", "/c", "echo %"+name+"%")
	path, ok := strings.CutPrefix(strings.TrimSpace(result.Stdout), `C:\`)
	if !ok {
		t.Fatalf("find %%%s%% in Wine: %v", name, result)
	}
	return filepath.Join(prefix, "drive_c", filepath.FromSlash(strings.ReplaceAll(path, `\`, "/")))
}

// StartTray starts the tray app and waits until its icon is drawn. On a busy machine Wine
// sometimes does not paint a new icon; then the program is started once more.
func (w *Wine) StartTray(t testing.TB, exe string) *Process {
	t.Helper()
	app := w.Start(t, "", exe)
	for time.Since(app.Started) < 15*time.Second {
		if _, _, there := w.Screen.TrayIcon(t); there {
			t.Logf("icon %v after the start", time.Since(app.Started))
			return app
		}
	}
	t.Log("no icon is drawn; starting the program once more")
	app.end()
	app = w.Start(t, "", exe)
	w.WaitForIcon(t, 20*time.Second, "the icon shows in the tray", nil)
	return app
}

// Start starts a Windows program.
func (w *Wine) Start(t testing.TB, stdin, program string, args ...string) *Process {
	t.Helper()
	return start(t, w.vars, stdin, "wine", append([]string{program}, args...)...)
}

// Run runs a Windows program to its end, at most 30 s long.
func (w *Wine) Run(t testing.TB, stdin, program string, args ...string) Result {
	t.Helper()
	return run(t, w.vars, stdin, "wine", append([]string{program}, args...)...)
}

// WaitForIcon waits until an icon is drawn in the tray for which ok says true
// (nil: any), and returns its place and its picture.
func (w *Wine) WaitForIcon(t testing.TB, limit time.Duration, what string, ok func(image.Image) bool) (image.Rectangle, image.Image) {
	t.Helper()
	var box image.Rectangle
	var icon image.Image
	Until(t, limit, what, func() (bool, string) {
		var there bool
		box, icon, there = w.Screen.TrayIcon(t)
		return there && (ok == nil || ok(icon)), fmt.Sprintf("drawn in the tray: %v", box)
	})
	return box, icon
}

// OpenMenu clicks the icon with the right button and reads the menu. The menu
// does not repaint while it is open; CloseMenu closes it.
func (w *Wine) OpenMenu(t testing.TB, program string) WineMenu {
	t.Helper()
	// A balloon lies over the menu's last rows. It has an icon of its own.
	Until(t, 60*time.Second, "no balloon is shown", func() (bool, string) {
		balloon := w.Screen.OtherIcons(t)
		return balloon.Empty(), balloon.String()
	})
	box, _ := w.WaitForIcon(t, 10*time.Second, "the icon is there", nil)
	clicked := time.Time{}
	Until(t, 20*time.Second, "the menu opens", func() (bool, string) {
		if len(w.Screen.Windows(t, program)) > 0 {
			return true, ""
		}
		// Wine loses a click that comes right after a menu was closed.
		if time.Since(clicked) > 3*time.Second {
			w.Screen.Click(t, middle(box), 3)
			clicked = time.Now()
		}
		return false, "no window of " + program
	})
	// Only now: the menu opens where the mouse is. Away from it no row is
	// highlighted, and no tooltip covers one.
	w.Screen.Move(t, image.Pt(5, 5))
	var menu WineMenu
	last := -1
	Until(t, 10*time.Second, "the menu is drawn", func() (bool, string) {
		boxes := w.Screen.Windows(t, program)
		if len(boxes) == 0 {
			return false, "no window of " + program
		}
		menu = readWineMenu(w.Screen.Shot(t), boxes[0])
		settled := len(menu.Groups) > 1 && menu.rows() == last
		last = menu.rows()
		return settled, fmt.Sprintf("%d rows in %v", last, boxes[0])
	})
	return menu
}

// CloseMenu clicks beside the menu and waits until it is gone.
func (w *Wine) CloseMenu(t testing.TB, program string) {
	t.Helper()
	w.Screen.Click(t, image.Pt(5, 5), 1)
	w.waitClosed(t, program)
}

// ClickRow clicks a row of the open menu, which closes it.
func (w *Wine) ClickRow(t testing.TB, program string, row WineRow) time.Time {
	t.Helper()
	w.Screen.Move(t, middle(row.Box))
	at := time.Now()
	w.Screen.Click(t, middle(row.Box), 1)
	if !row.Enabled {
		return at
	}
	// On a busy computer Wine sometimes loses a click: the menu stays.
	last := at
	Until(t, 10*time.Second, "the menu closes", func() (bool, string) {
		boxes := w.Screen.Windows(t, program)
		if len(boxes) > 0 && time.Since(last) > 3*time.Second {
			w.Screen.Click(t, middle(row.Box), 1)
			last = time.Now()
		}
		return len(boxes) == 0, fmt.Sprint(boxes)
	})
	return at
}

func (w *Wine) waitClosed(t testing.TB, program string) {
	t.Helper()
	Until(t, 5*time.Second, "the menu closes", func() (bool, string) {
		boxes := w.Screen.Windows(t, program)
		return len(boxes) == 0, fmt.Sprint(boxes)
	})
}

// readWineMenu finds the rows by their text: lines of pixels that are not of the
// menu's background, between lines that are. What is too low for text is the line
// between two groups, or the line below a mnemonic, which is short.
func readWineMenu(picture image.Image, box image.Rectangle) WineMenu {
	const border, checkmarks, arrows = 3, 16, 14
	inner := box.Inset(border)
	text := image.Rect(inner.Min.X+checkmarks-border, inner.Min.Y, inner.Max.X-arrows, inner.Max.Y)
	background := picture.At(inner.Min.X+1, inner.Min.Y)
	var menu WineMenu
	var group []WineRow
	for y := text.Min.Y; y < text.Max.Y; {
		line := image.Rect(text.Min.X, y, text.Max.X, y+1)
		if drawn(picture, line, background).Empty() {
			y++
			continue
		}
		end := y
		for end < text.Max.Y && !drawn(picture, image.Rect(text.Min.X, end, text.Max.X, end+1), background).Empty() {
			end++
		}
		if end-y >= 5 {
			row := image.Rect(text.Min.X, y, text.Max.X, end)
			tick := image.Rect(inner.Min.X, y, text.Min.X, end)
			group = append(group, WineRow{Box: row, Picture: crop(picture, row), Enabled: hasBlack(picture, row), Checked: hasBlack(picture, tick)})
		} else if line := image.Rect(text.Min.X, y, text.Max.X, end); len(group) > 0 && drawn(picture, line, background).Dx() > line.Dx()*3/4 {
			menu.Groups, group = append(menu.Groups, group), nil
		}
		y = end
	}
	if len(group) > 0 {
		menu.Groups = append(menu.Groups, group)
	}
	return menu
}

func hasBlack(picture image.Image, box image.Rectangle) bool {
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if r, g, b, _ := picture.At(x, y).RGBA(); r>>8 < 0x30 && g>>8 < 0x30 && b>>8 < 0x30 {
				return true
			}
		}
	}
	return false
}

// alike reports whether two pictures are the same.
func alike(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if !same(a.At(x, y), b.At(x, y)) {
				return false
			}
		}
	}
	return true
}
