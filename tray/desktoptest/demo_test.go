//go:build linux

package desktoptest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"altv-tray/tray/lang"
)

// demoChapters are the keys of the demo's story.
var demoChapters = []string{"start", "joins", "restart", "loop", "password", "store", "pause", "paused", "resume", "stays"}

// Without a browser the demo tells its story by notifications, a sentence for each
// chapter. The usual ones are on afterwards.
func TestDesktopDemo(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	d.Start(t, "alt:V: In game") // a real app beside it
	icon, _ := d.Panel.Registered()
	bus := StartBus(t)
	env := NewEnv(t, bus)
	panel, notes := StartPanel(t, bus), StartNotifications(t, bus)
	app := env.Start(t, "", d.Program, "demo", "--no-browser")
	panel.WaitForIcon(t, app, 10*time.Second)

	text := lang.New("en")
	var want, got []string
	for _, chapter := range demoChapters {
		want = append(want, text.T("demo."+chapter))
	}
	notes.Wait(t, 0, 90*time.Second, text.T("demo.stays"))
	failures := 0
	for _, n := range notes.Shown() {
		switch n.Summary {
		case text.T("demo.title"):
			got = append(got, n.Body)
		case text.T("notice.failed_title"):
			failures++
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
	if failures != 1 {
		t.Errorf("a failure was shown %d times", failures)
	}
	if story := strings.Count(app.Stdout(), text.T("demo.loop")); story != 1 {
		t.Errorf("the terminal has the chapter %d times: %s", story, app.Stdout())
	}
	Until(t, 5*time.Second, "the usual notifications are on", func() (bool, string) {
		files, _ := filepath.Glob(filepath.Join(env.Runtime, "tmp", "altv-tray-demo-*", "settings.toml"))
		if len(files) != 1 {
			return false, fmt.Sprint(files)
		}
		data, err := os.ReadFile(files[0])
		return err == nil && strings.Count(string(data), "= true") == 3 && !strings.Contains(string(data), "= false"), string(data)
	})
	row, there := panel.Wait(t, 5*time.Second, "the menu is there", func(s Sight) bool { return s.Shows("Quit") }).Find("Quit")
	if !there {
		t.Fatal("no row to quit")
	}
	panel.Click(t, row)
	if code := app.Wait(t, 5*time.Second); code != 0 {
		t.Errorf("it ended with %d: %s", code, app.Stderr())
	}
	if now, there := d.Panel.Registered(); !there || now != icon {
		t.Error("the real app's icon did not stay")
	}
}

// With a browser the demo opens the dashboard, waits for it and tells its story
// there.
func TestDesktopDemoOnTheDashboard(t *testing.T) {
	t.Parallel()
	Need(t, "chromium")
	bus := StartBus(t)
	env := NewEnv(t, bus)
	panel, notes := StartPanel(t, bus), StartNotifications(t, bus)
	sent := env.Browser(t)
	page := StartBrowser(t)
	app := env.Start(t, "", Build(t), "demo")
	panel.WaitForIcon(t, app, 10*time.Second)
	page.Do(chromedp.Navigate(sent.Address(t)))
	text := lang.New("en")
	for _, chapter := range demoChapters {
		page.Reads(".story", text.T("demo."+chapter))
	}
	page.Reads(".client .big", "In game")
	for _, n := range notes.Shown() {
		if n.Summary == text.T("demo.title") {
			t.Errorf("notified of %q", n.Body)
		}
	}
	app.Signal(t, os.Interrupt)
	if code := app.Wait(t, 5*time.Second); code != 0 {
		t.Errorf("it ended with %d: %s", code, app.Stderr())
	}
}
