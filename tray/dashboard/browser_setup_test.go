//go:build linux

package dashboard

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/history"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/doctor"
	"altv-tray/tray/lang"
	"altv-tray/tray/view"
)

// finds sets what the checks find.
func (f *fixture) finds(all ...doctor.Check) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.checks = all
}

func TestDesktopPageSetsUp(t *testing.T) {
	f := newFixture(t)
	f.scenes.Update(func(sc *view.Scene) {
		sc.Facts.ClientDebugOff, sc.Facts.ServerHasPassword, sc.Last = true, true, history.Entry{}
	})
	fine := doctor.Check{ID: "settings", Level: doctor.OK, Text: "They are in force."}
	debug := doctor.Check{ID: "client_debug", Level: doctor.Failure, Text: "Debug mode is off.", Advice: "Switch it on."}
	folder := doctor.Check{ID: "server_config", Level: doctor.Warning, Text: "No folder.", Advice: "Choose one."}
	password := doctor.Check{ID: "password", Level: doctor.Failure, Text: "None is stored.", Advice: "Store it."}
	f.finds(fine, debug, folder, password)
	b := f.browse("", 1200)
	b.reads(".summary", "4 things left to do")
	b.reads(".check.ok", "They are in force.")
	b.sees(`[...document.querySelectorAll(".steps h3")].map((one) => one.textContent).join() === "alt:V's debug mode,Server folder,Server password,A first reconnect"`)

	// It asks before it touches a file of alt:V.
	b.click(".check button", "Switch debug mode on")
	b.click("dialog button", "Cancel")
	b.sees(`!document.querySelector("dialog")`)
	b.click(".check button", "Switch debug mode on")
	b.click("dialog button", "Switch debug mode on")
	b.done(action.SwitchDebugOn{})

	// Mended elsewhere: it is ticked without a click.
	debug.Level, debug.Text, debug.Advice = doctor.OK, "Debug mode is on.", ""
	serverDebug := doctor.Check{ID: "server_debug", Level: doctor.Failure, Text: "Debug mode is off in server.toml.", Advice: "Switch it on."}
	f.finds(fine, debug, folder, serverDebug, password)
	f.scenes.Update(func(sc *view.Scene) { sc.Facts.ClientDebugOff, sc.Facts.ServerDebugOff = false, true })
	b.reads(".steps .ok", "Debug mode is on.")
	b.click(".check button", "Switch debug mode on")
	b.click("dialog button", "Switch debug mode on")
	b.done(action.SwitchServerDebugOn{})
	f.finds(fine, debug, folder, password)
	b.click(".summary button", "Check again")
	b.reads(".summary", "3 things left to do")

	// The folder of a server that runs is one click; any other is chosen.
	f.scenes.Update(func(sc *view.Scene) { sc.Facts.FoundFolder = "/srv/altv" })
	b.click(".summary button", "Check again")
	b.click(".check button", "Use this folder")
	b.done(action.UseServerFolder{})
	f.scenes.Update(func(sc *view.Scene) { sc.Facts.FoundFolder = "" })
	b.click(".summary button", "Check again")

	dir := t.TempDir()
	f.folder = func(what string) (string, error) { return dir, nil }
	b.click(".check button", "Choose…")
	b.sees(`document.querySelector(".check input[type=text]").value === ` + quote(dir))
	desk := func() string { text, _ := os.ReadFile(f.Store.File()); return string(text) }
	for end := time.Now().Add(patience); !strings.Contains(desk(), dir); <-time.After(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the file has\n%s", desk())
		}
	}

	b.do(chromedp.SendKeys(chromedp.CSS(".check input[type=password]"), "s3cret ä"))
	b.click(".check .password button", "Save")
	b.done(action.StorePassword{Profile: "default", Password: "s3cret ä"})
	b.sees(`![...document.querySelectorAll("input")].some((one) => one.value.includes("s3cret"))`)
	b.click(".check .password button", "Take from server.toml")
	b.done(action.TakePassword{})

	// The profile says that there is none, and there is one.
	version, _ := f.Store.Version()
	if _, err := f.Store.Change(version, settings.Change{Set: "default", ProfileKey: "password", Value: "none"}); err != nil {
		t.Fatal(err)
	}
	f.scenes.Update(func(sc *view.Scene) {
		set := f.Store.Current()
		sc.Settings, sc.Facts.Elsewhere = &set, true
	})
	b.click(".check button", "Use the keyring")
	for end := time.Now().Add(patience); f.Store.Current().Active().Password != settings.PasswordKeyring; <-time.After(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the file has\n%s", desk())
		}
	}

	// The reconnect, while it happens.
	f.finds(fine)
	f.scenes.Update(func(sc *view.Scene) { sc.Snap.Reconnect = monitor.Reconnect{ID: 7, Phase: monitor.Joining} })
	b.reads(".steps .check", "alt:V is on its way into the game")
	b.sees(`document.querySelector(".steps li:last-child progress") && !document.querySelector(".steps li:last-child button")`)
	f.scenes.Update(func(sc *view.Scene) {
		sc.Snap.Reconnect = monitor.Reconnect{}
		sc.Last = history.Entry{Kind: history.Reconnect, Reason: monitor.JoinTimeout.String()}
	})
	b.reads(".steps .check", "Last reconnect failed: it took too long")
	b.click(".steps li:last-child button", "Reconnect now")
	b.done(action.Reconnect{})
	f.scenes.Update(func(sc *view.Scene) {
		sc.Last = history.Entry{Kind: history.Reconnect, Joined: true, Duration: 4 * time.Second}
	})
	b.reads(".summary", "All is well.")
	f.scenes.Update(func(sc *view.Scene) { sc.Text = lang.New("de") })
	b.reads(".summary", "Alles in Ordnung")
	b.reads(".check", "Eine erste Neuverbindung")
}

