package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/tray/errtext"
)

// chapter is one scene of the demo: what happens, and what must come of it.
type chapter struct {
	text  string // the key of the sentence that tells it
	begin func(d *demo, m *monitor.Monitor)
	until func(e monitor.Event) bool
	then  time.Duration // a pause, so that it can be seen
}

// chapterLimit is how long a scene may take before the demo says that it
// failed. All of them together stay well under forty seconds.
const chapterLimit = 15 * time.Second

func inState(s debugport.Status) func(monitor.Event) bool {
	return func(e monitor.Event) bool { return e.Kind == monitor.ClientChanged && e.To.Status == s }
}

func ofKind(k monitor.EventKind) func(monitor.Event) bool {
	return func(e monitor.Event) bool { return e.Kind == k }
}

var story = []chapter{
	{"demo.start",
		func(d *demo, _ *monitor.Monitor) { d.startClient() }, inState(debugport.MainMenu), 0},
	{"demo.joins",
		nil, ofKind(monitor.Joined), time.Second},
	{"demo.restart",
		func(d *demo, _ *monitor.Monitor) { d.world.Server.Restart(time.Second) }, ofKind(monitor.Joined), time.Second},
	{"demo.loop",
		func(d *demo, _ *monitor.Monitor) {
			for range 3 {
				d.world.Server.Restart(150 * time.Millisecond)
			}
		}, ofKind(monitor.Joined), time.Second},
	{"demo.crash",
		func(d *demo, _ *monitor.Monitor) { d.world.Server.Down() }, inState(debugport.MainMenu), time.Second},
	{"demo.mended",
		func(d *demo, _ *monitor.Monitor) { d.world.Server.Up() }, ofKind(monitor.Joined), time.Second},
	{"demo.click",
		func(_ *demo, m *monitor.Monitor) { m.Reconnect() }, ofKind(monitor.Joined), time.Second},
	{"demo.night",
		func(d *demo, _ *monitor.Monitor) { d.world.Client.Quit() },
		func(e monitor.Event) bool {
			return e.Kind == monitor.ClientChanged && e.To.Outcome == debugport.NotRunning
		}, 0},
}

func (d *demo) startClient() {
	if err := d.world.Client.Start(); err != nil {
		d.env.Say("altv-tray: the simulated client cannot start: " + errtext.English(err))
	}
}

// summary counts what the demo showed.
type summary struct {
	joined int
	took   time.Duration
	words  []string
}

// play lives through the story and tells each change, which come by sub, as a
// line.
func (d *demo) play(ctx context.Context, m *monitor.Monitor, sub *monitor.Subscription) Code {
	// The first look must find no client, so that its start is seen as one.
	if !d.follow(ctx, sub, func(e monitor.Event) bool {
		return e.Kind == monitor.ClientChanged && e.To.Outcome == debugport.NotRunning
	}) {
		return d.broken(ctx, "no look at the client was made")
	}
	for _, c := range story {
		d.env.print("\n  %s", d.text.T(c.text))
		d.notify(c.text)
		if c.begin != nil {
			c.begin(d, m)
		}
		if !d.follow(ctx, sub, c.until) {
			return d.broken(ctx, d.text.T(c.text))
		}
		select {
		case <-time.After(c.then):
		case <-ctx.Done():
			return Wrong
		}
	}
	posts := d.world.Client.Posts()
	busy := 0
	for _, p := range posts {
		if !p.Status.Ready() {
			busy++
		}
	}
	d.env.print("\nIn %.0f s: %d reconnects, %.1f s each until in game, %d requests sent, %d of them at a wrong moment.",
		time.Since(d.start).Seconds(), d.summary.joined, d.summary.took.Seconds()/float64(max(1, d.summary.joined)), len(posts), busy)
	d.env.print("States seen: %s.", strings.Join(d.summary.words, ", "))
	if busy > 0 || len(posts) != d.summary.joined {
		return TimedOut
	}
	return OK
}

func (d *demo) broken(ctx context.Context, what string) Code {
	if ctx.Err() != nil {
		return Wrong
	}
	return d.env.fail(TimedOut, fmt.Errorf("the demo got stuck at: %s", what))
}

// follow prints events until one of them fits.
func (d *demo) follow(ctx context.Context, sub *monitor.Subscription, until func(monitor.Event) bool) bool {
	ctx, cancel := context.WithTimeout(ctx, chapterLimit)
	defer cancel()
	for found := false; !found; {
		select {
		case <-sub.C():
		case <-ctx.Done():
			return false
		}
		_, events, _ := sub.Take()
		for _, e := range events {
			d.tell(e)
			found = found || until(e)
		}
	}
	return true
}

func (d *demo) tell(e monitor.Event) {
	if e.Kind == monitor.ClientChanged && e.To.Outcome == debugport.Known {
		word := e.To.String()
		if !slices.Contains(d.summary.words, word) {
			d.summary.words = append(d.summary.words, word)
		}
	}
	if e.Kind == monitor.Joined {
		d.summary.joined++
		d.summary.took += e.Took
	}
	if text := line(e); text != "" {
		d.env.print("%5.1f s  %s", time.Since(d.start).Seconds(), text)
	}
}
