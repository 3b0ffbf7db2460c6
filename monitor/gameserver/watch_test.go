package gameserver

import (
	"context"
	"flag"
	"net"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"altv-tray/monitor"
	"altv-tray/monitor/problem"
)

func TestMain(m *testing.M) {
	serveIfAsked()
	// They wait more than they compute.
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

// State is the state of a Fact.
type State = monitor.ServerState

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// watched is a running Watcher and the facts that it reported.
type watched struct {
	*Watcher
	t     *testing.T
	facts chan Fact
	stop  func()
}

// watch runs a Watcher until the test's end, or stop.
func watch(t *testing.T, cfg Config, change ...func(*Watcher)) *watched {
	t.Helper()
	facts := make(chan Fact, 4096)
	w := &watched{New(cfg, func(f Fact) { facts <- f }), t, facts, nil}
	for _, change := range change {
		change(w.Watcher)
	}
	w.Urgent(true)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.Run(ctx)
	}()
	w.stop = sync.OnceFunc(func() {
		cancel()
		<-done
	})
	t.Cleanup(w.stop)
	return w
}

// next waits for the next fact.
func (w *watched) next() Fact {
	w.t.Helper()
	select {
	case f := <-w.facts:
		return f
	case <-time.After(patience):
		w.t.Fatal("nothing was told")
		return Fact{}
	}
}

// want takes the next facts and compares their states.
func (w *watched) want(states ...State) {
	w.t.Helper()
	for _, state := range states {
		if f := w.next(); f.State != state {
			w.t.Fatalf("told %v (%v), want %v", f.State, &f.Why, state)
		}
	}
}

// wantWhy takes the next fact, which has to have that reason.
func (w *watched) wantWhy(state State, why problem.Code) {
	w.t.Helper()
	f := w.next()
	if f.State != state || f.Why.Code != why {
		w.t.Fatalf("told %v %v, want %v with %v", f.State, &f.Why, state, why)
	}
}

// quiet stops the watch, which must have reported nothing more.
func (w *watched) quiet() {
	w.t.Helper()
	w.stop()
	select {
	case f := <-w.facts:
		w.t.Fatalf("also told %v (%v)", f.State, &f.Why)
	default:
	}
}

// server is a process's worth of TCP: a listener and its connections.
type server struct {
	t        *testing.T
	address  string
	accepted chan net.Conn
	idle     func(net.Conn) // what it does with a connection; nil answers once and keeps it

	mu       sync.Mutex
	listener net.Listener
	conns    []net.Conn
	serving  sync.WaitGroup
}

func newServer(t *testing.T, idle func(net.Conn)) *server {
	s := &server{t: t, address: "127.0.0.1:0", idle: idle, accepted: make(chan net.Conn, 4096)}
	s.start()
	t.Cleanup(s.kill)
	return s
}

// start listens, at the same address each time. Another process may have our
// port for a moment, as it is an ephemeral one.
func (s *server) start() {
	s.t.Helper()
	var listener net.Listener
	for begun := time.Now(); ; {
		var err error
		if listener, err = net.Listen("tcp", s.address); err == nil {
			break
		}
		if time.Since(begun) > patience {
			s.t.Fatal(err)
		}
	}
	s.address = listener.Addr().String()
	s.listener = listener
	s.serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns = append(s.conns, conn)
			s.mu.Unlock()
			idle := s.idle
			if idle == nil {
				idle = answer
			}
			s.serving.Go(func() { idle(conn) })
			s.accepted <- conn
		}
	})
}

// kill ends listener and connections as the end of a process does.
func (s *server) kill() { s.end(true) }

// killBackwards ends the connections first.
func (s *server) killBackwards() { s.end(false) }

func (s *server) end(listenerFirst bool) {
	s.mu.Lock()
	if listenerFirst {
		s.listener.Close()
	}
	for _, conn := range s.conns {
		conn.Close()
	}
	if !listenerFirst {
		s.listener.Close()
	}
	s.conns = nil
	s.mu.Unlock()
	s.serving.Wait()
	// One may have been accepted between the two.
	s.mu.Lock()
	for _, conn := range s.conns {
		conn.Close()
	}
	s.conns = nil
	s.mu.Unlock()
}

// pass lets real time go by: how long a server is away is what is tested.
func pass(d time.Duration) { <-time.After(d) }
