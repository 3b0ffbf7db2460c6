package monitor

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/simulator"
)

// This file is the bench of the loop's tests: a monitor in a bubble of virtual
// time, with a debug port of the test's own on a network in memory.

const (
	portA = "127.0.0.1:9223"
	portB = "127.0.0.1:9224"
)

// fakePort is a debug port that says a word and writes down what it is asked.
type fakePort struct {
	mu       sync.Mutex
	word     string
	gets     int
	posts    []fakePost
	conns    int // since the start
	open     int // of them
	inFlight int
	most     int           // requests in flight at once
	hold     chan struct{} // where not nil, GETs wait for it
	answer   int           // to POST; 0 is 200
	onPost   func()
	server   *http.Server
	served   chan struct{}
}

type fakePost struct {
	at   time.Time
	body string
	word string // what the port said then
}

func openPort(t *testing.T, network *simulator.Network, address, word string) *fakePort {
	t.Helper()
	listener, err := network.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	p := &fakePort{word: word, served: make(chan struct{})}
	p.server = &http.Server{Handler: p, ConnState: p.conn}
	go func() {
		defer close(p.served)
		_ = p.server.Serve(listener)
	}()
	return p
}

func (p *fakePort) close() {
	_ = p.server.Close()
	<-p.served
}

func (p *fakePort) conn(_ net.Conn, state http.ConnState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if state == http.StateNew {
		p.conns++
		p.open++
	}
	if state == http.StateClosed {
		p.open--
	}
}

func (p *fakePort) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.inFlight++
	p.most = max(p.most, p.inFlight)
	hold, word, code := p.hold, p.word, 200
	defer func() {
		p.mu.Lock()
		p.inFlight--
		p.mu.Unlock()
	}()
	if r.Method == http.MethodPost {
		body, _ := io.ReadAll(r.Body)
		p.posts = append(p.posts, fakePost{time.Now(), string(body), p.word})
		if p.answer != 0 {
			code = p.answer
		}
		if p.onPost != nil {
			p.onPost()
		}
		p.mu.Unlock()
		if code < 0 {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(code)
		return
	}
	p.gets++
	p.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-r.Context().Done():
			panic(http.ErrAbortHandler)
		}
	}
	_, _ = io.WriteString(w, word)
}

func (p *fakePort) say(word string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.word = word
}

func (p *fakePort) seen() (gets int, posts []fakePost) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.gets, append([]fakePost(nil), p.posts...)
}

// fakeWatch is a watch of the server that reports what the test wants.
type fakeWatch struct {
	mu       sync.Mutex
	tell     func(ServerFact)
	urgent   []bool
	rechecks int
	signals  int
	ended    bool
}

func (w *fakeWatch) Run(ctx context.Context) {
	<-ctx.Done()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
}

func (w *fakeWatch) note(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f()
}
func (w *fakeWatch) Urgent(on bool) { w.note(func() { w.urgent = append(w.urgent, on) }) }
func (w *fakeWatch) Signal()        { w.note(func() { w.signals++ }) }
func (w *fakeWatch) Recheck()       { w.note(func() { w.rechecks++ }) }

// bench is one test's monitor and world.
type bench struct {
	*Monitor
	t       *testing.T
	network simulator.Network
	port    *fakePort // at portA
	watch   *fakeWatch
	target  Target
	sub     *Subscription
	slept   atomic.Int64 // what the wall clock is ahead of the monotonic one
	dials   atomic.Int64
	deaf    atomic.Bool // new connections heed no deadline
	end     context.CancelFunc
	ended   chan struct{}
}

// inBubble runs f on a monitor whose client says word, or does not run where
// word is empty. Change may change the target before it starts.
func inBubble(t *testing.T, word string, change func(*Target), f func(b *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{t: t, watch: &fakeWatch{}, ended: make(chan struct{})}
		if word != "" {
			b.port = openPort(t, &b.network, portA, word)
			defer b.port.close()
		}
		b.target = Target{
			Config: usual(),
			NewWatcher: func(tell func(ServerFact)) Watcher {
				b.watch.tell = tell
				return b.watch
			},
			Password: func(context.Context) (string, Reason) { return "geheim", NoReason },
		}
		b.target.Config.Client = portA
		if change != nil {
			change(&b.target)
		}
		b.Monitor = New(b.target, Options{Dial: b.dial, Wall: b.wall})
		b.sub = b.Subscribe()
		ctx, end := context.WithCancel(t.Context())
		b.end = end
		go func() {
			defer close(b.ended)
			b.Run(ctx)
		}()
		synctest.Wait()
		f(b)
		end()
		<-b.ended
	})
}

func (b *bench) wall() time.Time { return time.Now().Add(time.Duration(b.slept.Load())) }

// sleepFor has the computer sleep on Linux, where only the wall clock runs on.
func (b *bench) sleepFor(d time.Duration) { b.slept.Add(int64(d)) }

func (b *bench) dial(ctx context.Context, network, address string) (net.Conn, error) {
	b.dials.Add(1)
	conn, err := b.network.Dial(ctx, network, address)
	if err == nil && b.deaf.Load() {
		conn = deafConn{conn}
	}
	return conn, err
}

// deafConn is a connection as a process has it that is held up: when it goes on
// it may read before it looks at the time.
type deafConn struct{ net.Conn }

func (deafConn) SetDeadline(time.Time) error { return nil }

// pass lets time go by.
func (b *bench) pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// serverReady says that the server is up and waits out ready_delay.
func (b *bench) serverReady() {
	b.watch.tell(ServerFact{State: ServerStarting})
	b.pass(b.target.Config.ReadyDelay)
	if s := b.Snapshot().Server; s != ServerReady {
		b.t.Fatalf("the server is %v", s)
	}
}

// events takes the kinds of the events since the last call.
func (b *bench) events() (kinds []EventKind) {
	_, events := b.sub.Take()
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

// within checks a count that a boundary may change by a few.
func within(t *testing.T, what string, got, want, slack int) {
	t.Helper()
	if got < want-slack || got > want+slack {
		t.Errorf("%s: %d, want %d ± %d", what, got, want, slack)
	}
}