// What takes long shows that it goes on, piece by piece, and can be left.
func TestDesktopPageShowsProgress(t *testing.T) {
	f := newFixture(t)
	f.scenes.Update(func(sc *view.Scene) {
		sc.Facts.CanStartClient, sc.Snap.Client = true, debugport.Reading{Outcome: debugport.NotRunning}
	})
	go1, go2 := make(chan struct{}), make(chan struct{})
	f.Checks = func(ctx context.Context, seen func(int, doctor.Check)) []doctor.Check {
		all := []doctor.Check{
			{ID: "client_running", Level: doctor.Failure, Text: "alt:V is not running.", Advice: "Start alt:V."},
			{ID: "keyring", Level: doctor.OK, Text: "It can be read."},
		}
		for i, wait := range []chan struct{}{go1, go2} {
			select {
			case <-wait:
				seen(i, all[i])
			case <-ctx.Done():
				return nil
			}
		}
		return all
	}
	b := f.browse("setup", 1200)
	b.reads(".summary", "Checking…")
	b.sees(`document.querySelector(".summary progress").checkVisibility()`)
	close(go1)
	b.reads(".check", "alt:V is not running.")
	b.click("nav a", "Log")
	b.sees(`!document.querySelector(".summary").checkVisibility()`)
	close(go2)
	b.click("nav a", "Set up")
	b.reads(".check", "It can be read.")
	b.sees(`!document.querySelector(".summary progress").checkVisibility()`)

	b.click(".check button", "Start alt:V")
	b.done(action.StartClient{})
	b.reads(".check", "alt:V is starting…")
	b.sees(`document.querySelector(".check progress")`)
	b.click("nav a", "Now")
	b.reads(".reconnect", "alt:V is starting…")
	f.scenes.Update(func(sc *view.Scene) {
		sc.Snap.Client = debugport.Reading{Outcome: debugport.Known, Status: debugport.Loading}
	})
	b.sees(`!document.querySelector(".reconnect").innerText.includes("starting")`)
}

// has waits until the settings file has a part.
func (f *fixture) has(part string) {
	f.t.Helper()
	for end := time.Now().Add(patience); ; <-time.After(10 * time.Millisecond) {
		text, _ := os.ReadFile(f.Store.File())
		if strings.Contains(string(text), part) {
			return
		}
		if time.Now().After(end) {
			f.t.Fatalf("%q is not in\n%s", part, text)
		}
	}
}

