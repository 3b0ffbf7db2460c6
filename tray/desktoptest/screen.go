//go:build linux

package desktoptest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	_ "image/png" // what convert hands over
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Screen is an X display without a monitor, with a window manager and a taskbar
// at the bottom that has a system tray and nothing that changes by itself.
type Screen struct {
	Display string

	vars []string
}

// Both as .ci/wine/tint2rc has them.
const taskbarHeight = 32

var barColor = color.RGBA{0x30, 0x30, 0x30, 0xff}

// trayCell is the width of the first icon, at the right end. A balloon has an icon of its
// own, to the left of it.
const trayCell = 34

// StartScreen starts it; it ends with the test. Where a test fails, the last
// picture is kept in ALTV_TRAY_PICTURES, if that names a folder.
func StartScreen(t testing.TB) *Screen {
	t.Helper()
	Need(t, "Xvfb", "openbox", "tint2", "xdotool", "xwd", "xwininfo", "convert")
	folder := shortDir(t)
	s := &Screen{vars: []string{"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "XDG_CONFIG_HOME=" + folder, "LANG=C.UTF-8"}}

	_, s.Display = startXvfb(t, s.vars)
	s.vars = append(s.vars, "DISPLAY="+s.Display)

	start(t, s.vars, "", "openbox")
	root, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	start(t, s.vars, "", "tint2", "-c", filepath.Join(root, ".ci", "wine", "tint2rc"))
	Until(t, 10*time.Second, "the taskbar is drawn", func() (bool, string) {
		corner := s.barCorner(t)
		return same(corner, barColor), fmt.Sprint(corner)
	})
	t.Cleanup(func() {
		if folder := os.Getenv("ALTV_TRAY_PICTURES"); folder != "" && t.Failed() {
			s.Save(t, filepath.Join(folder, strings.ReplaceAll(t.Name(), "/", "-")+".png"))
		}
	})
	return s
}

// startXvfb starts an X server with a random display number. Servers that pick a number
// themselves may pick the same one, if one of them begins while another ends. It does not reset
// itself when its last client has gone: others that come at that moment could not connect.
func startXvfb(t testing.TB, vars []string) (xvfb *Process, display string) {
	t.Helper()
	display = fmt.Sprintf(":%d", 1000+rand.IntN(10000))
	xvfb = start(t, vars, "", "Xvfb", display, "-displayfd", "1", "-screen", "0", "1024x600x24", "-noreset", "-nolisten", "tcp")
	Until(t, 10*time.Second, "the display is there", func() (bool, string) {
		return strings.HasSuffix(xvfb.Stdout(), "\n"), xvfb.Stderr()
	})
	return xvfb, display
}

// barCorner returns the colour at the taskbar's left end, where nothing else is.
func (s *Screen) barCorner(t testing.TB) color.Color {
	t.Helper()
	picture := s.Shot(t)
	return picture.At(5, picture.Bounds().Dy()-5)
}

// command runs a program on this display and returns what it printed.
func (s *Screen) command(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	out, err := s.try(name, args...)
	if err != nil {
		t.Fatalf("%s %q: %v", name, args, err)
	}
	return out
}

func (s *Screen) try(name string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = s.vars
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, problems.String())
	}
	return out, err
}

// Focus gives the keyboard to the window that xdotool finds by its class or name. The
// search fails if another window disappears meanwhile.
func (s *Screen) Focus(t testing.TB, by, what string) {
	t.Helper()
	Until(t, 15*time.Second, "the window "+what+" has the keyboard", func() (bool, string) {
		_, err := s.try("xdotool", "search", "--onlyvisible", by, what, "windowfocus", "--sync")
		return err == nil, fmt.Sprint(err)
	})
}

// Shot takes a picture of the whole screen.
func (s *Screen) Shot(t testing.TB) image.Image {
	t.Helper()
	picture, _, err := image.Decode(bytes.NewReader(s.png(t)))
	if err != nil {
		t.Fatalf("read the screen's picture: %v", err)
	}
	return picture
}

// Save writes a picture of the whole screen as PNG.
func (s *Screen) Save(t testing.TB, path string) {
	t.Helper()
	writeFile(t, path, string(s.png(t)))
}

func (s *Screen) png(t testing.TB) []byte {
	t.Helper()
	var picture []byte
	// xwd fails if a window disappears meanwhile.
	Until(t, 5*time.Second, "a picture of the screen", func() (bool, string) {
		cmd := exec.Command("sh", "-c", "xwd -root -silent | convert xwd:- png:-")
		cmd.Env = s.vars
		out, err := cmd.Output()
		picture = out
		return err == nil, fmt.Sprint(err)
	})
	return picture
}

