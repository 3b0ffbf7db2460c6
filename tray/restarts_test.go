package tray

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
)

// restarting runs do in virtual time, on an app with the client in the game.
func restarting(t *testing.T, ready settings.Ready, do func(f *fixture, sub *monitor.Subscription)) {
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		var network simulator.Network
		w := simulator.New(simulator.Options{Speed: 1000, Folder: folder, Listen: network.Listen})
		if err := w.Start("127.0.0.1:9223", "127.0.0.1:7788"); err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		text := strings.Replace(settingsText(w, "none", ""), `ready_delay = "0s"`, fmt.Sprintf("ready = %q\nready_delay = \"0s\"", ready), 1)
		if ready == settings.ReadyLog {
			text += fmt.Sprintf("folder = '%s'\n", folder)
		}
		f := newFixture(t, w, text, func(o *Options) { o.System.NewWatcher, o.Monitor.Dial = dialingBy(network.Dial), network.Dial })
		sub := f.monitor.Subscribe()
		defer sub.Close()
		defer f.runParts()()
		awaitJoin(t, sub) // the server's first start is one too
		do(f, sub)
	})
}

// awaitJoin follows until the client has joined.
func awaitJoin(t *testing.T, sub *monitor.Subscription) {
	t.Helper()
	limit := time.After(time.Minute)
	for {
		select {
		case <-sub.C():
		case <-limit:
			s, _ := sub.Take()
			t.Fatalf("no join: %+v", s)
		}
		_, events := sub.Take()
		if slices.ContainsFunc(events, func(e monitor.Event) bool { return e.Kind == monitor.Joined }) {
			return
		}
	}
}

// Ten restarts of 0.2 s, one after the other, are ten reconnects, each announced.
func TestTenRestartsAreTenReconnects(t *testing.T) {
	for _, ready := range []settings.Ready{settings.ReadyPort, settings.ReadyLog} {
		t.Run(string(ready), func(t *testing.T) {
			restarting(t, ready, func(f *fixture, sub *monitor.Subscription) {
				t, w := f.t, f.world
				before := len(w.Client.Posts())
				for range 10 {
					w.Server.Restart(200 * time.Millisecond)
					awaitJoin(t, sub)
				}
				if posts := w.Client.Posts()[before:]; len(posts) != 10 || w.Client.Frozen() {
					t.Errorf("%d requests, the client is frozen: %v", len(posts), w.Client.Frozen())
				}
				synctest.Wait()
				told := slices.DeleteFunc(f.told.Titles(), func(title string) bool { return title != "Back in game" })
				if len(told) != 11 { // the first start was one too
					t.Errorf("%d joins were announced", len(told))
				}
			})
		})
	}
}
