package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/tray/view"
)

// chapter is one scene of the demo: what happens, and what must come of it.
type chapter struct {
	text  string // the key of its sentence
	begin func(d *demo, m *monitor.Monitor)
	until func(e monitor.Event) bool
	then  time.Duration // a pause, so that it can be seen
}

// chapterLimit is how long a scene may take before the demo has failed. All of
// them together stay well under forty seconds.
const chapterLimit = 15 * time.Second

func inState(s debugport.Status) func(monitor.Event) bool {
	return func(e monitor.Event) bool { return e.Kind == monitor.ClientChanged && e.To.Status == s }
}

func joined(e monitor.Event) bool { return e.Kind == monitor.Joined }

func clientGone(e monitor.Event) bool {
	return e.Kind == monitor.ClientChanged && e.To.Outcome == debugport.NotRunning
}

var story = []chapter{
	// The first look must find no client, so that its start is seen as one.
	{"", nil, clientGone, 0},
	{"demo.start",
		func(d *demo, _ *monitor.Monitor) { _ = d.world.Client.Start() }, inState(debugport.MainMenu), 0},
	{"demo.joins",
		nil, joined, time.Second},
	{"demo.restart",
		func(d *demo, _ *monitor.Monitor) { d.world.Server.Restart(time.Second) }, joined, time.Second},
	{"demo.loop",
		func(d *demo, _ *monitor.Monitor) {
			for range 3 {
				d.world.Server.Restart(150 * time.Millisecond)
			}
		}, joined, time.Second},
	{"demo.crash",
		func(d *demo, _ *monitor.Monitor) { d.world.Server.Down() }, inState(debugport.MainMenu), time.Second},
	{"demo.mended",
		func(d *demo, _ *monitor.Monitor) { d.world.Server.Up() }, joined, time.Second},
	{"demo.click",
		func(_ *demo, m *monitor.Monitor) { m.Reconnect() }, joined, time.Second},
	{"demo.night",
		func(d *demo, _ *monitor.Monitor) { d.world.Client.Quit() }, clientGone, 0},
}

// play lives through the story and prints each change, which come by sub, as a
// line. That ctx ends is no error.
func (d *demo) play(ctx context.Context, m *monitor.Monitor, sub *monitor.Subscription) error {
	for _, c := range story {
		text := "the first look at the client"
		if c.text != "" {
			text = d.text.T(c.text)
			d.env.print("\n  %s", text)
			d.notify(c.text)
		}
		if c.begin != nil {
			c.begin(d, m)
		}
		if !d.follow(ctx, sub, c.until) && ctx.Err() == nil {
			return fmt.Errorf("the demo got stuck at: %s", text)
		}
		time.Sleep(c.then)
		if ctx.Err() != nil {
			return nil
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
		time.Since(d.start).Seconds(), d.joined, d.took.Seconds()/float64(max(1, d.joined)), len(posts), busy)
	d.env.print("States seen: %s.", strings.Join(d.words, ", "))
	if busy > 0 || len(posts) != d.joined {
		return errors.New("the demo did not go as it should")
	}
	return nil
}

// follow prints events until one of them fits; false if none does in time.
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
			d.show(e)
			found = found || until(e)
		}
	}
	return true
}

func (d *demo) show(e monitor.Event) {
	if word := e.To.String(); e.Kind == monitor.ClientChanged && e.To.Outcome == debugport.Known && !slices.Contains(d.words, word) {
		d.words = append(d.words, word)
	}
	if joined(e) {
		d.joined++
		d.took += e.Took
	}
	if text := view.Line(e); text != "" {
		d.env.print("%5.1f s  %s", time.Since(d.start).Seconds(), text)
	}
}
