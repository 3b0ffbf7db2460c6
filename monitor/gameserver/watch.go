// Package gameserver watches whether the user's own alt:V server is ready, and notices each of
// its restarts. It reports facts and decides nothing.
package gameserver

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/beat"
	"altv-tray/monitor/live"
	"altv-tray/monitor/problem"
)

// configEvery is how often server.toml is read, as a CDN may be switched on in it.
const configEvery = 5 * time.Second

// Source says what counts as "the server is ready".
type Source string

const (
	SourcePort   Source = "port"   // its TCP port accepts
	SourceLog    Source = "log"    // "Server started" in the server.log of this run
	SourceSignal Source = "signal" // the game mode ran `altv-tray ready`
)

// Config says which server to watch, and how.
type Config struct {
	Source Source
	// Address is host:port of the server's TCP port; "" for none. Every source uses it, as
	// nothing else shows a kill at once.
	Address string
	// Folder is the server's folder; "" for none. If server.toml there turns a CDN on, the
	// server opens no TCP port: Address is not used, and SourcePort falls back to the log.
	Folder string
	// Dial replaces the system's way. Its error must wrap the system's own if nothing listens.
	// Then the system's listening sockets are not looked at.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Fact is one observation. A restart, however short, is Down followed by Up; Unknown
// followed by Up is none. Why is set for Unknown and Down, and never for Up.
type Fact = monitor.ServerFact

// The states of a Fact.
const (
	Unknown = monitor.ServerUnknown
	Down    = monitor.ServerDown
	Up      = monitor.ServerStarting // it is ready once it has been up for ready_delay
)

// Watcher watches one server. Its zero value is of no use: see New.
type Watcher struct {
	cfg     Config
	tell    func(Fact)
	find    func(at netip.AddrPort) []listener
	urgent  atomic.Bool
	signals chan struct{}
	recheck chan struct{}

	// These belong to Run.
	last   Fact
	cdn    bool        // server.toml turns one on
	signal signalJudge // its signal holds over a new session
}

// New makes a watch that begins with Run, which calls tell with each fact that differs from
// the one before. The server is Unknown before the first. While tell does not return, a
// restart is still noticed, but reported late.
func New(cfg Config, tell func(Fact)) *Watcher {
	w := &Watcher{
		cfg: cfg, tell: tell,
		signals: make(chan struct{}, 16),
		recheck: make(chan struct{}, 1),
	}
	if cfg.Dial == nil {
		w.cfg.Dial, w.find = dialTCP, findListeners
	}
	return w
}

// Run watches until ctx ends, and leaves nothing behind. It is called once.
func (w *Watcher) Run(ctx context.Context) {
	for ctx.Err() == nil {
		w.session(ctx)
	}
}

// Urgent says whether a reconnect could follow: then a server that is down is dialed, and the
// log looked at, every 50 ms. Any goroutine may call it; it does not block.
func (w *Watcher) Urgent(on bool) { w.urgent.Store(on) }

// Signal says that `altv-tray ready` came in. Any goroutine may call it; it does not block.
func (w *Watcher) Signal() { live.Wake(w.signals) }

// Recheck says that what is known may be out of date, as after a sleep: it reports Unknown,
// and then a fresh look. A signal still counts if the port then accepts. Any goroutine may
// call it; it does not block.
func (w *Watcher) Recheck() { live.Wake(w.recheck) }

// judge turns what is seen (portSeen, logSeen, signalSeen; nil for nothing) into facts.
type judge interface{ see(seen any) []Fact }

// session watches until ctx ends, Recheck is called or the CDN is switched.
func (w *Watcher) session(ctx context.Context) {
	w.readCDN()
	ctx, cancel := context.WithCancel(ctx)
	var followers sync.WaitGroup
	defer followers.Wait()
	defer cancel()
	how := w.plan()
	if how.start != nil {
		w.say(*how.start)
	}
	seen := w.follow(ctx, how, &followers)
	var config <-chan time.Time
	if w.cfg.Folder != "" {
		config = beat.After(configEvery)
	}
	for {
		var now any // what is seen now
		select {
		case <-ctx.Done():
			return
		case now = <-seen:
		case <-w.signals:
			now = signalSeen{}
		case <-w.recheck:
			w.say(Fact{State: Unknown})
			w.signal.in = w.signal.in && how.port
			return
		case <-config:
			// The server reads its settings when it starts.
			if w.readCDN() {
				return
			}
			config = beat.After(configEvery)
		}
		for _, fact := range how.judge.see(now) {
			w.say(fact)
		}
	}
}

// follow starts what the plan follows. The channel is buffered, so that a slow tell does not
// delay a dial.
func (w *Watcher) follow(ctx context.Context, how plan, followers *sync.WaitGroup) <-chan any {
	seen := make(chan any, 64)
	report := func(s any) {
		select {
		case seen <- s:
		case <-ctx.Done():
		}
	}
	if how.port {
		at, _ := netip.ParseAddrPort(w.cfg.Address) // the zero value for a name
		p := &port{
			address: w.cfg.Address, dial: w.cfg.Dial, listeners: listeners{find: w.find, at: at},
			urgent: w.urgent.Load, report: report,
		}
		followers.Go(func() { p.run(ctx) })
	}
	if how.log {
		followers.Go(func() { followLog(ctx, w.cfg.Folder, w.urgent.Load, report) })
	}
	return seen
}

// say reports a fact that differs from the last.
func (w *Watcher) say(fact Fact) {
	if fact != w.last {
		w.last = fact
		w.tell(fact)
	}
}

// plan is what a session follows, and how it is judged.
type plan struct {
	judge     judge
	port, log bool
	start     *Fact // reported at once
}

func (w *Watcher) plan() plan {
	tcp := w.cfg.Address != "" && !w.cdn
	switch {
	case w.cfg.Source == SourceSignal:
		w.signal = signalJudge{in: w.signal.in, armed: w.signal.in}
		how := plan{judge: &w.signal, port: tcp}
		if !w.signal.in {
			how.start = &Fact{State: Unknown, Why: waitsForSignal}
		}
		return how
	case w.cfg.Source == SourcePort && tcp:
		return plan{judge: portJudge{}, port: true}
	case w.cfg.Source == SourcePort && w.cfg.Address == "" && w.cfg.Folder == "":
		return plan{judge: portJudge{}, start: &Fact{State: Unknown, Why: *problem.New(problem.NoServerAddress)}}
	case w.cfg.Folder == "":
		return plan{judge: portJudge{}, start: &Fact{State: Unknown, Why: *problem.New(problem.NoServerFolder)}}
	default:
		return plan{judge: &logJudge{tcp: tcp, cdn: w.cdn}, port: tcp, log: true}
	}
}

// readCDN reads server.toml and reports whether it switches a CDN on or off. While it cannot be
// read, as in an editor's save, the last one counts.
func (w *Watcher) readCDN() (switched bool) {
	if w.cfg.Folder == "" {
		return false
	}
	config, err := ReadConfig(w.cfg.Folder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return false
	}
	switched = config.UseCDN != w.cdn
	w.cdn = config.UseCDN
	return switched
}
