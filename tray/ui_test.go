package tray

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/simulator"
	"altv-tray/tray/view"
)

// toldServer is a watch of a server that the test plays.
type toldServer struct{ tell func(monitor.ServerFact) }

func (*toldServer) Run(ctx context.Context) { <-ctx.Done() }
func (*toldServer) Urgent(bool)             {}
func (*toldServer) Signal()                 {}
func (*toldServer) Recheck()                {}

// inBubble runs in virtual time: a monitor with a client in memory that stays in the main
// menu, the panel, the log and the notifications.
func inBubble(t *testing.T, more string, do func(f *fixture, server *toldServer)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var network simulator.Network
		w := simulator.New(simulator.Options{Listen: network.Listen})
		if err := w.Start("127.0.0.1:9223", "127.0.0.1:7788"); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = w.Close() }()
		if err := w.Client.SetStatus("MAIN_MENU"); err != nil {
			t.Fatal(err)
		}
		var server toldServer
		f := newFixture(t, w, settingsText(w, "none", more), func(o *Options) {
			o.Monitor = monitor.Options{Dial: network.Dial}
			o.System.NewWatcher = func(_ gameserver.Config, tell func(monitor.ServerFact)) monitor.Watcher {
				server.tell = tell
				return &server
			}
		})
		end := f.runParts()
		<-time.After(100 * time.Millisecond)
		synctest.Wait()
		do(f, &server)
		end()
	})
}

// restart reports the server down and up at the same moment.
func (s *toldServer) restart() {
	s.tell(monitor.ServerFact{State: monitor.ServerDown})
	s.tell(monitor.ServerFact{State: monitor.ServerStarting})
	synctest.Wait()
}

func TestCountdownIsShownSecondBySecond(t *testing.T) {
	inBubble(t, "[auto_reconnect]\ndelay = \"3s\"\n", func(f *fixture, server *toldServer) {
		var told []string
		begun := time.Now()
		f.panel.mu.Lock()
		last := f.panel.shown.Rows[row("reconnect")].Label
		f.panel.saw = func(v view.View) {
			now := v.Rows[row("reconnect")].Label
			// On its way into the countdown and out of it, it is in others for no time.
			if changed := now != last; changed && !strings.HasSuffix(now, "(0 s)") && now != "Cancel reconnect" {
				told = append(told, fmt.Sprintf("%v %s", time.Since(begun).Truncate(100*time.Millisecond), now))
			}
			last = now
		}
		f.panel.mu.Unlock()
		server.restart()
		<-time.After(10 * time.Second)
		synctest.Wait()
		want := []string{"0s Cancel reconnect (3 s)", "1s Cancel reconnect (2 s)", "2s Cancel reconnect (1 s)", "3s Reconnect now"}
		if !slices.Equal(told, want) {
			t.Errorf("%q, want %q", told, want)
		}
		posts := f.world.Client.Posts()
		if len(posts) != 1 || posts[0].At.Sub(begun).Truncate(100*time.Millisecond) != 3*time.Second {
			t.Errorf("%+v", posts)
		}
	})
}

// An hour in which nothing happens: no line in the log, and one change of the panel a
// minute.
func TestQuietHour(t *testing.T) {
	inBubble(t, "", func(f *fixture, server *toldServer) {
		server.restart()
		<-time.After(30 * time.Second) // the join
		synctest.Wait()
		if got := f.panel.view(); !strings.HasPrefix(got.Rows[row("state")].Label, "alt:V: In game") || got.Icon != assets.InGame {
			t.Fatalf("%+v", got)
		}
		lines, shows := f.log.String(), f.panel.times()
		<-time.After(time.Hour)
		synctest.Wait()
		if now := f.log.String(); now != lines {
			t.Errorf("logged: %s", strings.TrimPrefix(now, lines))
		}
		if n := f.panel.times() - shows; n != 60 {
			t.Errorf("the panel was told %d times, want 60", n)
		}
		if got := f.panel.view().Rows[row("state")].Label; got != "alt:V: In game · 1 h" {
			t.Errorf("%q", got)
		}
	})
}

// Each change makes one line.
func TestLogOfAReconnect(t *testing.T) {
	inBubble(t, "", func(f *fixture, server *toldServer) {
		server.restart()
		<-time.After(30 * time.Second)
		synctest.Wait()
		var got []string
		for line := range strings.Lines(f.log.String()) {
			_, line, _ = strings.Cut(line, "msg=")
			if !strings.HasPrefix(line, "notified") {
				got = append(got, strings.TrimSpace(line))
			}
		}
		want := []string{
			`client_changed to=MAIN_MENU`,
			`server_changed state=down`,
			`server_changed state=starting`,
			`server_changed state=ready`,
			`reconnect_triggered reconnect=1 cause=server_restart client=MAIN_MENU`,
			`reconnect_sending reconnect=1 attempt=1 of=5 client=MAIN_MENU server=ready`,
			`reconnect_answered reconnect=1 answer=accepted code=200`,
			`client_changed from=MAIN_MENU to=CONNECTING`,
			`client_changed from=CONNECTING to=DOWNLOADING_FILES`,
			`client_changed from=DOWNLOADING_FILES to=IN_GAME`,
		}
		if len(got) < len(want) || !slices.Equal(got[:len(want)], want) || !strings.HasPrefix(got[len(want)], "reconnect_joined reconnect=1") || len(got) != len(want)+1 {
			t.Errorf("logged\n%s\nwant\n%s\nreconnect_joined", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
