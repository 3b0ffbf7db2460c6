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

	"altv-tray/tray/lang"
)

// The demo tells its story by notifications, a sentence for each chapter, and
// nothing else meanwhile. Afterwards the usual ones are on.
func TestDesktopDemo(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	d.Start(t, "alt:V: In game") // a real app beside it
	icon, _ := d.Panel.Registered()
	bus := StartBus(t)
	env := NewEnv(t, bus)
	panel, notes := StartPanel(t, bus), StartNotifications(t, bus)
	app := env.Start(t, "", d.Program, "demo")
	panel.WaitForIcon(t, app, 10*time.Second)

	text := lang.New("en")
	var want []string
	for _, chapter := range []string{"start", "joins", "restart", "loop", "crash", "mended", "click", "night", "stays"} {
		want = append(want, text.T("demo.title")+"\n"+text.T("demo."+chapter))
	}
	notes.Wait(t, 0, 90*time.Second, text.T("demo.stays"))
	var got []string
	for _, n := range notes.Shown() {
		got = append(got, n.Text())
	}
	if !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
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
