package monitor_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/simulator"
)

// The monitor against a simulated client and server in virtual time, at real
// speed: what a day of development brings.

const (
	clientAddr = "127.0.0.1:9223"
	serverAddr = "127.0.0.1:7788"
)

// serverWatch watches the server.
func serverWatch(source gameserver.Source, dial debugport.DialFunc, tell func(monitor.ServerFact)) monitor.Watcher {
	return gameserver.New(gameserver.Config{Source: source, Address: serverAddr, Dial: dial}, tell)
}

type world struct {
	*simulator.World
	*monitor.Monitor
	t    *testing.T
	dial debugport.DialFunc
	was  monitor.Target
}

// target is what is watched, with a change.
func (w world) target(change func(*monitor.Config)) monitor.Target {
	change(&w.was.Config)
	return w.was
}

func (w world) pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// posts checks how many reconnects came so far, and that none did harm.
func (w world) posts(want int) {
	w.t.Helper()
	posts := w.Client.Posts()
	if len(posts) != want {
		w.t.Errorf("%d reconnects were sent, want %d", len(posts), want)
	}
	for _, p := range posts {
		if !p.Status.Ready() {
			w.t.Errorf("one was sent in %v", p.Status)
		}
	}
	if w.Client.Frozen() {
		w.t.Error("the client is frozen")
	}
}

func (w world) says(want debugport.Status) {
	w.t.Helper()
	if got := w.Snapshot().Client.Status; got != want {
		w.t.Errorf("the client is %v, want %v", got, want)
	}
}

func inWorld(t *testing.T, opts simulator.Options, password string, f func(w world)) {
	t.Helper()
	inWorldWith(t, opts, password, 500*time.Millisecond, f)
}

func inWorldWith(t *testing.T, opts simulator.Options, password string, readyDelay time.Duration, f func(w world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var network simulator.Network
		opts.Listen = network.Listen
		sim := simulator.New(opts)
		if err := sim.Start(clientAddr, serverAddr); err != nil {
			t.Fatal(err)
		}
		target := monitor.Target{
			Config: monitor.Config{
				Profile: "default", Server: serverAddr, Client: clientAddr, Auto: true, OnLaunch: true,
				Attempts: 5, JoinTimeout: 3 * time.Minute, ReadyDelay: readyDelay,
			},
			NewWatcher: func(tell func(monitor.ServerFact)) monitor.Watcher {
				return serverWatch(gameserver.SourcePort, network.Dial, tell)
			},
			Password: func(context.Context) (string, monitor.Reason) { return password, monitor.NoReason },
		}
		m := monitor.New(target, monitor.Options{Dial: network.Dial})
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			m.Run(ctx)
		}()
		f(world{sim, m, t, network.Dial, target})
		end()
		<-ended
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestWorld(t *testing.T) {
	for name, opts := range map[string]simulator.Options{
		"kept connections":           {},
		"closing after each answer":  {NoKeepAlive: true},
		"one connection at a time":   {OneAtATime: true},
		"a slow reaction":            {Reaction: 4 * time.Second},
		"another answer to the POST": {ReconnectCode: 204},
		"server with a password":     {Password: "geheim"},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, opts, opts.Password, func(w world) {
				// The server was seen to start before the client was ready.
				w.pass(simulator.LoadingTime + 15*time.Second)
				w.says(debugport.InGame)
				w.posts(1)

				job, _ := w.Reconnect()
				w.pass(15 * time.Second)
				w.says(debugport.InGame)
				w.posts(2)
				if last := w.Snapshot().Last; last.Job != job || last.Kind != monitor.Joined {
					t.Errorf("the last result is %+v", last)
				}

				w.Server.Restart(time.Second) // while in game
				w.pass(25 * time.Second)
				w.says(debugport.InGame)
				w.posts(3)

				w.Server.Down() // until the client has dropped out
				w.pass(time.Minute)
				w.says(debugport.MainMenu)
				w.posts(3)
				w.Server.Up()
				w.pass(20 * time.Second)
				w.says(debugport.InGame)
				w.posts(4)

				w.Client.Quit()
				w.pass(10 * time.Second)
				if err := w.Client.Start(); err != nil {
					t.Fatal(err)
				}
				w.pass(simulator.LoadingTime + 20*time.Second)
				w.says(debugport.InGame)
				w.posts(5)

				if err := w.Client.SetStatus("MAIN_MENU"); err != nil { // a deliberate leave
					t.Fatal(err)
				}
				w.pass(10 * time.Minute)
				w.says(debugport.MainMenu)
				w.posts(5)
			})
		})
	}
}

