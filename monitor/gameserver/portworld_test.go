package gameserver

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// place is an address in virtual time, with a server and perhaps a relay before it.
type place struct {
	relay  bool          // it accepts though the server is down
	slow   time.Duration // how long the relay takes to find nobody
	idle   time.Duration // after it the server ends a connection; 0: never
	closes bool          // the server ends a connection upon its answer
	hangs  bool          // the server accepts by its queue and answers nothing
	deaf   bool          // its listening socket is gone, its connections live on
	socket listener      // the listening socket's number; 0: not to be found out

	up    bool
	conns []net.Conn
	dials int
	mu    *sync.Mutex // held by the play but while time passes
}

func (p *place) dial(context.Context, string, string) (net.Conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dials++
	if (!p.up || p.deaf) && !p.relay {
		return nil, errRefused
	}
	ours, theirs := net.Pipe()
	if !p.up {
		time.AfterFunc(p.slow, func() { _ = theirs.Close() })
		return ours, nil
	}
	p.conns = append(p.conns, theirs)
	if p.hangs {
		return ours, nil
	}
	if p.idle > 0 {
		time.AfterFunc(p.idle, func() { _ = theirs.Close() })
	}
	closes := p.closes
	go func() {
		answer(theirs)
		if closes {
			_ = theirs.Close()
		}
	}()
	return ours, nil
}

func (p *place) kill() {
	p.up = false
	for _, conn := range p.conns {
		_ = conn.Close()
	}
	p.conns = nil
}

// find is the system's table.
func (p *place) find(netip.AddrPort) []listener {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.socket == 0 || !p.relay && (!p.up || p.deaf) {
		return nil
	}
	return []listener{p.socket}
}

// watch watches the place while f runs, and returns the states that were reported.
func (p *place) watch(t *testing.T, f func(pass func(time.Duration))) (told []State) {
	p.mu = &sync.Mutex{}
	p.mu.Lock()
	w := New(Config{Source: SourcePort, Address: "127.0.0.1:7788", Dial: p.dial}, func(f Fact) {
		if len(told) == 0 || told[len(told)-1] != f.State {
			told = append(told, f.State)
		}
	})
	w.find = p.find
	w.urgent.Store(true)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.Run(ctx)
	}()
	f(func(d time.Duration) {
		p.mu.Unlock()
		<-time.After(d)
		synctest.Wait()
		p.mu.Lock()
	})
	p.mu.Unlock()
	cancel()
	<-done
	p.kill()
	return told
}

func TestPortWorld(t *testing.T) {
	type pass = func(time.Duration)
	restart := func(away time.Duration) func(*place, pass) {
		return func(p *place, pass pass) {
			pass(10 * time.Second)
			p.kill()
			pass(away)
			p.up = true
			pass(10 * time.Second)
		}
	}
	stay := func(_ *place, pass pass) { pass(10 * time.Minute) }
	begin := func(p *place, pass pass) {
		pass(10 * time.Second)
		p.up = true
		pass(10 * time.Second)
	}
	for _, c := range []struct {
		name  string
		place place
		play  func(*place, pass)
		want  []State
		dials int // at most; 0: any number
	}{
		{"nothing behind the relay", place{relay: true}, stay, []State{Down}, 0},
		{"nothing behind a slow relay", place{relay: true, slow: 2 * time.Second}, stay, []State{Down}, 301},
		{"a server starts behind the relay", place{relay: true}, begin, []State{Down, Up}, 0},
		{"a server starts behind a slow relay", place{relay: true, slow: 2 * time.Second}, begin, []State{Down, Up}, 0},
		{"1 ms away behind the relay", place{relay: true, up: true}, restart(time.Millisecond), []State{Up, Down, Up}, 0},
		{"0.3 s away behind the relay", place{relay: true, up: true}, restart(300 * time.Millisecond), []State{Up, Down, Up}, 0},
		{"0.3 s away behind the relay, closing upon its answer", place{relay: true, up: true, closes: true}, restart(300 * time.Millisecond), []State{Up, Down, Up}, 0},
		{"0.3 s away behind the relay, ending idle connections", place{relay: true, up: true, idle: time.Second}, restart(300 * time.Millisecond), []State{Up, Down, Up}, 0},
		{"3 s away behind a slow relay", place{relay: true, slow: 2 * time.Second, up: true}, restart(3 * time.Second), []State{Up, Down, Up}, 0},
		{"1 ms away", place{up: true}, restart(time.Millisecond), []State{Up, Down, Up}, 0},
		{"keeps connections", place{up: true, socket: 1}, stay, []State{Up}, 1},
		{"closes upon its answer", place{up: true, closes: true, socket: 1}, stay, []State{Up}, 2},
		{"ends idle connections in an instant", place{up: true, idle: time.Microsecond}, stay, []State{Up}, 0},
		{"ends idle connections after a second", place{up: true, idle: time.Second}, stay, []State{Up}, 0},
		{"ends idle connections after a minute", place{up: true, idle: time.Minute, socket: 1}, stay, []State{Up}, 11},
		{"ends idle connections in an instant, behind the relay", place{relay: true, up: true, idle: time.Microsecond}, stay, []State{Up}, 0},
		{"hangs from the start, and nothing else is known", place{up: true, hangs: true}, stay, []State{Up}, 2},
		{"hangs from the start, behind the relay", place{relay: true, up: true, hangs: true}, stay, []State{Up}, 2},
		{"hangs later", place{up: true}, func(p *place, pass pass) {
			pass(10 * time.Second)
			p.hangs = true
			pass(time.Hour)
		}, []State{Up}, 5},
		{"hangs later, and its connections end", place{up: true}, func(p *place, pass pass) {
			pass(10 * time.Second)
			p.kill()
			p.up, p.hangs = true, true
			pass(time.Hour)
		}, []State{Up}, 7},
		{"half dead", place{up: true, socket: 1}, func(p *place, pass pass) {
			pass(10 * time.Second)
			p.deaf = true
			pass(5 * time.Second)
			p.kill()
			p.deaf, p.up = false, true
			pass(10 * time.Second)
		}, []State{Up, Down, Up}, 0},
		{"half dead, and the system's table is not known", place{up: true}, func(p *place, pass pass) {
			pass(10 * time.Second)
			p.deaf = true
			pass(5 * time.Second)
			p.deaf = false
			pass(10 * time.Second)
		}, []State{Up, Down, Up}, 0},
		{"the relay starts anew with nothing behind it", place{relay: true, up: true, socket: 1}, func(p *place, pass pass) {
			pass(10 * time.Second)
			p.socket++
			p.kill()
			pass(10 * time.Second)
			p.up = true
			pass(10 * time.Second)
		}, []State{Up, Down, Up}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := c.place
				if told := p.watch(t, func(pass func(time.Duration)) { c.play(&p, pass) }); !slices.Equal(told, c.want) {
					t.Errorf("told %v, want %v", told, c.want)
				}
				if c.dials > 0 && p.dials > c.dials {
					t.Errorf("%d dials, want %d at most", p.dials, c.dials)
				}
			})
		})
	}
}

