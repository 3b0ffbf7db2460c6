package simulator

import (
	"context"
	"net"
	"net/netip"
	"os"
	"sync"
)

// Network is a network in memory with listeners at addresses, for worlds inside
// testing/synctest bubbles: set Options.Listen to its Listen, and have the
// program under test dial with its Dial. The zero value is an empty network. Addresses are compared
// as texts, and names are not resolved.
type Network struct {
	mu        sync.Mutex
	listeners map[string]*PipeListener
	last      uint16 // the last port that was picked
}

// firstPort is the first port that Listen picks, as a system does.
const firstPort = 49152

// Listen opens a listener at an IP address and port; port 0 picks one. The
// network, such as "tcp", is taken for tcp whatever it is. The error is a
// *net.OpError: a broken address, or one in use.
func (n *Network) Listen(_, address string) (net.Listener, error) {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return nil, &net.OpError{Op: "listen", Net: "tcp", Err: err}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if at.Port() == 0 {
		if n.last < firstPort {
			n.last = firstPort - 1
		}
		n.last++
		at = netip.AddrPortFrom(at.Addr(), n.last)
	}
	addr := net.TCPAddrFromAddrPort(at)
	if old := n.listeners[at.String()]; old != nil && !old.isClosed() {
		return nil, &net.OpError{Op: "listen", Net: "tcp", Addr: addr, Err: os.NewSyscallError("bind", errInUse)}
	}
	listener := listenPipe(addr)
	if n.listeners == nil {
		n.listeners = map[string]*PipeListener{}
	}
	n.listeners[at.String()] = listener
	return listener, nil
}

// Dial connects to the listener at address, and is what http.Transport takes as
// its DialContext. Where nobody listens the error is that of a refused
// connection, as for [PipeListener.Dial].
func (n *Network) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	n.mu.Lock()
	listener := n.listeners[address]
	n.mu.Unlock()
	if listener == nil {
		return nil, refused(dialled{network, address})
	}
	return listener.Dial(ctx)
}

// dialled is an address at which nobody has ever listened.
type dialled struct{ network, address string }

func (d dialled) Network() string { return d.network }
func (d dialled) String() string  { return d.address }