// Click moves the mouse there and presses a button: 1 left, 3 right.
func (s *Screen) Click(t testing.TB, at image.Point, button int) {
	t.Helper()
	s.Move(t, at)
	s.command(t, "xdotool", "click", strconv.Itoa(button))
}

// Move moves the mouse.
func (s *Screen) Move(t testing.TB, at image.Point) {
	t.Helper()
	s.command(t, "xdotool", "mousemove", strconv.Itoa(at.X), strconv.Itoa(at.Y))
}

// window is a line of xwininfo's tree: id, name, class, size, place on the screen.
var windowLine = regexp.MustCompile(`(?m)^\s+(0x[0-9a-f]+) .*: \("([^"]*)" "[^"]*"\)\s+(\d+)x(\d+)\S*\s+\+(-?\d+)\+(-?\d+)$`)

// Windows returns the boxes of all windows of a program that can be seen, the
// topmost first.
func (s *Screen) Windows(t testing.TB, class string) []image.Rectangle {
	t.Helper()
	var boxes []image.Rectangle
	for _, m := range windowLine.FindAllStringSubmatch(string(s.tree(t)), -1) {
		if m[2] != class {
			continue
		}
		cmd := exec.Command("xwininfo", "-id", m[1])
		cmd.Env = s.vars
		if out, err := cmd.Output(); err != nil || !bytes.Contains(out, []byte("IsViewable")) {
			continue // gone meanwhile, or not shown
		}
		var n [4]int
		for i := range n {
			n[i], _ = strconv.Atoi(m[3+i])
		}
		boxes = append(boxes, image.Rect(n[2], n[3], n[2]+n[0], n[3]+n[1]))
	}
	return boxes
}

// tree lists all windows. xwininfo fails if one disappears meanwhile.
func (s *Screen) tree(t testing.TB) (out []byte) {
	t.Helper()
	Until(t, 5*time.Second, "xwininfo lists the windows", func() (bool, string) {
		cmd := exec.Command("xwininfo", "-root", "-tree")
		cmd.Env = s.vars
		var err error
		out, err = cmd.Output()
		return err == nil, fmt.Sprint(err)
	})
	return out
}

// TrayIcon returns the box of the tray's first icon, as drawn on the taskbar's
// plain background, and its picture; false where there is none.
func (s *Screen) TrayIcon(t testing.TB) (image.Rectangle, image.Image, bool) {
	t.Helper()
	picture := s.Shot(t)
	bounds := picture.Bounds()
	bar := image.Rect(bounds.Max.X-trayCell, bounds.Max.Y-taskbarHeight, bounds.Max.X, bounds.Max.Y)
	box := drawn(picture, bar, barColor)
	return box, crop(picture, box), !box.Empty()
}

// OtherIcons is what is drawn in the tray to the left of the first icon; empty
// where nothing is.
func (s *Screen) OtherIcons(t testing.TB) image.Rectangle {
	t.Helper()
	picture := s.Shot(t)
	end := picture.Bounds().Max
	return drawn(picture, image.Rect(end.X-5*trayCell, end.Y-taskbarHeight, end.X-trayCell, end.Y), barColor)
}

// drawn returns the smallest box in the region that holds all pixels of another
// colour.
func drawn(picture image.Image, region image.Rectangle, background color.Color) image.Rectangle {
	var box image.Rectangle
	for y := region.Min.Y; y < region.Max.Y; y++ {
		for x := region.Min.X; x < region.Max.X; x++ {
			if !same(picture.At(x, y), background) {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

func same(a, b color.Color) bool {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	return ar == br && ag == bg && ab == bb
}

// crop copies a part of a picture, to its own origin.
func crop(picture image.Image, box image.Rectangle) image.Image {
	part := image.NewRGBA(image.Rect(0, 0, box.Dx(), box.Dy()))
	for y := range box.Dy() {
		for x := range box.Dx() {
			part.Set(x, y, picture.At(box.Min.X+x, box.Min.Y+y))
		}
	}
	return part
}

// middle returns a box's middle.
func middle(box image.Rectangle) image.Point {
	return image.Pt((box.Min.X+box.Max.X)/2, (box.Min.Y+box.Max.Y)/2)
}
