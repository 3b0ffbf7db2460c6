// Package gameserver watches whether the user's own alt:V server is ready, and notices each of
// its restarts. It reports what it sees; package monitor decides what follows.
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

// configEvery is how often server.toml is read, as the user may switch a CDN on or off in it.
const configEvery = 5 * time.Second

// Source is what shows that the server is ready.
type Source string

const (
	SourcePort   Source = "port"   // its TCP port accepts connections
	SourceLog    Source = "log"    // "Server started" is in the server.log of this run
	SourceSignal Source = "signal" // the game mode ran `altv-tray ready`
)

// Config is which server to watch, and how.
type Config struct {
	Source Source
	// Address is host:port of the server's TCP port; empty for none. Every source uses it,
	// as nothing else shows at once that the server was killed.
	Address string
	// Folder is the server's folder; empty for none. If its server.toml turns a CDN on, the
	// server opens no TCP port: Address is not used, and SourcePort falls back to the log.
	Folder string
	// Dial replaces the system's dialer. Its error must wrap the system's own if nothing
	// listens. With Dial set, the system's table of listening sockets is not used.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Fact is one observation of the server. A restart, however short, is Down followed by Up;
// Unknown followed by Up is not a restart. Why is set for Unknown and Down, but never for Up.
type Fact = monitor.ServerFact

// The states of a Fact.
const (
	Unknown = monitor.ServerUnknown
	Down    = monitor.ServerDown
	Up      = monitor.ServerStarting // it is ready once it has been up for ready_delay
)

// Watcher watches one server. Use New to make one.
type Watcher struct {
	cfg     Config
	tell    func(Fact)
	find    func(at netip.AddrPort) []listener
	urgent  atomic.Bool
	signals chan struct{}
	recheck chan struct{}

	// Only Run uses these.
	last   Fact
	cdn    bool            // server.toml turns a CDN on
	signal signalReadiness // a signal counts in later sessions too
}

// New returns a Watcher; Run starts it. Run calls tell with each fact that differs from the
// one before. Until the first call the server is Unknown. While tell blocks, restarts are
// still noticed, but reported late.
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

// Run watches until ctx ends, and leaves no goroutine behind. It may be called only once.
func (w *Watcher) Run(ctx context.Context) {
	for ctx.Err() == nil {
		w.session(ctx)
	}
}

// Urgent sets whether a reconnect could follow: then the port of a server that is down is
// dialed, and the log read, every 50 ms. Any goroutine may call it; it does not block.
func (w *Watcher) Urgent(on bool) { w.urgent.Store(on) }

// Signal reports that `altv-tray ready` was run. Any goroutine may call it; it does not block.
func (w *Watcher) Signal() { live.Wake(w.signals) }

// Recheck drops what is known, which may be out of date, as after the computer slept: it
// reports Unknown and then looks afresh. An earlier signal still counts if the port then
// accepts. Any goroutine may call it; it does not block.
func (w *Watcher) Recheck() { live.Wake(w.recheck) }

// session watches until ctx ends, Recheck is called or server.toml switches the CDN.
func (w *Watcher) session(ctx context.Context) {
	w.readCDN()
	ctx, cancel := context.WithCancel(ctx)
	var followers sync.WaitGroup
	defer followers.Wait()
	defer cancel()
	plan := w.plan()
	if plan.start != nil {
		w.update(*plan.start)
	}
	reports := w.follow(ctx, plan, &followers)
	var config <-chan time.Time
	if w.cfg.Folder != "" {
		config = beat.After(configEvery)
	}
	for {
		var report any
		select {
		case <-ctx.Done():
			return
		case report = <-reports:
		case <-w.signals:
			report = signalReport{}
		case <-w.recheck:
			w.update(Fact{State: Unknown})
			w.signal.received = w.signal.received && plan.port
			return
		case <-config:
			// The server reads its settings when it starts.
			if w.readCDN() {
				return
			}
			config = beat.After(configEvery)
		}
		for _, fact := range plan.observe(report) {
			w.update(fact)
		}
	}
}

// follow starts the followers of the plan and returns their reports. The channel is buffered,
// so that a slow tell does not delay a dial.
func (w *Watcher) follow(ctx context.Context, plan sessionPlan, followers *sync.WaitGroup) <-chan any {
	reports := make(chan any, 64)
	send := func(report any) {
		select {
		case reports <- report:
		case <-ctx.Done():
		}
	}
	if plan.port {
		at, _ := netip.ParseAddrPort(w.cfg.Address) // the zero value for a host name
		p := &port{
			address: w.cfg.Address, dial: w.cfg.Dial, listeners: listeners{find: w.find, at: at},
			urgent: w.urgent.Load, report: send,
		}
		followers.Go(func() { p.run(ctx) })
	}
	if plan.log {
		followers.Go(func() { followLog(ctx, w.cfg.Folder, w.urgent.Load, send) })
	}
	return reports
}

// update calls tell if the fact differs from the last one.
func (w *Watcher) update(fact Fact) {
	if fact != w.last {
		w.last = fact
		w.tell(fact)
	}
}

// sessionPlan is what a session follows.
type sessionPlan struct {
	// observe turns a portReport, logReport or signalReport into facts. It ignores nil.
	observe   func(report any) []Fact
	port, log bool
	start     *Fact // reported at once
}

func (w *Watcher) plan() sessionPlan {
	tcp := w.cfg.Address != "" && !w.cdn
	switch {
	case w.cfg.Source == SourceSignal:
		w.signal = signalReadiness{received: w.signal.received, confirmed: w.signal.received}
		p := sessionPlan{observe: w.signal.observe, port: tcp}
		if !w.signal.received {
			p.start = &Fact{State: Unknown, Why: *problem.New(problem.WaitsForSignal)}
		}
		return p
	case w.cfg.Source == SourcePort && tcp:
		return sessionPlan{observe: portFacts, port: true}
	case w.cfg.Source == SourcePort && w.cfg.Address == "" && w.cfg.Folder == "":
		return sessionPlan{observe: portFacts, start: &Fact{State: Unknown, Why: *problem.New(problem.NoServerAddress)}}
	case w.cfg.Folder == "":
		return sessionPlan{observe: portFacts, start: &Fact{State: Unknown, Why: *problem.New(problem.NoServerFolder)}}
	default:
		return sessionPlan{observe: (&logReadiness{tcp: tcp, cdn: w.cdn}).observe, port: tcp, log: true}
	}
}

// readCDN reads server.toml and reports whether it switches the CDN on or off. While the file
// cannot be read, as in the middle of an editor's save, the last value counts.
func (w *Watcher) readCDN() (switched bool) {
	config, err := ReadConfig(w.cfg.Folder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return false
	}
	switched = config.UseCDN != w.cdn
	w.cdn = config.UseCDN
	return switched
}
