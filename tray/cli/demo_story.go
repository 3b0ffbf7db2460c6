package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/tray/lang"
	"altv-tray/tray/view"
)

// chapter is one part of the demo's story.
type chapter struct {
	text  string // key of its sentence; empty: it continues the one before
	act   func(d *demo, m *monitor.Monitor) error
	done  func(e monitor.Event) bool
	pause time.Duration // gives the user time to see the result
}

// chapterLimit is how long a chapter may take before the demo fails.
const chapterLimit = 15 * time.Second

func clientIs(s debugport.Status) func(monitor.Event) bool {
	return func(e monitor.Event) bool { return e.Kind == monitor.ClientChanged && e.To.Status == s }
}

func serverIs(s monitor.ServerState) func(monitor.Event) bool {
	return func(e monitor.Event) bool { return e.Kind == monitor.ServerChanged && e.Server == s }
}

func kindIs(k monitor.EventKind) func(monitor.Event) bool {
	return func(e monitor.Event) bool { return e.Kind == k }
}

var joined = kindIs(monitor.Joined)

func clientGone(e monitor.Event) bool {
	return e.Kind == monitor.ClientChanged && e.To.Outcome == debugport.NotRunning
}

// restart restarts the server, which is down for the given time.
func restart(down time.Duration) func(*demo, *monitor.Monitor) error {
	return func(d *demo, _ *monitor.Monitor) error {
		d.world.Server.Restart(down)
		return nil
	}
}

// command executes a line as `altv-tray simulate` does.
func command(line string) func(*demo, *monitor.Monitor) error {
	return func(d *demo, _ *monitor.Monitor) error { return d.world.Command(line) }
}

// story takes about half a minute.
var story = []chapter{
	{"", command(""), clientGone, 0}, // so that the client's start is noticed as such
	{"demo.start", command("client start"), clientIs(debugport.MainMenu), 0},
	{"demo.joins", command(""), joined, time.Second},
	{"demo.restart", restart(restartPause), joined, time.Second},
	// The server comes up before each further restart.
	{"demo.loop", restart(burstPause), serverIs(monitor.ServerStarting), burstPause},
	{"", restart(burstPause), serverIs(monitor.ServerStarting), burstPause},
	{"", restart(burstPause), joined, time.Second},
	{"demo.password",
		func(d *demo, m *monitor.Monitor) error {
			return errors.Join(d.newPassword(), restart(restartPause)(d, m))
		}, kindIs(monitor.Failed), 2 * time.Second},
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
		}, clientIs(debugport.MainMenu), time.Second},
	{"demo.paused", command("server up"), serverIs(monitor.ServerReady), 2 * time.Second},
	{"demo.resume",
		func(_ *demo, m *monitor.Monitor) error {
			m.Apply(monitor.Resume())
			m.Reconnect()
			return nil
		}, joined, time.Second},
}

// restartPause is how long the server is down in a single restart. The server must be back
// well before alt:V falls out of the game, on a busy machine too: a request at that very
// moment would freeze alt:V.
const restartPause = 300 * time.Millisecond

// burstPause is how long the server is down in the burst of restarts, and how long it is
// left to start before the next one.
const burstPause = 100 * time.Millisecond

// play plays the story and prints each event of sub as a line. It returns nil if ctx ends.
func (d *demo) play(ctx context.Context, m *monitor.Monitor, sub *monitor.Subscription) error {
	text := ""
	for _, c := range story {
		if c.text != "" {
			text = lang.English().T(c.text)
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

// summarize prints how many reconnects and requests there were. It fails if a request was sent
// while the client was not ready.
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

// follow prints events until one of them is the expected one. It returns false if that does
// not come in time.
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