// Up must not come late where the listening socket is the server's own, even if
// the server answers nothing.
func TestPortUpInTime(t *testing.T) {
	for name, c := range map[string]struct {
		place place
		want  time.Duration
	}{
		"answers":          {place{}, 0},
		"answers, relay":   {place{relay: true}, 0},
		"answers nothing":  {place{hangs: true}, newProofAge},
		"the same, behind": {place{hangs: true, relay: true}, proofAge},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := c.place
				var late bool
				told := p.watch(t, func(pass func(time.Duration)) {
					pass(time.Second)
					p.up = true
					pass(urgentEvery + c.want)
					late = true
				})
				if !late || !slices.Equal(told, []State{Down, Up}) {
					t.Errorf("told %v within %v", told, urgentEvery+c.want)
				}
			})
		})
	}
}

// TestPropertyPortRestarts: whatever listens in the server's place and however it
// treats connections, each restart is reported, and nothing else is.
func TestPropertyPortRestarts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := place{
			relay:  rapid.Bool().Draw(rt, "relay"),
			idle:   rapid.SampledFrom([]time.Duration{0, 0, time.Microsecond, 20 * time.Millisecond, time.Second, 5 * time.Second}).Draw(rt, "idle"),
			closes: rapid.Bool().Draw(rt, "closes"),
			socket: listener(rapid.Uint64Range(0, 1).Draw(rt, "socket")),
			up:     rapid.Bool().Draw(rt, "up"),
		}
		if p.relay {
			p.slow = rapid.SampledFrom([]time.Duration{0, 0, time.Millisecond, 300 * time.Millisecond, 2 * time.Second}).Draw(rt, "slow")
		}
		// What a restart must last where the server leaves nothing between two
		// dials.
		least := time.Millisecond
		if p.relay || p.idle > 0 {
			least += 4*urgentEvery + 3*p.slow
		}
		want := []State{Down}
		if p.up {
			want = []State{Up}
		}
		type act struct {
			pass time.Duration
			what int // 0, 1: restart or start; 2: half dead
			away time.Duration
		}
		var acts []act
		for range rapid.IntRange(1, 5).Draw(rt, "acts") {
			acts = append(acts, act{
				time.Duration(rapid.IntRange(5_000, 12_000).Draw(rt, "ms")) * time.Millisecond,
				rapid.IntRange(0, 2).Draw(rt, "what"),
				least + time.Duration(rapid.IntRange(0, 1000).Draw(rt, "away"))*time.Millisecond,
			})
		}
		var told []State
		synctest.Test(t, func(t *testing.T) {
			told = p.watch(t, func(pass func(time.Duration)) {
				for _, a := range acts {
					pass(a.pass)
					switch {
					case !p.up:
						p.up = true
						want = append(want, Up)
					case a.what == 2 && !p.relay:
						p.deaf = true
						pass(5 * time.Second)
						p.kill()
						p.up, p.deaf = true, false
						want = append(want, Down, Up)
					default:
						p.kill()
						pass(a.away)
						p.up = true
						want = append(want, Down, Up)
					}
				}
				pass(5 * time.Second)
			})
		})
		if !slices.Equal(told, want) {
			rt.Fatalf("told %v, want %v", told, want)
		}
	})
}
