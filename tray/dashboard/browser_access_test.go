//go:build linux

package dashboard

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"altv-tray/monitor/history"
	"altv-tray/tray/desktoptest"
	"altv-tray/tray/doctor"
	"altv-tray/tray/lang"
	"altv-tray/tray/view"
)

// axeVersion is that of the checker, which is fetched for the test alone.
const axeVersion = "4.14.1"

// axe returns the checker's script.
func axe(t *testing.T) string {
	t.Helper()
	desktoptest.Need(t, "npm")
	dir := t.TempDir()
	fetch := exec.Command("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", dir, "axe-core@"+axeVersion)
	fetch.Dir = dir
	if out, err := fetch.CombinedOutput(); err != nil {
		t.Fatalf("npm: %v\n%s", err, out)
	}
	script, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// looks has the page shown in a width and in light or dark.
func (b *tab) looks(width int64, scheme string) {
	b.t.Helper()
	b.call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}})
		return err
	})
	b.do(chromedp.EmulateViewport(width, 900))
}

// sections has each section shown, with something in it, and hands its name to see.
func (b *tab) sections(see func(name string)) {
	b.t.Helper()
	for name, there := range map[string]string{"now": ".client img", "timeline": ".mark", "setup": ".check.failure", "settings": ".field", "log": ".lines li"} {
		value[any](b, fmt.Sprintf("(location.hash = %q, 1)", name))
		b.sees(fmt.Sprintf("document.querySelector(%q)?.checkVisibility()", there))
		see(name)
	}
}

// filled is a fixture with something in each section.
func filled(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	f.kept = restarts(40, 20*time.Minute)
	f.finds(doctor.Check{ID: "settings", Level: doctor.OK, Text: "The settings in " + f.Store.File() + " are in force."},
		doctor.Check{ID: "client_debug", Level: doctor.Failure, Text: "Debug mode is off in C:\\altv\\altv.toml, so alt:V opens no debug port when it starts.", Advice: "Set debug = true in it."},
		doctor.Check{ID: "client_running", Level: doctor.Warning, Text: "alt:V is not running.", Advice: "Start alt:V."},
		doctor.Check{ID: "server_config", Level: doctor.Warning, Text: "Profile “default” names no server folder.", Advice: "Set folder in the profile to the folder with server.toml."},
		doctor.Check{ID: "password", Level: doctor.Warning, Text: "There is a password in server.toml, but none is stored.", Advice: "Store it."})
	f.scenes.Update(func(sc *view.Scene) {
		sc.Facts.ClientDebugOff, sc.Facts.CanStartClient, sc.Facts.ServerHasPassword = true, true, true
		sc.Snap.Start = time.Now().Add(-10 * time.Minute) // the end of what is kept
		sc.Last = history.Entry{Kind: history.Reconnect, Joined: true, Duration: 4 * time.Second}
	})
	var text []byte
	for i := range 40 {
		level := []string{"INFO", "WARN", "ERROR"}[i%3]
		text = fmt.Appendf(text, "time=%s level=%s msg=client_state from=MAIN_MENU to=IN_GAME address=127.0.0.1:9223\n", time.Now().Format(time.RFC3339), level)
	}
	if err := os.WriteFile(f.Log, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestDesktopPageIsAccessible(t *testing.T) {
	f := filled(t)
	b := f.browse("now", 1200)
	b.reads("h1", "Now")
	script := axe(t)
	check := func(scheme string, width int64) {
		t.Helper()
		b.looks(width, scheme)
		b.sections(func(name string) {
			value[any](b, "(()=>{"+script+"})(), 1")
			for _, found := range value[[]string](b, `axe.run().then((all) => all.passes.length < 10 ? ["it looked at nothing"] : all.violations.map((one) => one.id + ": " + one.help + "\n" + one.nodes.map((node) => "  " + node.html + "\n  " + node.failureSummary).join("\n")))`) {
				t.Errorf("%s, %s, %d px: %s", name, scheme, width, found)
			}
		})
	}
	check("light", 1600)
	check("dark", 360)
}

// Every section speaks the language of the menu, and nothing is cut or wider than the
// window, which is what one sees of a page that does not fit. ALTV_TRAY_PICTURES names a folder to keep pictures in.
func TestDesktopPageFitsTheWindow(t *testing.T) {
	f := filled(t)
	b := f.browse("now", 1600)
	b.reads("h1", "Now")
	schemes := []string{"light"}
	if os.Getenv("ALTV_TRAY_PICTURES") != "" {
		schemes = append(schemes, "dark")
	}
	for _, tag := range lang.Tags {
		b.speaks(tag)
		for _, width := range []int64{1600, 900, 360} {
			for _, scheme := range schemes {
				b.looks(width, scheme)
				b.sections(func(name string) {
					b.reads("h1", lang.New(tag).T("dashboard.section."+name))
					// A text that is missing shows its key.
					b.sees(`!/\b(dashboard|menu|state|server|help|key|group|column|kind|span|level)\.(?!toml|log)[a-z]|\{\w+\}|undefined/.test(document.getElementById("main").innerText)`)
					if over := value[float64](b, `Math.max(document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll("nav a")].map((one) => one.getBoundingClientRect().right - innerWidth), ...[...document.querySelectorAll("button, .badge, label:not(.unseen)")].filter((one) => one.checkVisibility()).map((one) => one.scrollWidth - one.clientWidth - 1))`); over > 0 {
						t.Errorf("%s, %s, %d px: %v px too wide", tag, name, width, over)
					}
					b.keep(fmt.Sprintf("%s-%s-%s-%d.png", name, tag, scheme, width))
				})
			}
		}
	}
}

// keep takes a picture of the whole page, where pictures are wanted.
func (b *tab) keep(name string) {
	b.t.Helper()
	dir := os.Getenv("ALTV_TRAY_PICTURES")
	if dir == "" {
		return
	}
	b.call(func(ctx context.Context) error {
		picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		if err != nil {
			return err
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), picture, 0o600)
	})
}
