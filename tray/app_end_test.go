package tray

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
)

// These tests are not parallel: they look at the goroutines of all.

func TestQuitLeavesNothingBehind(t *testing.T) {
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	for name, set := range map[string]func(f *fixture){
		"idle":    func(*fixture) {},
		"waiting": func(f *fixture) { _ = w.Client.SetStatus("LOADING"); f.click(row("reconnect")) },
		"joining": func(f *fixture) {
			_ = w.Client.SetStatus("MAIN_MENU")
			n := len(w.Client.Posts())
			f.click(row("reconnect"))
			eventually(t, "a request", func() bool { return len(w.Client.Posts()) == n+1 })
		},
		"a dialog open": func(f *fixture) {
			open := make(chan struct{})
			f.dialogs.password = func(ctx context.Context, _ string) (string, error) {
				close(open)
				<-ctx.Done()
				return "", ctx.Err()
			}
			f.click(row("password_set"))
			<-open
		},
		"nothing listens": func(*fixture) { w.Client.Quit() },
	} {
		t.Run(name, func(t *testing.T) {
			if err := w.Client.Start(); err != nil {
				t.Fatal(err)
			}
			inMenu(t, w)
			before := goleak.IgnoreCurrent()
			f := newFixture(t, w, settingsText(w, "none", manual)).run()
			f.panel.label(row("state"), "alt:V: ")
			if _, err := control.Find(f.Paths.StateDir); err != nil {
				t.Fatal(err)
			}
			set(f)
			f.click(row("quit"))
			f.end()
			if _, err := os.Stat(filepath.Join(f.Paths.StateDir, control.FileName)); !os.IsNotExist(err) {
				t.Errorf("%s is left: %v", control.FileName, err)
			}
			if !strings.HasSuffix(strings.TrimSpace(f.log.String()), "msg=stopped") {
				t.Errorf("the log does not end with its end:\n%s", f.log)
			}
			w.Client.Quit() // its side of the connections
			w.Server.Down()
			w.Server.Up()
			goleak.VerifyNone(t, before, goleak.IgnoreAnyFunction("altv-tray/monitor/simulator.(*Server).task.func2"),
				goleak.IgnoreAnyFunction("altv-tray/monitor/simulator.(*port).Start.func2"))
		})
	}
}

func TestEndFromOutside(t *testing.T) {
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual)).run()
	f.panel.label(row("state"), "alt:V: ")
	f.stop()
	f.end()
	select {
	case <-f.panel.quit:
	default:
		t.Error("the panel was not ended")
	}
}

// The system may never say which program listens on the server's port.
func TestEndWithoutAnAnswerOfTheSystem(t *testing.T) {
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	asked, answer := make(chan struct{}, 8), make(chan struct{})
	defer close(answer)
	f := newFixture(t, w, settingsText(w, "keyring", manual), func(o *Options) {
		o.System.FindServerFolder = func(context.Context, string) string { asked <- struct{}{}; <-answer; return "" }
	}).run()
	f.panel.label(row("state"), "alt:V: ")
	f.click(row("reconnect"))
	<-asked
	f.click(row("quit"))
	f.end()
	if got := strings.TrimSpace(f.log.String()); !strings.Contains(got, "msg=end_not_awaited") || !strings.HasSuffix(got, "msg=stopped") {
		t.Errorf("the log does not tell of the end:\n%s", got)
	}
	if _, err := os.Stat(filepath.Join(f.Paths.StateDir, control.FileName)); !os.IsNotExist(err) {
		t.Errorf("%s is left: %v", control.FileName, err)
	}
}

// Windows ends the process as soon as the tray's window has heard that the
// session ends: all must be done by then.
func TestSessionEnds(t *testing.T) {
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual)).run()
	f.panel.label(row("state"), "alt:V: ")
	f.endSession()
	if _, err := os.Stat(filepath.Join(f.Paths.StateDir, control.FileName)); !os.IsNotExist(err) {
		t.Errorf("%s is left: %v", control.FileName, err)
	}
	if got := strings.TrimSpace(f.log.String()); !strings.Contains(got, "msg=session_ends") || !strings.HasSuffix(got, "msg=stopped") {
		t.Errorf("the log does not tell of the end:\n%s", got)
	}
	f.end()
}

// TestNoFileHasThePassword lives through all that a password goes through and
// looks for it everywhere afterwards.
func TestNoFileHasThePassword(t *testing.T) {
	const canary = "canary-4711"
	w := startWorld(t, simulator.Options{Password: canary})
	inMenu(t, w)
	var fallback bytes.Buffer
	closeLog := func() {}
	f := newFixture(t, w, settingsText(w, "keyring", manual), func(o *Options) {
		var err error
		if o.Log, closeLog, err = OpenLog(o.Paths.StateDir, &fallback); err != nil {
			t.Fatal(err)
		}
	})
	f.run().panel.label(row("state"), "alt:V: Main menu")
	// The right one, a wrong one, one too long, and one that the keyring refuses.
	f.answers(canary, nil)
	f.click(row("password_set"))
	f.notice("Password stored")
	f.click(row("reconnect"))
	eventually(t, "joined", func() bool { return f.monitor.Snapshot().Last.Kind == monitor.Joined })
	c, err := control.Find(f.Paths.StateDir)
	if err != nil {
		t.Fatal(err)
	}
	var report control.Report
	if err := c.Ask(t.Context(), control.Snapshot, control.Request{}, &report); err != nil {
		t.Fatal(err)
	}
	if err := f.keys.Set(t.Context(), "default", canary+" wrong"); err != nil {
		t.Fatal(err)
	}
	f.click(row("reconnect"))
	f.notice("Not reconnected")
	f.answers(strings.Repeat(canary, 1000), nil)
	f.click(row("password_set"))
	f.notice("The password was not stored")
	f.keys.fail(settings.ErrLocked)
	f.answers(canary, nil)
	questions := len(f.dialogs.questions())
	f.click(row("password_set"))
	eventually(t, "another question", func() bool { return len(f.dialogs.questions()) > questions })
	f.click(row("quit"))
	f.end()
	closeLog()

	if n := len(w.Client.Posts()); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
	look := func(where, text string) {
		if strings.Contains(text, canary) {
			t.Errorf("the password is in %s:\n%s", where, text)
		}
	}
	files := 0
	err = filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files++
			look(path, read(t, path))
		}
		return err
	})
	if err != nil || files < 2 {
		t.Errorf("%d files were looked into, %v", files, err)
	}
	look("what was said", f.said.String())
	look("the fallback of the log", fallback.String())
	look("the report", report.Last.Reason+report.Client.Detail+report.Server.Why)
	for _, n := range f.told.All() {
		look("a notice", n.Title+n.Body)
	}
	if got := read(t, filepath.Join(f.Paths.StateDir, LogName)); !strings.Contains(got, "msg=password_stored") || !strings.Contains(got, "msg=reconnect_joined") {
		t.Errorf("the log tells nothing:\n%s", got)
	}
}
