//go:build linux

package desktoptest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// winBench is the helper that does what Windows and its users do.
var winBench = sync.OnceValues(func() (string, error) {
	folder, err := made()
	if err != nil {
		return "", err
	}
	root, err := repository()
	if err != nil {
		return "", err
	}
	program := filepath.Join(folder, "bench.exe")
	cmd := exec.Command("x86_64-w64-mingw32-gcc", "-O2", "-s", "-municode", "-Wall", "-Wextra", "-Werror",
		"-o", program, filepath.Join(root, ".ci", "wine", "bench.c"), "-ladvapi32", "-lshell32")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build bench.exe: %w\n%s", err, out)
	}
	return program, nil
})

// Bench does one of the things that .ci/wine/bench.c lists. It must succeed.
func (w *Wine) Bench(t testing.TB, stdin string, args ...string) Result {
	t.Helper()
	program, err := winBench()
	if err != nil {
		t.Fatal(err)
	}
	result := w.Run(t, stdin, program, args...)
	if result.Code != 0 {
		t.Fatalf("bench %q: %v", args, result)
	}
	return result
}

// StartBench is Bench without waiting for its end.
func (w *Wine) StartBench(t testing.TB, args ...string) *Process {
	t.Helper()
	program, err := winBench()
	if err != nil {
		t.Fatal(err)
	}
	return w.Start(t, "", program, args...)
}

// StateFile returns the path of a file in the program's state folder.
func (w *Wine) StateFile(name string) string { return filepath.Join(w.Local, "altv-tray", name) }

// SettingsFile is the program's settings file.
func (w *Wine) SettingsFile() string { return filepath.Join(w.AppData, "altv-tray", "settings.toml") }

// Log returns the program's log so far.
func (w *Wine) Log(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(w.StateFile("altv-tray.log"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return string(data)
}

// Mark is a place in the log.
type Mark int

// LogEnd returns the end of the log as it is now, to look from there on.
func (w *Wine) LogEnd(t testing.TB) Mark {
	t.Helper()
	return Mark(len(w.Log(t)))
}

// LogLines returns the lines behind a mark that have all the parts.
func (w *Wine) LogLines(t testing.TB, from Mark, parts ...string) []string {
	t.Helper()
	var lines []string
	for scan := bufio.NewScanner(strings.NewReader(w.Log(t)[from:])); scan.Scan(); {
		has := true
		for _, part := range parts {
			has = has && strings.Contains(scan.Text(), part)
		}
		if has {
			lines = append(lines, scan.Text())
		}
	}
	return lines
}

// WaitLog waits for a line behind the mark that has all the parts.
func (w *Wine) WaitLog(t testing.TB, from Mark, limit time.Duration, parts ...string) string {
	t.Helper()
	var lines []string
	Until(t, limit, fmt.Sprintf("the log has a line with %q", parts), func() (bool, string) {
		lines = w.LogLines(t, from, parts...)
		return len(lines) > 0, w.Log(t)[from:]
	})
	return lines[0]
}

// Tooltip shows the icon's tooltip and returns its picture.
func (w *Wine) Tooltip(t testing.TB) image.Image {
	t.Helper()
	box, _ := w.WaitForIcon(t, 10*time.Second, "the icon is there", nil)
	var tip image.Rectangle
	var picture image.Image
	moved := time.Time{}
	Until(t, 20*time.Second, "the tooltip shows", func() (bool, string) {
		// Wine shows it only if the mouse comes from elsewhere.
		if time.Since(moved) > 4*time.Second {
			w.Screen.Move(t, image.Pt(5, 5))
			w.waitNoTip(t)
			w.Screen.Move(t, middle(box).Add(image.Pt(-1, 0)))
			w.Screen.Move(t, middle(box))
			moved = time.Now()
		}
		found, there := w.tip(t)
		if !there {
			return false, "no window of Explorer above the taskbar"
		}
		settled := found == tip
		tip, picture = found, crop(w.Screen.Shot(t), found)
		return settled && hasBlack(picture, picture.Bounds()), tip.String()
	})
	return picture
}

// HideTooltip takes the mouse off the icon.
func (w *Wine) HideTooltip(t testing.TB) {
	t.Helper()
	w.Screen.Move(t, image.Pt(5, 5))
	w.waitNoTip(t)
}

func (w *Wine) waitNoTip(t testing.TB) {
	t.Helper()
	Until(t, 10*time.Second, "no tooltip shows", func() (bool, string) {
		box, there := w.tip(t)
		return !there, box.String()
	})
}

// tip finds a window of Explorer, which draws tooltips, above the taskbar.
func (w *Wine) tip(t testing.TB) (image.Rectangle, bool) {
	t.Helper()
	for _, box := range w.Screen.Windows(t, "explorer.exe") {
		if box.Dx() > 30 && box.Dx() < 800 && box.Dy() > 10 && box.Min.Y < w.Screen.Shot(t).Bounds().Max.Y-taskbarHeight {
			return box, true
		}
	}
	return image.Rectangle{}, false
}

// OpenSubmenu clicks a row of the open menu and returns the rows of what opens.
func (w *Wine) OpenSubmenu(t testing.TB, program string, row WineRow) []WineRow {
	t.Helper()
	w.Screen.Click(t, middle(row.Box), 1)
	var menu WineMenu
	last := -1
	Until(t, 10*time.Second, "the submenu is drawn", func() (bool, string) {
		boxes := w.Screen.Windows(t, program)
		for _, box := range boxes {
			if row.Box.In(box) {
				continue
			}
			menu = readWineMenu(w.Screen.Shot(t), box)
			settled := len(menu.Groups) > 0 && menu.rows() == last
			last = menu.rows()
			return settled, fmt.Sprintf("%d rows in %v", last, box)
		}
		return false, fmt.Sprint(boxes)
	})
	return menu.Groups[0]
}

// DialogPicture saves a program's topmost window where pictures are asked for,
// without the frame that the window manager draws around it.
func (w *Wine) DialogPicture(t testing.TB, class, name string) {
	t.Helper()
	folder := os.Getenv("ALTV_TRAY_PICTURES")
	boxes := w.Screen.Windows(t, class)
	if folder == "" || len(boxes) == 0 {
		return
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, crop(w.Screen.Shot(t), boxes[0])); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(folder, name+".png"), picture.String())
}

// Picture saves the screen where pictures are asked for.
func (w *Wine) Picture(t testing.TB, name string) {
	t.Helper()
	if folder := os.Getenv("ALTV_TRAY_PICTURES"); folder != "" {
		w.Screen.Save(t, filepath.Join(folder, name+".png"))
	}
}