// TestWorldRelay: behind a relay each restart makes one reconnect, however short,
// and a server that is down is down; nor does one that ends idle connections seem
// to restart. No ready_delay helps.
func TestWorldRelay(t *testing.T) {
	const away = 300 * time.Millisecond
	for name, opts := range map[string]simulator.Options{
		"keeps connections":                    {Speed: 10},
		"ends idle connections in an instant":  {Speed: 10, CloseIdle: time.Microsecond},
		"ends idle connections after a second": {Speed: 10, CloseIdle: time.Second},
		"ends idle connections after a minute": {Speed: 10, CloseIdle: time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			inWorldWith(t, opts, "", 0, func(w world) {
				if err := w.Command("server relay on"); err != nil {
					t.Fatal(err)
				}
				w.pass(15 * time.Second)
				w.says(debugport.InGame)
				w.posts(1)
				for n := range 5 {
					w.Server.Restart(away - opts.Scale(simulator.ResourcesTime))
					w.pass(15 * time.Second)
					w.says(debugport.InGame)
					w.posts(2 + n)
				}
				w.Server.Down()
				w.pass(time.Minute)
				if now := w.Snapshot().Server; now != monitor.ServerDown {
					t.Errorf("with nothing behind the relay the server is %v", now)
				}
				w.posts(6)
				w.Server.Up()
				w.pass(15 * time.Second)
				w.says(debugport.InGame)
				w.posts(7)
				w.pass(time.Hour)
				w.posts(7)
			})
		})
	}
}

func TestWorldWrongPassword(t *testing.T) {
	for _, after := range []debugport.Status{debugport.MainMenu, debugport.Error} {
		t.Run(string(after), func(t *testing.T) {
			inWorld(t, simulator.Options{Password: "geheim", AfterRefusal: after}, "falsch", func(w world) {
				w.pass(simulator.LoadingTime + 5*time.Second)
				w.Reconnect()
				w.pass(30 * time.Second)
				if after == debugport.Error {
					// It is left by the player: nothing is sent to an error.
					w.posts(1)
					if err := w.Client.SetStatus("MAIN_MENU"); err != nil {
						t.Fatal(err)
					}
					w.pass(30 * time.Second)
				}
				w.posts(2)
				if last := w.Snapshot().Last; last.Reason != monitor.WrongPassword {
					t.Errorf("it ended with %v", last.Reason)
				}
				w.pass(10 * time.Minute)
				w.posts(2)
			})
		})
	}
}

// TestWorldThrownOut: a server that throws the player out after each join, with
// when_dropped = "always": as many attempts as ever, and one word at the end.
func TestWorldThrownOut(t *testing.T) {
	inWorld(t, simulator.Options{}, "", func(w world) {
		w.Configure(w.target(func(c *monitor.Config) { c.OnDrop = true }))
		w.pass(simulator.LoadingTime + 15*time.Second)
		w.says(debugport.InGame)
		sub := w.Subscribe()
		defer sub.Close()
		sub.Take()
		for range 600 {
			if w.Client.Status() == debugport.InGame {
				w.pass(3 * time.Second)
				if err := w.Client.SetStatus("MAIN_MENU"); err != nil {
					t.Fatal(err)
				}
			}
			w.pass(time.Second)
		}
		w.says(debugport.MainMenu)
		w.posts(5)
		if last := w.Snapshot().Last; last.Reason != monitor.ThrownOut {
			t.Errorf("it ended with %v", last.Reason)
		}
		_, events := sub.Take()
		var failed, ready int
		for _, e := range events {
			switch e.Kind {
			case monitor.Failed:
				failed++
			case monitor.ClientReady:
				ready++
			}
		}
		if failed != 1 || ready != 0 {
			t.Errorf("it failed %d times, and was announced as ready %d times", failed, ready)
		}
		w.Server.Restart(time.Second) // begins afresh
		w.pass(20 * time.Second)
		w.says(debugport.InGame)
		w.posts(6)
	})
}

