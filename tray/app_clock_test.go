package tray

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"altv-tray/monitor/simulator"
)

// The wall clock is set, once while nothing goes on and once with a reconnect
// under way. Set back, nobody notices. Set forward it may have been a sleep:
// nothing is announced or sent for it, and client and server are read again.
func TestClockIsSet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		by    time.Duration
		slept bool
	}{
		{"back an hour", -time.Hour, false},
		{"forward a day", 24 * time.Hour, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, simulator.Options{})
			inMenu(t, w)
			var ahead, looks atomic.Int64
			f := newFixture(t, w, settingsText(w, "none", "[auto_reconnect]\non_launch = false\n"), func(o *Options) {
				o.Monitor.Wall = func() time.Time {
					looks.Add(1)
					return time.Now().Add(time.Duration(ahead.Load()))
				}
			})
			f.run()
			f.panel.label(row("state"), "alt:V: Main menu")
			f.panel.label(row("server"), "Server: ready")
			slept := func() int { return strings.Count(f.log.String(), "msg=computer_slept") }
			set := func() {
				t.Helper()
				before := slept()
				ahead.Add(int64(c.by))
				from := looks.Load() // one or two with each poll
				eventually(t, "a few polls", func() bool { return looks.Load() > from+4 && (!c.slept || slept() > before) })
			}

			told := f.told.Titles()
			set()
			f.panel.label(row("state"), "alt:V: Main menu")
			f.panel.label(row("server"), "Server: ready")
			if posts := w.Client.Posts(); len(posts) != 0 {
				t.Errorf("sent: %+v", posts)
			}
			if now := f.told.Titles(); !slices.Equal(now, told) {
				t.Errorf("told %q, before it was %q", now, told)
			}

			// With a click that waits for the client it is the same.
			if err := w.Client.SetStatus("LOADING"); err != nil {
				t.Fatal(err)
			}
			f.panel.label(row("state"), "alt:V: Loading")
			f.click(row("reconnect"))
			f.panel.label(row("reconnect"), "Cancel reconnect")
			set()
			if posts := w.Client.Posts(); len(posts) != 0 {
				t.Errorf("sent while the client was loading: %+v", posts)
			}
			if err := w.Client.SetStatus("MAIN_MENU"); err != nil {
				t.Fatal(err)
			}
			f.notice("Back in game")
			if posts := w.Client.Posts(); len(posts) != 1 || !posts[0].Status.Ready() {
				t.Errorf("sent: %+v", posts)
			}

			// And the server's next restart is noticed as ever.
			w.Server.Restart(300 * time.Millisecond)
			eventually(t, "back in game once more", func() bool { return w.Client.Joins() == 2 })
			if n := len(w.Client.Posts()); n < 2 {
				t.Errorf("%d requests", n)
			}
			if got := slept(); c.slept != (got == 2) || !c.slept && got != 0 {
				t.Errorf("%d sleeps are in the log", got)
			}
		})
	}
}
