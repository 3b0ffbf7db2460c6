package main

import (
	"context"
	"time"
)

// usage is what a process takes while nothing happens.
type usage struct {
	cpu     float64 // of one core, 1 is all of it
	rss     int64   // bytes
	anon    int64   // bytes of it that are not of files
	wakeups float64 // a second: times that one of its threads was put to work
}

// idleResult: ours is zero where this system cannot tell.
type idleResult struct {
	ours, node usage
	desktop    bool // with a session bus and a panel
	after      time.Duration
}

// measureIdle watches altv-tray with its player in game and the server ready,
// and the sample under Node.js that waits for its server's next start.
func measureIdle(ctx context.Context, p plan, program, dir string) (r idleResult, err error) {
	s, err := newStage()
	if err != nil {
		return r, err
	}
	defer s.close()
	if err := s.inGame(); err != nil {
		return r, err
	}
	set := setup{client: s.world.Client.Addr(), server: s.door.address, automatic: true}
	panel, err := startPanel(ctx, dir)
	if err != nil {
		return r, err
	}
	defer panel.close()
	set.bus, r.desktop = panel.address(), panel != nil
	t, err := startTray(ctx, program, dir, set)
	if err != nil {
		return r, err
	}
	defer t.end()
	if err := t.calm(ctx); err != nil {
		return r, err
	}
	n, err := startSample(ctx, dir, s.world.Client.Addr())
	if err == nil {
		defer n.end()
	}
	r.after = p.warm + p.rest
	sleep(ctx, p.warm)
	ours := watchUsage(t.cmd.Process.Pid)
	node := func() usage { return usage{} }
	if n != nil {
		node = watchUsage(n.cmd.Process.Pid)
	}
	sleep(ctx, p.rest)
	r.ours, r.node = ours(), node()
	return r, ctx.Err()
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