// TestWorldSignalMissing: a game mode that never runs `altv-tray ready`.
func TestWorldSignalMissing(t *testing.T) {
	inWorld(t, simulator.Options{}, "", func(w world) {
		signalled := w.target(func(c *monitor.Config) { c.Profile = "signalled" })
		signalled.NewWatcher = func(tell func(monitor.ServerFact)) monitor.Watcher {
			return serverWatch(gameserver.SourceSignal, w.dial, tell)
		}
		w.Configure(signalled)
		sub := w.Subscribe()
		defer sub.Close()
		told := func() (n int) {
			_, events := sub.Take()
			for _, e := range events {
				if e.Kind == monitor.SignalMissing {
					n++
				}
			}
			return n
		}
		w.pass(50 * time.Second)
		if n := told(); n != 0 {
			t.Errorf("it was told %d times within a minute", n)
		}
		w.pass(time.Hour)
		if n := told(); n != 1 {
			t.Errorf("within an hour it was told %d times", n)
		}
		w.Server.Restart(time.Second)
		w.pass(time.Hour)
		if n := told(); n != 1 {
			t.Errorf("the next run was told %d times", n)
		}
		w.posts(0)
		w.Ready()
		w.pass(20 * time.Second)
		w.says(debugport.InGame)
		w.posts(1)
	})
}

// TestWorldPasswordWanted: nothing is stored, and the server wants a password.
func TestWorldPasswordWanted(t *testing.T) {
	inWorld(t, simulator.Options{Password: "geheim"}, "", func(w world) {
		w.pass(simulator.LoadingTime + 5*time.Second)
		w.Reconnect()
		w.pass(10 * time.Minute)
		w.posts(2)
		if last := w.Snapshot().Last; last.Reason != monitor.PasswordWanted {
			t.Errorf("it ended with %v", last.Reason)
		}
	})
}

func TestWorldNoReaction(t *testing.T) {
	inWorld(t, simulator.Options{Reaction: 100 * time.Hour}, "", func(w world) {
		w.pass(simulator.LoadingTime + 5*time.Second)
		w.Reconnect()
		w.pass(10 * time.Minute)
		w.posts(5)
		if last := w.Snapshot().Last; last.Reason != monitor.NoReaction {
			t.Errorf("it ended with %v", last.Reason)
		}
	})
}

// TestWorldLateReaction: a client that reacts after the attempt was given up
// is not torn out of the game.
func TestWorldLateReaction(t *testing.T) {
	inWorld(t, simulator.Options{Reaction: 5500 * time.Millisecond}, "", func(w world) {
		w.pass(simulator.LoadingTime + 5*time.Second)
		w.Reconnect()
		w.pass(time.Minute)
		w.says(debugport.InGame)
		w.posts(1)
		if last := w.Snapshot().Last; last.Kind != monitor.Joined {
			t.Errorf("it ended with %v", last.Reason)
		}
	})
}

// TestWorldOtherTools: a port that serves one connection at a time answers other
// tools within two polls, and the monitor goes on knowing the client's state.
func TestWorldOtherTools(t *testing.T) {
	inWorld(t, simulator.Options{OneAtATime: true}, "", func(w world) {
		w.pass(simulator.LoadingTime + 15*time.Second)
		w.says(debugport.InGame)
		sub := w.Subscribe()
		defer sub.Close()
		sub.Take()
		other := debugport.New(w.t.Context(), clientAddr, w.dial)
		for range 100 {
			w.pass(370 * time.Millisecond) // at every moment between two polls
			begun := time.Now()
			r := other.Status(false)
			if took := time.Since(begun); r.Status != debugport.InGame || took > 2*monitor.PollIdle {
				t.Errorf("after %v it is told %v", took, r)
				break
			}
		}
		if _, events := sub.Take(); len(events) != 0 {
			t.Errorf("meanwhile the monitor saw %+v", events)
		}
		w.Reconnect()
		w.pass(15 * time.Second)
		w.says(debugport.InGame)
		w.posts(2)
		begun := time.Now()
		if r := other.Status(false); r.Status != debugport.InGame || time.Since(begun) > 2*monitor.PollIdle {
			t.Errorf("after the join it is told %v after %v", r, time.Since(begun))
		}
	})
}