func TestDesktopPageChangesSettings(t *testing.T) {
	f := newFixture(t)
	b := f.browse("settings", 1200)
	b.reads("label", "Countdown")
	set := func(label, value string) {
		t.Helper()
		b.sees(`(() => {
			const label = [...document.querySelectorAll("label")].find((one) => one.checkVisibility() && one.textContent === ` + quote(label) + `);
			if (!label) return false;
			label.control.focus();
			label.control.select?.();
			return true;
		})()`)
		b.do(chromedp.KeyEvent(value), chromedp.KeyEvent("\t"))
	}
	shows := func(label, value string) {
		t.Helper()
		b.sees(`[...document.querySelectorAll("label")].find((one) => one.textContent === ` + quote(label) + `)?.control.value === ` + quote(value))
	}
	has := f.has
	set("Countdown", "\"3s\"") // as in the file
	has(`delay = "3s"`)
	b.reads(".saved", "Saved")
	set("Countdown", "soon")
	b.reads(".wrong", "must be a duration such as 500ms, 10s or 3m.")
	set("Attempts", "0")
	b.reads(".field.int .wrong", "must be 1 to 100, is 0.")
	b.sees(`document.querySelector(".field.int input").ariaInvalid === "true"`)
	set("Attempts", "7")
	has("attempts = 7")
	b.sees(`document.querySelector(".field.int .wrong").textContent === ""`)
	b.click("label", "When alt:V starts")
	has("on_launch = false")

	// An editor.
	if err := f.Store.Set("auto_reconnect.join_timeout", "1m30s"); err != nil {
		t.Fatal(err)
	}
	shows("Longest join", "1m30s")

	// Another tab changes what is just being typed here: it is said what would be
	// overwritten.
	other := b.tab()
	other.open("settings")
	other.reads("label", "Countdown")
	focus := `(() => { const input = [...document.querySelectorAll("label")].find((one) => one.textContent === "Countdown").control; input.focus(); input.select(); return 1; })()`
	value[int](b, focus)
	b.do(chromedp.KeyEvent("8s"))
	value[int](other, focus)
	other.do(chromedp.KeyEvent("4s\t"))
	has(`delay = "4s"`)
	b.reads(".wrong", "“4s” is stored now")
	shows("Countdown", "8s")
	if err := f.Store.Set("auto_reconnect.delay", "3s"); err != nil {
		t.Fatal(err)
	}
	b.reads(".wrong", "“3s” is stored now")
	value[int](b, focus)
	b.do(chromedp.KeyEvent("3s\t"))
	b.sees(`document.querySelector(".field.duration .wrong").textContent === ""`)

	// Another page changes the file; the change that comes after it is told so.
	b.allow("409")
	value[any](b, `(async () => (await import("/config.js")).file.version--)()`)
	set("Countdown", "9s")
	b.reads("#notices", "“9s” was not saved")
	shows("Countdown", "3s")
	b.click("#notices button", "×")
	b.sees(`!document.querySelector("#notices .failed")`)

	set("New profile", "live")
	b.click("button", "Add")
	has(`name = "live"`)
	b.reads(".card h2", "live")
	b.click("button", "Use this one")
	b.done(action.UseProfile{Name: "live"})
	b.sees(`(() => { const input = [...document.querySelectorAll("input")].find((one) => one.value === "live" && one.checkVisibility()); input?.focus(); input?.select(); return input; })()`)
	b.do(chromedp.KeyEvent("test\r"))
	has(`name = "test"`)
	b.reads(".card h2", "test")
	b.click("button", "Remove")
	b.click("dialog button", "Remove")
	b.sees(`![...document.querySelectorAll(".card h2")].some((one) => one.textContent === "test")`)

	if err := os.WriteFile(f.Store.File(), []byte("x = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Reload())
	b.reads("label", "Attempts")
	f.scenes.Update(func(sc *view.Scene) { sc.SettingsBroken = true })
	b.reads("#lasting", "settings.toml:1: x")
	f.scenes.Update(func(sc *view.Scene) { sc.Text = lang.New("de") })
	b.reads("label", "Versuche")
}

func TestDesktopPageFollowsTheLog(t *testing.T) {
	f := newFixture(t)
	log, err := os.Create(f.Log)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	write := func(level, text string) {
		t.Helper()
		if _, err := log.WriteString("time=2026-01-02T03:04:05.000Z level=" + level + " msg=" + text + "\n"); err != nil {
			t.Fatal(err)
		}
	}
	write("INFO", "begun")
	write("WARN", `strange word="<img src=x>"`)
	b := f.browse("log", 1200)
	b.reads(".lines .info", "begun")
	b.reads(".lines .warn", `strange word="<img src=x>"`)
	for range 100 {
		write("INFO", "more")
	}
	write("ERROR", "broken")
	b.reads(".lines .error", "broken")
	b.sees(`(() => { const list = document.querySelector(".lines"); return list.scrollHeight - list.scrollTop - list.clientHeight < 24; })()`)
	b.do(chromedp.SetValue(chromedp.CSS("#level"), "warn"))
	value[any](b, `(document.getElementById("level").dispatchEvent(new Event("change")), 1)`)
	b.sees(`document.querySelectorAll(".lines li").length === 2`)
	write("INFO", "not shown")
	write("ERROR", "shown")
	b.reads(".lines .error", "shown")
	b.sees(`document.querySelectorAll(".lines li").length === 3`)
	f.scenes.Update(func(sc *view.Scene) { sc.Text = lang.New("de") })
	b.reads(".lines .level", "Fehler")
}
