//go:build linux

package dashboard

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/hotkey"
	"altv-tray/tray/view"
)

// The hotkey can be set by pressing it, and by the button that proposes one. The page
// shows whether it works.
func TestDesktopPageTakesAHotkey(t *testing.T) {
	f := newFixture(t)
	b := f.browse("settings", 1200)
	is := func(value string) {
		t.Helper()
		b.sees(`document.querySelector(".field.hotkey input")?.value === ` + quote(value))
	}
	// has waits until the file has the key, and until the page knows that: it drops a
	// change to what it takes for the value of now.
	has := func(key string) {
		t.Helper()
		f.has("reconnect = " + quote(key))
		for end := time.Now().Add(patience); value[string](b, `(async () => (await import("/config.js")).file.keys.find((one) => one.key === "hotkey.reconnect").value)()`) != key; {
			if time.Now().After(end) {
				t.Fatalf("the page does not know that the key is %q", key)
			}
		}
	}
	press := func(key string, mods ...chromedp.Modifier) {
		t.Helper()
		b.click(".field.hotkey button", "Press a key…")
		b.reads(".field.hotkey button[aria-pressed=true]", "Press it now")
		b.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(mods...)))
		b.reads(".field.hotkey button[aria-pressed=false]", "Press a key…")
	}
	const ctrl, alt, shift, meta = chromedp.ModifierCtrl, chromedp.ModifierAlt, chromedp.ModifierShift, chromedp.ModifierMeta

	b.click(".field.hotkey button", "Use Ctrl+Shift+F9")
	has("Ctrl+Shift+F9")
	press("r", ctrl)
	has("Ctrl+R")
	is("Ctrl+R")
	press(kb.PageUp, ctrl, alt)
	has("Ctrl+Alt+PageUp")
	press(kb.ArrowLeft, alt)
	has("Alt+Left")

	for _, refused := range []struct {
		key  string
		mods []chromedp.Modifier
		why  string
	}{
		{"r", []chromedp.Modifier{ctrl, alt}, "AltGr"},
		{kb.F9, nil, "add Ctrl or Alt"},
		{kb.F9, []chromedp.Modifier{shift}, "with Shift alone"},
		{kb.F9, []chromedp.Modifier{meta}, "the Windows key"},
		{kb.F12, []chromedp.Modifier{ctrl}, "debuggers"},
		{"+", []chromedp.Modifier{ctrl}, "the keys are A to Z"},
	} {
		press(refused.key, refused.mods...)
		b.reads(".field.hotkey .wrong", refused.why)
	}
	has("Alt+Left")
	press(kb.Escape)
	has("")
	is("")
	press("5", ctrl, shift)
	has("Ctrl+Shift+5")
	press(kb.Backspace)
	has("")

	// With the keyboard alone. Tab moves on and changes nothing.
	value[any](b, `(document.querySelector(".field.hotkey button").focus(), 1)`)
	b.do(chromedp.KeyEvent("\r"))
	b.reads(".field.hotkey button[aria-pressed=true]", "Press it now")
	b.do(chromedp.KeyEvent("\t"))
	b.sees(`document.activeElement.textContent === "Use Ctrl+Shift+F9"`)
	b.reads(".field.hotkey button[aria-pressed=false]", "Press a key…")
	b.do(chromedp.KeyEvent("\r"))
	has("Ctrl+Shift+F9")

	// Whether it works.
	key := settings.Combination{Mods: settings.Ctrl | settings.Shift, Key: "F9"}
	f.scenes.Update(func(sc *view.Scene) {
		sc.Hotkey = hotkey.State{Key: key, Stage: hotkey.Unavailable, Why: problem.HotkeyTaken}
	})
	b.reads(".field.hotkey .wrong", "Another program uses Ctrl+Shift+F9.")
	f.scenes.Update(func(sc *view.Scene) {
		sc.Hotkey = hotkey.State{Key: key, Stage: hotkey.Registered, Backend: hotkey.Windows}
	})
	b.reads(".field.hotkey .quiet", "The hotkey Ctrl+Shift+F9 reconnects")
}
