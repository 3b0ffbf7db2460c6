package simulator

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server is the simulated alt:V game server.
type Server struct {
	world *World
	life  sync.Mutex // held by whatever starts or ends it
	halt  func()     // guarded by life: ends the start under way and waits for it
	relay *relay     // guarded by life; nil where there is none

	// Guarded by world.mu.
	addr    string
	run     *run          // nil while it is down
	changed chan struct{} // closed, and replaced, when run or what is in it has changed
}

// run is the server from one start to its end.
type run struct {
	ended chan struct{} // closed when it has ended
	log   *serverLog
	port  *port // nil until the resources are loaded
	ready bool  // it can be joined
}

func newServer(w *World) *Server {
	return &Server{world: w, halt: func() {}, changed: make(chan struct{})}
}

// Addr returns the server's host and port; empty before the world's start. It
// stays the same however often the server is started.
func (s *Server) Addr() string {
	s.world.mu.Lock()
	defer s.world.mu.Unlock()
	return s.addr
}

// Running reports whether the server runs, also while it is still starting.
func (s *Server) Running() bool {
	s.world.mu.Lock()
	defer s.world.mu.Unlock()
	return s.run != nil
}

// Ready reports whether the server has written "Server started" and can be joined.
func (s *Server) Ready() bool {
	run, _ := s.joinable()
	return run != nil
}

// Up starts the server, at once even if a restart would start it later. If it runs, or
// the world is closed or not started, nothing happens. When Up returns its log
// is a new one; its port opens after [ResourcesTime].
func (s *Server) Up() {
	s.life.Lock()
	defer s.life.Unlock()
	if s.Running() || s.Addr() == "" || s.world.isClosed() {
		return
	}
	s.halt()
	s.finish(false, "killed") // a restart that was halted half-way
	s.begin()
	s.task(s.load)
}

// Down kills the server: its port is closed and its connections are reset when
// it returns, and its log just ends. A restart that would start the server later
// does not any more.
func (s *Server) Down() {
	s.life.Lock()
	defer s.life.Unlock()
	s.halt()
	s.finish(false, "killed")
}

// Stop shuts the server down: "Server shutdown" is logged and connections are closed,
// not reset.
func (s *Server) Stop() {
	s.life.Lock()
	defer s.life.Unlock()
	s.halt()
	s.finish(true, "shut down")
}

// Restart shuts the server down, if it runs, and returns; the server starts again after
// the time down, which is not divided by Speed.
func (s *Server) Restart(down time.Duration) {
	s.life.Lock()
	defer s.life.Unlock()
	if s.Addr() == "" || s.world.isClosed() {
		return
	}
	s.halt()
	s.finish(true, "shut down")
	s.task(func(ctx context.Context) {
		if hold(ctx, down, nil) {
			s.begin()
			s.load(ctx)
		}
	})
}

// settle finds out which address the server will have, and that it is free. The
// listener is to be closed when the client has its port, or the system might pick
// the same one for both. It cannot stay open: until the resources are loaded the
// server refuses connections.
func (s *Server) settle(addr string) (net.Listener, error) {
	listener, err := s.world.listen("server", addr)
	if err == nil {
		s.world.mu.Lock()
		s.addr = listener.Addr().String()
		s.world.mu.Unlock()
	}
	return listener, err
}

// task runs f in a goroutine that halt ends. The caller holds life.
func (s *Server) task(f func(ctx context.Context)) {
	ctx, cancel := context.WithCancel(s.world.ctx)
	done := make(chan struct{})
	s.halt = func() {
		cancel()
		<-done
	}
	s.world.tasks.Go(func() {
		defer close(done)
		f(ctx)
	})
}

// begin is the start of the process.
func (s *Server) begin() {
	run := &run{ended: make(chan struct{}), log: openLog(s.world.opts.Folder, s.world.tell)}
	run.log.begin(s.Addr())
	s.world.mu.Lock()
	defer s.world.mu.Unlock()
	s.run = run
	s.world.tell("server: starting")
}

// load is what the process does until it can be joined.
func (s *Server) load(ctx context.Context) {
	s.world.mu.Lock()
	run, addr := s.run, s.addr
	s.world.mu.Unlock()

	if !hold(ctx, s.world.opts.Scale(ResourcesTime), nil) {
		return
	}
	run.log.resourcesLoaded(addr)
	listener, err := s.listen(addr)
	if err != nil {
		s.world.tell("server: %v", err)
		s.finish(false, "ended, because its port is not free")
		return
	}
	s.world.mu.Lock()
	run.port = s.httpServer()
	run.port.Start(listener)
	s.world.tell("server: listening on %s", addr)
	s.world.mu.Unlock()
	run.log.threadsStarted()

	if !hold(ctx, s.world.opts.Scale(ThreadsTime), nil) {
		return
	}
	run.log.started()
	s.world.mu.Lock()
	defer s.world.mu.Unlock()
	run.ready = true
	s.announce()
	s.world.tell("server: ready")
}

// listen opens the port, or the listener behind the relay. It runs in a task, for
// whose length s.relay stays the same.
func (s *Server) listen(addr string) (net.Listener, error) {
	if s.relay != nil {
		return s.relay.listen(), nil
	}
	return s.world.listen("server", addr)
}

func (s *Server) httpServer() *port {
	return &port{http: http.Server{
		Handler:           http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, "simulated alt:V server\n") }),
		ReadHeaderTimeout: s.world.opts.CloseIdle,
		IdleTimeout:       s.world.opts.CloseIdle,
		MaxHeaderBytes:    16 << 10,
	}}
}

// finish ends the run that there is, if any.
func (s *Server) finish(orderly bool, how string) {
	s.world.mu.Lock()
	run := s.run
	if run != nil {
		s.run = nil
		close(run.ended)
		s.announce()
		s.world.tell("server: %s", how)
	}
	s.world.mu.Unlock()
	if run == nil {
		return
	}
	if orderly {
		run.log.shutdown()
	}
	run.log.close()
	if run.port != nil {
		run.port.Close(!orderly)
	}
}

// announce wakes those that wait for the server. The caller holds world.mu.
func (s *Server) announce() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// joinable returns the run that can be joined, nil where there is none, and a
// channel that is closed when that may have changed.
func (s *Server) joinable() (*run, <-chan struct{}) {
	s.world.mu.Lock()
	defer s.world.mu.Unlock()
	if s.run == nil || !s.run.ready {
		return nil, s.changed
	}
	return s.run, s.changed
}
