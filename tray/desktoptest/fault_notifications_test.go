//go:build linux

package desktoptest

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// told makes things happen that bring notifications, and checks that the notifications
// do not delay them.
func told(t *testing.T, d *Desktop) {
	t.Helper()
	d.Port.Set("LOADING")
	d.WaitState(t, "alt:V: Loading", AnswerLimit)
	d.Port.Set("MAIN_MENU")
	d.WaitState(t, "alt:V: Main menu", AnswerLimit)
	d.Port.Script(Joins...)
	before := len(d.Port.Reconnects())
	at := d.Click(t, "Reconnect now")
	sent := d.Port.WaitReconnects(t, before+1, 5*time.Second)
	if took := sent[before].At.Sub(at); took > AnswerLimit {
		t.Errorf("the request left %v after the click", took)
	}
	d.joined(t, sent[before])
	d.Answers(t)
}

// Without a notification daemon the log has the notifications; a daemon that starts later
// shows those that follow.
func TestDesktopFaultNotificationsMissing(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	app := d.Start(t, "alt:V: Main menu")
	told(t, d)
	base := d.Baseline(t, app)
	d.Notes.Close(t)
	for n := 1; n <= 2; n++ {
		told(t, d)
		d.Until(t, app, 5*time.Second, "the log has what could not be told", func(said string) bool {
			return strings.Count(said, `msg=notification_failed title="Back in game"`) == n
		})
	}
	base.Check(t)
	d.Notes = StartNotifications(t, d.Bus)
	told(t, d)
	d.Notes.Wait(t, 0, 5*time.Second, "in game")
	if printed := app.Stderr(); printed != "" {
		t.Errorf("printed %q", printed)
	}
	base.Recovered(t, "alt:V: In game")
}

// A daemon hangs. After five seconds the log says so, and it gets no second notification
// before it has answered. When it answers again, it shows the newest four.
func TestDesktopFaultNotificationsHang(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	app := d.Start(t, "alt:V: Main menu")
	told(t, d)
	base := d.Baseline(t, app)
	d.Notes.Wait(t, 0, 5*time.Second, "in game")
	d.Notes.Hang(true)
	before := len(d.Notes.Shown())
	for range 6 {
		told(t, d)
	}
	d.Until(t, app, 10*time.Second, "the log says so", func(said string) bool {
		return strings.Contains(said, "msg=notification_hangs") && strings.Contains(said, "msg=notification_dropped")
	})
	if shown := d.Notes.Shown()[before:]; len(shown) != 1 {
		t.Errorf("a daemon that hangs was asked %d times: %+v", len(shown), shown)
	}
	base.Check(t)
	d.Notes.Hang(false)
	Until(t, 5*time.Second, "the newest are told", func() (bool, string) {
		return len(d.Notes.Shown())-before == 5, "not"
	})
	told(t, d)
	base.Recovered(t, "alt:V: In game")
}

// The program ends without waiting for the daemon.
func TestDesktopFaultNotificationsHangAtEnd(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Notes.Hang(true)
	app := d.Start(t, "alt:V: Main menu")
	told(t, d)
	app.Signal(t, syscall.SIGTERM)
	if code := app.Wait(t, AnswerLimit); code != 0 {
		t.Errorf("ended with %d: %s", code, app.Stderr())
	}
	d.CheckNoPanic(t, app)
	d.CheckNoPassword(t, app)
}

// The daemon crashes while it handles a notification: that one is lost, and the log says
// so; the next daemon shows the next one.
func TestDesktopFaultNotificationsCrash(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	app := d.Start(t, "alt:V: Main menu")
	told(t, d)
	base := d.Baseline(t, app)
	for n := 1; n <= 5; n++ {
		d.Notes.Hang(true)
		before := len(d.Notes.Shown())
		told(t, d)
		Until(t, 5*time.Second, "a notification is with the daemon", func() (bool, string) { return len(d.Notes.Shown()) > before, "none" })
		d.Notes.Close(t)
		d.Until(t, app, 5*time.Second, "the log has what could not be told", func(said string) bool {
			return strings.Count(said, "msg=notification_failed") >= n
		})
		d.Answers(t)
		d.Notes = StartNotifications(t, d.Bus)
		told(t, d)
		d.Notes.Wait(t, 0, 5*time.Second, "in game")
	}
	base.Recovered(t, "alt:V: In game")
}
