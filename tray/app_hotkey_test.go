package tray

import (
	"path/filepath"
	"strings"
	"testing"

	"altv-tray/monitor"
)

// The hotkey does the same as a click on Reconnect now. It is refused with no client,
// joins a reconnect that is under way, and never cancels one.
func TestHotkeyReconnects(t *testing.T) {
	t.Parallel()
	w, f := startReady(t, "none", manual)
	if err := w.Client.SetStatus("LOADING"); err != nil {
		t.Fatal(err)
	}
	f.panel.label(row("state"), "alt:V: Loading")
	for range 3 {
		if !f.reconnectByKey(t.Context()) {
			t.Error("it was refused")
		}
		if r := f.monitor.Snapshot().Reconnect; r.ID != 1 || r.Phase != monitor.Waiting || !r.ByHand {
			t.Errorf("%+v", r)
		}
	}
	if n := strings.Count(f.log.String(), "msg=action name=reconnect by=hotkey"); n != 3 {
		t.Errorf("%d lines in the log:\n%s", n, f.log)
	}
	if err := w.Client.SetStatus("MAIN_MENU"); err != nil {
		t.Fatal(err)
	}
	f.panel.label(row("state"), "alt:V: In game")
	if n := len(w.Client.Posts()); n != 1 {
		t.Errorf("%d requests", n)
	}
	w.Client.Quit()
	f.panel.label(row("state"), "alt:V: Not running")
	if f.reconnectByKey(t.Context()) {
		t.Error("it was taken with no client")
	}
	f.click(row("quit"))
	f.end()
	if f.reconnectByKey(t.Context()) {
		t.Error("it was taken after the end")
	}
}

// A missing password counts as refused.
func TestHotkeyIsRefusedWithoutAPassword(t *testing.T) {
	t.Parallel()
	w, f := startReady(t, "keyring", manual)
	f.write(filepath.Join(f.dir, "server.toml"), "password = \"x\"\n")
	f.write(f.Store.File(), settingsText(w, "keyring", manual)+"folder = '"+f.dir+"'\n")
	f.logged("msg=settings_changed")
	if f.reconnectByKey(t.Context()) {
		t.Error("it was taken")
	}
	if n := len(w.Client.Posts()); n != 0 {
		t.Errorf("%d requests", n)
	}
}
