// Package gameserver tells whether the user's own alt:V server is ready, and
// notices each of its restarts. It decides nothing: it tells facts.
package gameserver

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

// Source names what is taken for "the server is ready".
type Source string

const (
	SourcePort   Source = "port"   // its TCP port accepts
	SourceLog    Source = "log"    // "Server started" in the server.log of this run
	SourceSignal Source = "signal" // the game mode ran `altv-tray ready`
)

// Config says which server to watch, and how.
type Config struct {
	Source Source
	// Address is host:port of the server's TCP port; "" for none. Give an IP
	// address rather than "localhost". It is used for every source, as it alone
	// tells of a kill at once.
	Address string
	// Folder is the server's folder, in which server.log and server.toml are;
	// "" for none. Where its server.toml turns a CDN on, the server opens no TCP
	// port: Address is then left alone, and SourcePort falls back to the log.
	Folder string
}

// State is what is known of the server.
type State uint8

const (
	Unknown State = iota
	Down
	Up
)

// String is the state as an English word.
func (s State) String() string {
	switch s {
	case Down:
		return "down"
	case Up:
		return "up"
	}
	return "unknown"
}

// Fact is one observation. A restart that is noticed, however short, is told as
// Down followed by Up. Unknown followed by Up is not a restart.
type Fact struct {
	State State
	Why   problem.Problem // of Unknown and Down; the zero value for none, and for Up
}

// Watch watches one server. Its zero value is of no use: see New.
type Watch struct {
	cfg     Config
	tell    func(Fact)
	dial    func(ctx context.Context, network, address string) (net.Conn, error)
	find    func(at netip.AddrPort) []listener
	urgent  atomic.Bool
	portNow chan struct{} // the port's follower shall look now
	logNow  chan struct{} // the same for the log's
	signals chan struct{}
	recheck chan struct{}

	// These belong to Run.
	last   Fact
	config fileStamp // of the server.toml that cdn was read from
	cdn    bool
	signal bool // a signal that holds over a new session
}

// Option changes how New makes a Watch.
type Option func(*Watch)

// Dial replaces how connections are made. It must heed ctx, and an error that
// is to mean "nothing listens" must wrap the system's own. Where it leads, the
// system's listeners say nothing of: they are not looked at.
func Dial(dial func(ctx context.Context, network, address string) (net.Conn, error)) Option {
	return func(w *Watch) { w.dial, w.find = dial, nil }
}

// New makes a watch that begins with Run. tell gets each fact that differs from
// the one before (the first is Unknown, untold unless it has a reason), in
// order, on Run's goroutine. It should return soon: while it does not, a
// restart is still noticed, but told late.
func New(cfg Config, tell func(Fact), options ...Option) *Watch {
	w := &Watch{
		cfg: cfg, tell: tell, dial: dialTCP, find: findListeners,
		portNow: make(chan struct{}, 1),
		logNow:  make(chan struct{}, 1),
		signals: make(chan struct{}, 16),
		recheck: make(chan struct{}, 1),
	}
	for _, option := range options {
		option(w)
	}
	return w
}

// Run watches until ctx ends, and leaves nothing behind. It is called once.
func (w *Watch) Run(ctx context.Context) {
	for ctx.Err() == nil {
		w.session(ctx)
	}
}

// Urgent says whether a reconnect could follow. While true, a server that is
// down is dialed every 50 ms and the log looked at as often; otherwise once a
// second. Any goroutine may call it; it does not block.
func (w *Watch) Urgent(on bool) {
	if w.urgent.Swap(on) != on && on {
		nudge(w.portNow)
		nudge(w.logNow)
	}
}

// Signal says that `altv-tray ready` came in. It means nothing to the other
// sources. Any goroutine may call it; it does not block.
func (w *Watch) Signal() { nudge(w.signals) }

// Recheck says that what is known may be out of date, as after the computer
// slept: Unknown is told, and then what a fresh look finds. A signal still
// counts if the port then accepts; without a port to ask, it has to come again.
// Any goroutine may call it; it does not block.
func (w *Watch) Recheck() { nudge(w.recheck) }

// nudge sends unless there is something waiting already.
func nudge(to chan<- struct{}) {
	select {
	case to <- struct{}{}:
	default:
	}
}

// judge turns what is seen (portSeen, logSeen, signalSeen) into facts.
type judge interface{ see(seen any) []Fact }

