package simulator

import (
	"context"
	"net"
	"os"
	"sync"
)

// PipeListener is a listener in memory: its connections are pairs of net.Pipe.
// Unlike a socket it can be waited for inside a testing/synctest bubble, where it must
// then be made as well. Make one with [ListenPipe].
type PipeListener struct {
	addr   net.Addr
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

// ListenPipe opens a listener without an address, for use with its own Dial.
func ListenPipe() *PipeListener { return listenPipe(pipeAddr{}) }

func listenPipe(addr net.Addr) *PipeListener {
	return &PipeListener{addr: addr, conns: make(chan net.Conn), closed: make(chan struct{})}
}

// Dial connects to the listener once it accepts. The error is a *net.OpError:
// of a refused connection, just as a socket's is on this system, where the
// listener is closed (errors.Is with syscall.ECONNREFUSED; on Windows with
// windows.WSAECONNREFUSED), or of ctx where that is done before.
func (l *PipeListener) Dial(ctx context.Context) (net.Conn, error) {
	if l.isClosed() {
		return nil, refused(l.addr)
	}
	client, server := net.Pipe()
	err := refused(l.addr)
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
	case <-ctx.Done():
		err = &net.OpError{Op: "dial", Net: l.addr.Network(), Addr: l.addr, Err: ctx.Err()}
	}
	_ = client.Close()
	_ = server.Close()
	return nil, err
}

// take gives the listener a connection to accept; false if the listener is closed.
func (l *PipeListener) take(conn net.Conn) bool {
	select {
	case <-l.closed:
		return false
	default:
	}
	select {
	case l.conns <- conn:
		return true
	case <-l.closed:
		return false
	}
}

// Accept waits for the next Dial. After Close the error is net.ErrClosed.
func (l *PipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, &net.OpError{Op: "accept", Net: l.addr.Network(), Addr: l.addr, Err: net.ErrClosed}
	}
}

// Close refuses further connections. Existing ones stay open. The error is
// always nil.
func (l *PipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr returns the address that it was opened with; for ListenPipe's it is "pipe".
func (l *PipeListener) Addr() net.Addr { return l.addr }

func (l *PipeListener) isClosed() bool {
	select {
	case <-l.closed:
		return true
	default:
		return false
	}
}

func refused(addr net.Addr) error {
	return &net.OpError{Op: "dial", Net: addr.Network(), Addr: addr, Err: os.NewSyscallError("connect", errRefused)}
}

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }
