package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/tray/view"
)

// chapter is one scene of the demo: what happens, and what must come of it.
type chapter struct {
	text  string // the key of its sentence; empty: it belongs to the one before
	act   func(d *demo, m *monitor.Monitor) error
	done  func(e monitor.Event) bool
	pause time.Duration // a pause, so that it can be seen
}

// chapterLimit is how long a scene may take before the demo has failed.
const chapterLimit = 15 * time.Second

func inState(s debugport.Status) func(monitor.Event) bool {
	return func(e monitor.Event) bool { return e.Kind == monitor.ClientChanged && e.To.Status == s }
}

func server(s monitor.ServerState) func(monitor.Event) bool {
	return func(e monitor.Event) bool { return e.Kind == monitor.ServerChanged && e.Server == s }
}

func kind(k monitor.EventKind) func(monitor.Event) bool {
	return func(e monitor.Event) bool { return e.Kind == k }
}

var joined = kind(monitor.Joined)

func clientGone(e monitor.Event) bool {
	return e.Kind == monitor.ClientChanged && e.To.Outcome == debugport.NotRunning
}

// restart has the server restart; it is down for that long.
func restart(down time.Duration) func(*demo, *monitor.Monitor) error {
	return func(d *demo, _ *monitor.Monitor) error {
		d.world.Server.Restart(down)
		return nil
	}
}

// command does what a line of `altv-tray simulate` says.
func command(line string) func(*demo, *monitor.Monitor) error {
	return func(d *demo, _ *monitor.Monitor) error { return d.world.Command(line) }
}

// story takes about half a minute.
var story = []chapter{
	{"", command(""), clientGone, 0}, // else the start of the client would not be seen as one
	{"demo.start", command("client start"), inState(debugport.MainMenu), 0},
	{"demo.joins", command(""), joined, time.Second},
	{"demo.restart", restart(restartPause), joined, time.Second},
	// Each restart is seen to come up before the next one begins.
	{"demo.loop", restart(burstPause), server(monitor.ServerStarting), burstPause},
	{"", restart(burstPause), server(monitor.ServerStarting), burstPause},
	{"", restart(burstPause), joined, time.Second},
	{"demo.password",
		func(d *demo, m *monitor.Monitor) error {
			return errors.Join(d.newPassword(), restart(restartPause)(d, m))
		}, kind(monitor.Failed), 2 * time.Second},
	{"demo.store",
		func(d *demo, m *monitor.Monitor) error {
			err := d.keyring.Set(context.Background(), demoProfile, d.password)
			m.Reconnect()
			return err
		}, joined, time.Second},
	{"demo.pause",
		func(d *demo, m *monitor.Monitor) error {
			m.Apply(monitor.Pause(0))
			return command("server stop")(d, m)
		}, inState(debugport.MainMenu), time.Second},
	{"demo.paused", command("server up"), server(monitor.ServerReady), 2 * time.Second},
	{"demo.resume",
		func(_ *demo, m *monitor.Monitor) error {
			m.Apply(monitor.Resume())
			m.Reconnect()
			return nil
		}, joined, time.Second},
}

// restartPause is how long the server is down in the other restarts. It is short, so
// that on a busy machine, too, the server is back well before alt:V falls out of
// the game: a request in that very moment would freeze it.
const restartPause = 300 * time.Millisecond

// burstPause is how long the server is down, and how long it then may seem to
// start, in the burst of restarts.
const burstPause = 100 * time.Millisecond

// play lives through the story and prints each change, which come by sub, as a
// line. That ctx ends is no error.
func (d *demo) play(ctx context.Context, m *monitor.Monitor, sub *monitor.Subscription) error {
	text := ""
	for _, c := range story {
		if c.text != "" {
			text = d.text.T(c.text)
			d.env.print("\n  %s", text)
			d.narrate(c.text)
		}
		err := c.act(d, m)
		if err == nil && !d.follow(ctx, sub, c.done) && ctx.Err() == nil {
			err = errors.New("what must follow did not come")
		}
		if err != nil {
			return fmt.Errorf("the demo got stuck at: %s: %w", text, err)
		}
		select {
		case <-time.After(c.pause):
		case <-ctx.Done():
			return nil
		}
	}
	return d.summarize()
}

// summarize prints what came of it all, and checks that.
func (d *demo) summarize() error {
	posts, joins, busy := d.world.Client.Posts(), d.world.Client.Joins(), 0
	for _, p := range posts {
		if !p.Status.Ready() {
			busy++
		}
	}
	d.env.print("\nIn %.0f s: %d reconnects, %d that failed, %d requests sent, %d of them at a wrong moment.",
		time.Since(d.start).Seconds(), joins, len(posts)-joins, len(posts), busy)
	if busy > 0 {
		return errors.New("the demo did not go as it should")
	}
	return nil
}

// follow prints events until one of them fits; false if none does in time.
func (d *demo) follow(ctx context.Context, sub *monitor.Subscription, until func(monitor.Event) bool) bool {
	ctx, cancel := context.WithTimeout(ctx, chapterLimit)
	defer cancel()
	for _, events := range sub.All(ctx) {
		found := false
		for _, e := range events {
			if text := view.Line(e); text != "" {
				d.env.print("%5.1f s  %s", time.Since(d.start).Seconds(), text)
			}
			found = found || until(e)
		}
		if found {
			return true
		}
	}
	return false
}
