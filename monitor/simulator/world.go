package simulator

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
)

// World is a simulated client and its server. Make one with
// [New]. Its methods, and those of its Client and Server, may be called from
// several goroutines.
type World struct {
	Client *Client
	Server *Server

	opts     Options
	ctx      context.Context // done when the world is closed
	end      context.CancelFunc
	tasks    sync.WaitGroup // the goroutines of the client and the server
	mu       sync.Mutex     // guards the state of both: each sees the other's
	closed   bool
	speaking sync.Mutex // keeps events one at a time; taken after mu, never before
}

// New makes a world in which nothing runs yet.
func New(opts Options) *World {
	w := &World{opts: opts}
	if w.opts.Listen == nil {
		w.opts.Listen = net.Listen
	}
	w.ctx, w.end = context.WithCancel(context.Background())
	w.Client = newClient(w)
	w.Server = newServer(w)
	return w
}

// Start starts the server and the client on these addresses, each a host and a
// port; with port 0 the system picks one, which stays the same for the
// world's life. When it returns, the client says LOADING and the server loads its
// resources. The error is that of an address that cannot be listened on; nothing
// runs then.
func (w *World) Start(clientAddr, serverAddr string) error {
	if w.isClosed() {
		return errClosed
	}
	if w.Client.Addr() != "" {
		return errors.New("this simulated world was started already: make another one")
	}
	held, err := w.Server.settle(serverAddr)
	if err != nil {
		return err
	}
	err = w.Client.start(clientAddr)
	_ = held.Close()
	if err != nil {
		return err
	}
	w.Server.Up()
	return nil
}

// Close ends the client and shuts the server down ("Server shutdown" in its log), and
// returns when all goroutines of the world have ended. A second Close does nothing. The error is always nil.
func (w *World) Close() error {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.Client.Quit()
	w.Server.Stop()
	w.Server.life.Lock()
	w.Server.endRelay()
	w.Server.life.Unlock()
	w.end()
	w.tasks.Wait()
	return nil
}

var (
	errClosed     = errors.New("this simulated world is closed: make another one")
	errNotStarted = errors.New("this simulated world is not started yet: start it first")
)

func (w *World) isClosed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.closed
}

// tell calls Options.Event with a line.
func (w *World) tell(format string, args ...any) {
	if w.opts.Event == nil {
		return
	}
	w.speaking.Lock()
	defer w.speaking.Unlock()
	w.opts.Event(fmt.Sprintf(format, args...))
}

func (w *World) listen(who, address string) (net.Listener, error) {
	listener, err := w.opts.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("the simulated %s cannot listen on %s (if another program does, end it or choose another address): %w", who, address, err)
	}
	return listener, nil
}
