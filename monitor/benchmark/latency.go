package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// lanes is how many worlds of each kind run side by side, so that the sample's
// long waits do not add up.
const lanes = 4

// versus are the latencies of both.
type versus struct{ ours, sample durations }

// durations are sorted.
type durations []time.Duration

func (d durations) sorted() durations {
	slices.Sort(d)
	return d
}

// at gives the quantile q, as 0.5 for the median; 0 where there are none.
func (d durations) at(q float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	return d[min(len(d)-1, int(q*float64(len(d))))]
}

// inLanes takes n samples with what begin makes for each lane.
func inLanes(n int, begin func() (take func() (time.Duration, error), end func(), err error)) (durations, error) {
	var (
		mu   sync.Mutex
		all  durations
		errs error
		wait sync.WaitGroup
	)
	for lane := range lanes {
		wait.Go(func() {
			take, end, err := begin()
			if end != nil {
				defer end()
			}
			for i := lane; i < n && err == nil; i += lanes {
				var d time.Duration
				if d, err = take(); err == nil {
					mu.Lock()
					all = append(all, d)
					mu.Unlock()
				}
			}
			mu.Lock()
			defer mu.Unlock()
			errs = errors.Join(errs, err)
		})
	}
	wait.Wait()
	return all.sorted(), errs
}

// both takes samples of altv-tray and, where there is Node.js, of the sample at
// the same time.
func both(n int, node string, ours, sample func() (func() (time.Duration, error), func(), error)) (versus, error) {
	var v versus
	var errs [2]error
	var wait sync.WaitGroup
	wait.Go(func() { v.ours, errs[0] = inLanes(n, ours) })
	if node != "" {
		wait.Go(func() { v.sample, errs[1] = inLanes(n, sample) })
	}
	wait.Wait()
	return v, errors.Join(errs[:]...)
}

// pause waits for a random part of d, so that no phase is favoured.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(rand.N(d)):
	case <-ctx.Done():
	}
}

// measureClientReady: a reconnect is pending while the client loads; from the
// moment that it is in the main menu to the POST.
func measureClientReady(ctx context.Context, p plan, node, program, dir string) (versus, error) {
	ready := func(s *stage) (time.Duration, error) {
		at := time.Now()
		if err := s.world.Client.SetStatus("MAIN_MENU"); err != nil {
			return 0, err
		}
		post, err := s.post(ctx, 20*time.Second)
		return post.Sub(at), err
	}
	ours := func() (func() (time.Duration, error), func(), error) {
		s, t, end, err := played(ctx, program, dir, false)
		return func() (time.Duration, error) {
			if err := s.world.Client.SetStatus("LOADING"); err != nil {
				return 0, err
			}
			asked := make(chan error, 1)
			go func() {
				v, err := t.talk.Reconnect(ctx, true, time.Minute)
				if err == nil && !v.OK {
					err = errors.New("the reconnect failed: " + v.Reason)
				}
				asked <- err
			}()
			err := await(ctx, 10*time.Second, "the reconnect is pending", func() bool {
				r, err := t.talk.Snapshot(ctx)
				return err == nil && r.Reconnect != nil && r.Status == "LOADING"
			})
			if err != nil {
				return 0, err
			}
			pause(ctx, time.Second)
			d, err := ready(s)
			return d, errors.Join(err, <-asked)
		}, end, err
	}
	sample := func() (func() (time.Duration, error), func(), error) {
		s, n, end, err := sampled(ctx, dir)
		return func() (time.Duration, error) {
			if err := s.world.Client.SetStatus("LOADING"); err != nil {
				return 0, err
			}
			if err := n.serverStarted(); err != nil {
				return 0, err
			}
			pause(ctx, 2500*time.Millisecond)
			return ready(s)
		}, end, err
	}
	return both(p.samples, node, ours, sample)
}

// measureServerReady: the client waits for the server; from the moment that its
// port is open to the POST. The sample runs inside the server and is told by it.
func measureServerReady(ctx context.Context, p plan, node, program, dir string) (versus, error) {
	ours := func() (func() (time.Duration, error), func(), error) {
		s, t, end, err := played(ctx, program, dir, true)
		return func() (time.Duration, error) { return restart(ctx, s, t, 300*time.Millisecond+rand.N(time.Second)) }, end, err
	}
	sample := func() (func() (time.Duration, error), func(), error) {
		s, n, end, err := sampled(ctx, dir)
		return func() (time.Duration, error) {
			if err := s.inGame(); err != nil {
				return 0, err
			}
			pause(ctx, time.Second)
			at := time.Now()
			if err := n.serverStarted(); err != nil {
				return 0, err
			}
			post, err := s.post(ctx, 20*time.Second)
			return post.Sub(at), err
		}, end, err
	}
	return both(p.samples, node, ours, sample)
}

// restart has the server away for that long, with the player in game, and gives
// the time from its return to the POST.
func restart(ctx context.Context, s *stage, t *tray, away time.Duration) (time.Duration, error) {
	// The join of the last one is let come to its end: cut short, it would look
	// like one that failed.
	if err := t.calm(ctx); err != nil {
		return 0, err
	}
	pause(ctx, time.Second)
	if len(s.posts) > 0 {
		return 0, errors.New("there was a POST for which there was no reason")
	}
	s.door.close()
	select {
	case <-time.After(away):
	case <-ctx.Done():
	}
	at, err := s.door.open()
	if err != nil {
		return 0, err
	}
	post, err := s.post(ctx, 10*time.Second)
	return post.Sub(at), err
}

// noticed is how many restarts of a length were followed by a reconnect.
type noticed struct {
	away    time.Duration
	of, got int
}

func measureRestarts(ctx context.Context, p plan, program, dir string) ([]noticed, error) {
	var all []noticed
	for _, away := range []time.Duration{50, 100, 200, 500} {
		away *= time.Millisecond
		seen, err := inLanes(p.restarts, func() (func() (time.Duration, error), func(), error) {
			s, t, end, err := played(ctx, program, dir, true)
			return func() (time.Duration, error) {
				d, err := restart(ctx, s, t, away)
				if errors.Is(err, errNoPost) {
					progress(fmt.Sprintf("a restart of %v was missed; the end of the log:\n%s", away, t.lastLines()))
					return missed, nil
				}
				return d, err
			}, end, err
		})
		if err != nil {
			return all, err
		}
		n := noticed{away: away, of: len(seen)}
		for _, d := range seen {
			if d != missed {
				n.got++
			}
		}
		all = append(all, n)
	}
	return all, nil
}

// missed stands for a restart that was not followed by a reconnect.
const missed = time.Duration(1<<63 - 1)

// played is a stage with altv-tray on it.
func played(ctx context.Context, program, dir string, automatic bool) (*stage, *tray, func(), error) {
	s, err := newStage()
	if err != nil {
		return nil, nil, nil, err
	}
	if err := s.inGame(); err != nil {
		s.close()
		return nil, nil, nil, err
	}
	t, err := startTray(ctx, program, dir, setup{client: s.world.Client.Addr(), server: s.door.address, automatic: automatic})
	if err != nil {
		s.close()
		return nil, nil, nil, err
	}
	return s, t, func() { t.end(); s.close() }, nil
}

// sampled is a stage with the sample on it.
func sampled(ctx context.Context, dir string) (*stage, *sample, func(), error) {
	s, err := newStage()
	if err != nil {
		return nil, nil, nil, err
	}
	n, err := startSample(ctx, dir, s.world.Client.Addr())
	if err != nil {
		s.close()
		return nil, nil, nil, err
	}
	return s, n, func() { n.end(); s.close() }, nil
}
