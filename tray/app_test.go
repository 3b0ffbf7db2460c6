package tray

import (
	"errors"
	"os"
	"strings"
	"testing"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/monitor/simulator"
	"altv-tray/tray/action"
	"altv-tray/tray/panel"
	"altv-tray/tray/view"
)

func TestEachClickMakesOneReconnect(t *testing.T) {
	t.Parallel()
	w, f := startReady(t, "none", manual)
	for n := 1; n <= 2; n++ {
		f.panel.label(row("reconnect"), "Reconnect now")
		f.click(row("reconnect"))
		eventually(t, "joined", func() bool { return w.Client.Joins() == n && f.monitor.Snapshot().Reconnect.Phase == monitor.NoJob })
		f.panel.label(row("state"), "alt:V: In game")
		posts := w.Client.Posts()
		if len(posts) != n || !posts[n-1].Status.Ready() || !posts[n-1].Empty {
			t.Fatalf("after %d clicks the client was sent %+v", n, posts)
		}
	}
	f.notice("Back in game")
}

func TestSeveralClicksWhileItWaitsMakeOne(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	if err := w.Client.SetStatus("LOADING"); err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, w, settingsText(w, "none", manual)).run()
	f.panel.label(row("state"), "alt:V: Loading")
	// All of them on the menu as it was shown before the first.
	for range 5 {
		f.doer.Do(action.Reconnect{}, "test")
	}
	f.panel.label(row("reconnect"), "Cancel reconnect")
	if err := w.Client.SetStatus("MAIN_MENU"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "joined", func() bool { return w.Client.Joins() == 1 })
	f.panel.label(row("reconnect"), "Reconnect now")
	if n := len(w.Client.Posts()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestCancelByClick(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	if err := w.Client.SetStatus("ERROR"); err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, w, settingsText(w, "none", manual)).run()
	f.panel.label(row("state"), "alt:V: Error")
	f.click(row("reconnect"))
	f.panel.label(row("reconnect"), "Cancel reconnect")
	f.click(row("reconnect"))
	f.panel.label(row("reconnect"), "Reconnect now")
	f.logged("msg=reconnect_cancelled reconnect=1 reason=cancelled")
	if err := w.Client.SetStatus("MAIN_MENU"); err != nil {
		t.Fatal(err)
	}
	f.panel.label(row("state"), "alt:V: Main menu")
	if n := len(w.Client.Posts()); n != 0 {
		t.Errorf("%d requests after it was called off", n)
	}
}

// A click on a row as it was shown cannot call off another reconnect than that.
func TestCancelOfOneThatHasEnded(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	if err := w.Client.SetStatus("LOADING"); err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, w, settingsText(w, "none", manual)).run()
	f.panel.label(row("state"), "alt:V: Loading")
	f.click(row("reconnect"))
	f.panel.label(row("reconnect"), "Cancel reconnect")
	old := f.monitor.Snapshot()
	f.monitor.Apply(monitor.Cancel(old.Reconnect.ID))
	f.panel.label(row("reconnect"), "Reconnect now")
	f.click(row("reconnect"))
	f.panel.label(row("reconnect"), "Cancel reconnect")
	f.doer.Do(action.Cancel{Job: old.Reconnect.ID}, "test")
	if now := f.monitor.Snapshot().Reconnect; now.Phase != monitor.Waiting || now.ID == old.Reconnect.ID {
		t.Errorf("%+v", now)
	}
}

// A click that was on its way when the row was disabled is answered.
func TestReconnectWithoutAClientIsRefused(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	w.Client.Quit()
	f := newFixture(t, w, settingsText(w, "none", manual)).run()
	f.panel.label(row("state"), "alt:V: Not running")
	f.click(row("reconnect"))
	if body := f.notice("Not reconnected"); !strings.Contains(body, "not running") {
		t.Error(body)
	}
}

func TestServerRestartBringsTheClientBack(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", "")).run()
	f.panel.label(row("server"), "Server: ready")
	f.panel.label(row("state"), "alt:V: Main menu")
	w.Server.Restart(0)
	f.panel.label(row("state"), "alt:V: In game")
	f.notice("Back in game")
	if n := len(w.Client.Posts()); n != 1 {
		t.Errorf("%d requests for one restart", n)
	}
}