// session watches until ctx ends, Recheck is called or the CDN is switched.
func (w *Watch) session(ctx context.Context) {
	w.readCDN()
	ctx, cancel := context.WithCancel(ctx)
	var followers sync.WaitGroup
	defer followers.Wait()
	defer cancel()

	// The buffer keeps a slow tell from delaying the dial that proves a restart.
	seen := make(chan any, 64)
	report := func(s any) {
		select {
		case seen <- s:
		case <-ctx.Done():
		}
	}
	how := w.plan()
	if how.start != nil {
		w.say(*how.start)
	}
	if how.port {
		at, _ := netip.ParseAddrPort(w.cfg.Address) // the zero value for a name
		p := &port{
			address: w.cfg.Address, dial: w.dial, listeners: listeners{find: w.find, at: at},
			urgent: w.urgent.Load, wake: w.portNow, report: func(s portSeen) { report(s) },
		}
		followers.Go(func() { p.run(ctx) })
	}
	if how.log {
		followers.Go(func() {
			followLog(ctx, w.cfg.Folder, w.urgent.Load, w.logNow, func(s logSeen) { report(s) })
		})
	}
	config := time.NewTicker(calmEvery)
	defer config.Stop()
	if w.cfg.Folder == "" {
		config.Stop()
	}
	for {
		select {
		case <-ctx.Done():
			return
		case s := <-seen:
			w.judge(how.judge, s)
		case <-w.signals:
			w.judge(how.judge, signalSeen{})
		case <-w.recheck:
			w.say(Fact{State: Unknown})
			w.signal = w.signal && how.port
			return
		case <-config.C:
			// The server reads its settings when it starts, and so may come
			// back with a CDN, or without.
			if w.readCDN() {
				return
			}
		}
	}
}

// judge has something seen judged and tells what comes of it.
func (w *Watch) judge(by judge, seen any) {
	for _, fact := range by.see(seen) {
		w.say(fact)
	}
	switch seen := seen.(type) {
	case signalSeen:
		nudge(w.portNow)
	case logSeen:
		// Do not let the next regular dial, up to a second off, hold up what
		// the log knows already.
		if seen.mark == markStarted {
			nudge(w.portNow)
		}
	}
	if s, ok := by.(*signalJudge); ok {
		w.signal = s.in
	}
}

// say tells a fact that differs from the last.
func (w *Watch) say(fact Fact) {
	if fact != w.last {
		w.last = fact
		w.tell(fact)
	}
}

// plan is what a session follows, and who judges it.
type plan struct {
	judge     judge
	port, log bool
	start     *Fact // told at once
}

func (w *Watch) plan() plan {
	tcp := w.cfg.Address != "" && !w.cdn
	switch {
	case w.cfg.Source == SourceSignal:
		judge := &signalJudge{in: w.signal}
		how := plan{judge: judge, port: tcp}
		if w.signal {
			judge.armed = portOpen
		} else {
			how.start = &Fact{Unknown, waitsForSignal}
		}
		return how
	case w.cfg.Source == SourcePort && tcp:
		return plan{judge: portJudge{}, port: true}
	case w.cfg.Source == SourcePort && w.cfg.Address == "" && w.cfg.Folder == "":
		return plan{judge: portJudge{}, start: &Fact{Unknown, *problem.New(problem.NoServerAddress)}}
	case w.cfg.Folder == "":
		return plan{judge: portJudge{}, start: &Fact{Unknown, *problem.New(problem.NoServerFolder)}}
	default:
		return plan{judge: &logJudge{tcp: tcp, cdn: w.cdn}, port: tcp, log: true}
	}
}

// fileStamp is by what a changed file is known.
type fileStamp struct {
	size     int64
	modified time.Time
}

// readCDN reads server.toml if it has changed, and tells whether a CDN was
// switched on or off by that. What was read last counts on where the file cannot
// be read, as while an editor is half-way through saving it.
func (w *Watch) readCDN() (switched bool) {
	dir := w.cfg.Folder
	if dir == "" {
		return false
	}
	var now fileStamp
	info, err := folder.Do(dir, func() (os.FileInfo, error) { return os.Stat(filepath.Join(dir, configName)) })
	if err == nil {
		now = fileStamp{info.Size(), info.ModTime()}
	}
	if errors.Is(err, folder.ErrSilent) || now == w.config {
		return false
	}
	config, err := ReadConfig(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return false
	}
	switched = config.UseCDN != w.cdn
	w.config, w.cdn = now, config.UseCDN
	return switched
}