func TestPauseByClick(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", "")).run()
	f.panel.label(row("server"), "Server: ready")
	for id, label := range map[view.RowID]string{
		row("pause_15"): "Paused (15 min left)", row("pause_60"): "Paused (1 h left)", row("pause_forever"): "Paused",
	} {
		f.click(id)
		f.panel.until(label, func(v view.View) bool {
			return v.Rows[row("pause")].Label == "" && bare(v.Rows[row("resume")]) == view.Row{Label: "Resume", Enabled: true} &&
				strings.HasSuffix(v.Tooltip, "\n"+label)
		})
		f.click(row("resume"))
		f.panel.until("resumed", func(v view.View) bool {
			return v.Rows[row("resume")].Label == "" && v.Rows[row("pause")].Enabled
		})
	}
	f.click(row("pause_forever"))
	f.panel.until("paused", func(v view.View) bool { return v.Rows[row("resume")].Enabled })
	w.Server.Restart(0)
	f.logged("state=down")
	eventually(t, "the server is ready again", func() bool {
		return w.Server.Ready() && f.monitor.Snapshot().Server == monitor.ServerReady
	})
	if s := f.monitor.Snapshot(); s.Reconnect.Phase != monitor.NoJob || len(w.Client.Posts()) != 0 {
		t.Errorf("paused, and yet %+v", s.Reconnect)
	}
}

func TestOpenAndAbout(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual), func(o *Options) { o.Home = "https://altv-tray.example" }).run()
	f.click(row("logs"))
	if got := <-f.opened; got != f.Paths.StateDir {
		t.Errorf("opened %s", got)
	}
	f.click(row("settings"))
	if got := <-f.opened; got != f.Store.File() {
		t.Errorf("opened %s", got)
	}
	f.click(row("about"))
	if got := <-f.opened; got != f.Home {
		t.Errorf("opened %s", got)
	}
	for _, id := range []view.RowID{row("state"), row("server"), row("pause"), row("password")} {
		f.click(id) // some panels report those too
	}
	got := f.dialogs.questions()
	if len(got) != 1 || !strings.HasPrefix(got[0], "About altv-tray 1.0.0\n") || !strings.Contains(got[0], "MIT License") || !strings.Contains(got[0], "\n"+f.Home+"/issues\n") {
		t.Errorf("dialogs %q", got)
	}
	if got := f.told.Titles(); len(got) != 0 {
		t.Errorf("told %v", got)
	}
}

func TestWhatCannotBeOpenedIsTold(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual))
	f.doer.Open = func(string) error { return errors.New("no program for it") }
	f.run().click(row("logs"))
	if body := f.notice("Opening failed"); body != f.Paths.StateDir+": the system says: no program for it." {
		t.Error(body)
	}
	// The settings' place is taken by a folder.
	file := f.Store.File()
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(file, 0o700); err != nil {
		t.Fatal(err)
	}
	f.click(row("settings"))
	if body := f.notice("The settings cannot be opened"); !strings.Contains(body, "folder") {
		t.Error(body)
	}
}

func TestOpenSettingsMakesTheFile(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual)).run()
	if err := os.Remove(f.Store.File()); err != nil {
		t.Fatal(err)
	}
	f.click(row("settings"))
	if text, err := os.ReadFile(<-f.opened); err != nil || !strings.Contains(string(text), "[auto_reconnect]") {
		t.Errorf("%v: %s", err, text)
	}
}

func TestCommandsReachTheApp(t *testing.T) {
	t.Parallel()
	w, f := startReady(t, "none", manual)
	c, err := control.Find(f.Paths.StateDir)
	if err != nil {
		t.Fatal(err)
	}
	var v control.ReconnectResult
	err = c.Ask(t.Context(), control.Reconnect, control.Request{Wait: true, Timeout: patience}, &v)
	if err != nil || !v.OK {
		t.Fatalf("%+v, %v", v, err)
	}
	var r control.Report
	err = c.Ask(t.Context(), control.Snapshot, control.Request{}, &r)
	if err != nil || r.Status != "IN_GAME" || !r.Tray || r.Version != "1.0.0" || r.Client.Address != w.Client.Addr() || r.Last == nil || !r.Last.Joined {
		t.Errorf("%+v, %v", r, err)
	}
}

// Without a place for its port's file the rest goes on.
func TestAppWithoutAStateFolder(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", manual))
	if err := os.Remove(f.Paths.StateDir); err != nil {
		t.Fatal(err)
	}
	f.write(f.Paths.StateDir, "a file in its place")
	f.run().panel.label(row("state"), "alt:V: Main menu")
	f.logged("msg=commands_not_served")
	if !strings.Contains(f.said.String(), "will not reach this app") {
		t.Errorf("said %q", f.said)
	}
	f.click(row("quit"))
	f.end()
}

// The bus is there and answers nothing, so no icon is seen: that is said.
func TestMissingHostIsSaidOnce(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual)).run()
	if panel.HasTray() {
		t.Skip("this system's panel needs no bus")
	}
	f.logged("msg=no_tray")
	f.logged("msg=panel_ready")
	f.click(row("quit"))
	f.end()
	if n := strings.Count(f.said.String(), "no system tray was found"); n != 1 {
		t.Errorf("said %d times: %s", n, f.said)
	}
}
