package gameserver

import (
	"context"
	"errors"
	"net"
	"time"
)

const (
	dialLimit = time.Second
	// hastyLimit is for a dial over loopback right after an end, where the
	// system answers at once or, see port, not at all.
	hastyLimit  = 5 * time.Millisecond
	urgentEvery = 50 * time.Millisecond
	calmEvery   = time.Second

	// settled is the age from which a connection's end is dialed after at once,
	// without counting against hasteBudget.
	settled     = time.Second
	hasteBudget = 10
)

// portKind is what one step of the port's follower came to.
type portKind uint8

const (
	portNone portKind = iota
	portOpen          // a connection was accepted
	// portReplaced: another socket than before accepted, as is told next. When it
	// came is not known, so the line in the log or the signal may be the new
	// server's already; those two tell of restarts themselves.
	portReplaced
	portClosed  // it ended, if only while it was made; the next dial tells why
	portRefused // nothing listens: proof that no server runs
	portSilent  // no answer in time, or no way there
	portFault   // this computer could not even try; says nothing of the server
)

// portSeen is one observation of the TCP port.
type portSeen struct {
	kind portKind
	at   time.Time // when the dial began: what it found was true then or later
	why  string
}

// down: no server answers there.
func (p portSeen) down() bool { return p.kind == portRefused || p.kind == portSilent }

// port follows a server by one TCP connection on which nothing is ever sent.
//
// A killed server loses its connections and its listener together, so the end
// of the connection is the moment to look. The end itself proves nothing: how
// long a living alt:V server keeps an idle connection is not documented, and
// with no data unread a killed process says the same orderly FIN as an idle
// time-out. (A killed Windows process sends RST, but so does any server that
// closes without lingering.) Proof is a refused dial, or a listening socket that
// was not there before. Therefore:
//
//   - Upon the end the port is dialed at once. A server that was killed is not
//     listening again by then, as it opens TCP only after it has loaded its
//     resources; the dial is refused: Down.
//   - On a busy computer, though, the dial may be late by more than a short
//     restart takes. So whenever one is accepted, see listeners, it is looked
//     whether another socket listens now: told as Down, Up.
//   - If the dial is accepted, the new connection is the one that is kept. Where
//     the connections died a moment before the listener, that dial was accepted
//     by the dying listener's queue; it is reset with it, and the next one, at
//     once again, is refused. So no polling is needed: the kept connection is
//     itself the probe.
//   - A dial that meets the listener in the midst of closing may get no answer:
//     the system drops it, and its repetition a second later would find the new
//     server. So over loopback a dial after an end is given up after hastyLimit
//     and made anew.
//   - A server that keeps ending young connections would make this spin. After
//     hasteBudget such ends in a row, the next dial waits until calmEvery
//     (urgentEvery when urgent) after the last.
//
// What is left is a server whose listening socket this computer does not know:
// one on another computer, or behind a relay of Docker's or WSL's that listens
// in its place. There, a restart that falls wholly between two dials is not
// noticed: one shorter than a dial is late, or, after hasteBudget, than those
// waits.
//
// There is never more than one connection, so a server that hangs (a debugger's
// breakpoint) does not get its queue filled, which would look like refusing.
type port struct {
	address   string
	dial      func(ctx context.Context, network, address string) (net.Conn, error)
	listeners listeners
	urgent    func() bool
	wake      <-chan struct{} // look now
	report    func(portSeen)
}

// run follows the port until ctx ends.
func (p *port) run(ctx context.Context) {
	haste, hasty, down := hasteBudget, false, false
	near := p.listeners.at.Addr().IsLoopback()
	for ctx.Err() == nil {
		began, limit := time.Now(), dialLimit
		if hasty && near {
			limit = hastyLimit
		}
		seen, conn := p.connect(ctx, began, limit)
		if ctx.Err() != nil {
			if conn != nil {
				_ = conn.Close()
			}
			return
		}
		if seen.kind == portSilent && limit == hastyLimit {
			hasty = haste > 0
			haste = max(haste-1, 0)
			continue
		}
		hasty = false
		switch seen.kind {
		case portRefused, portSilent:
			p.report(seen)
			down = true
			if seen.kind == portRefused {
				haste = hasteBudget // so the end before it was no habit
			}
			p.rest(ctx, began)
			continue
		case portOpen:
			// Before it is told: whatever comes after must not be taken for known.
			if p.listeners.replaced() && !down {
				p.report(portSeen{portReplaced, began, "another server than before listens on " + p.address})
				haste = hasteBudget
			}
			p.report(seen)
			down = false
			accepted := time.Now()
			hold(ctx, conn)
			if ctx.Err() != nil {
				return
			}
			p.report(portSeen{kind: portClosed, at: began})
			if time.Since(accepted) >= settled {
				haste = hasteBudget
			}
		}
		if haste > 0 {
			haste--
			hasty = true
			continue
		}
		// Where Down was told it stays: Unknown between Down and Up would hide
		// that the server had been away.
		if seen.kind == portFault && !down {
			p.report(seen)
		}
		p.rest(ctx, began)
	}
}

// connect dials once, within limit.
func (p *port) connect(ctx context.Context, began time.Time, limit time.Duration) (portSeen, net.Conn) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	conn, err := p.dial(limited, "tcp", p.address)
	if err == nil {
		return portSeen{kind: portOpen, at: began}, conn
	}
	var timeout net.Error
	switch {
	case refused(err):
		return portSeen{portRefused, began, "nothing listens on " + p.address}, nil
	case cutOff(err):
		return portSeen{kind: portClosed, at: began}, nil
	case unreachable(err), errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return portSeen{portSilent, began, "no answer from " + p.address}, nil
	default:
		return portSeen{portFault, began, "cannot connect to " + p.address + ": " + innermost(err)}, nil
	}
}

// innermost cuts off what net wraps around a cause: it names our own port, new
// each time, and would make one fault look like many.
func innermost(err error) string {
	if op := (*net.OpError)(nil); errors.As(err, &op) && op.Err != nil {
		return op.Err.Error()
	}
	return err.Error()
}

// hold waits until the other side, or ctx, ends the connection. What the server
// says on it, such as a time-out notice, is of no interest.
func hold(ctx context.Context, conn net.Conn) {
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer func() {
		stop()
		_ = conn.Close()
	}()
	var ignored [512]byte
	for {
		if _, err := conn.Read(ignored[:]); err != nil {
			return
		}
	}
}

// rest waits until the next dial is due, or one is asked for.
func (p *port) rest(ctx context.Context, last time.Time) {
	every := calmEvery
	if p.urgent() {
		every = urgentEvery
	}
	timer := time.NewTimer(time.Until(last.Add(every)))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-p.wake:
	}
}

// dialTCP is the dial used outside tests. Loopback needs no keep-alive probes;
// elsewhere they find a computer that vanished within about half a minute.
func dialTCP(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{KeepAlive: -1}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if far, ok := conn.RemoteAddr().(*net.TCPAddr); ok && !far.IP.IsLoopback() {
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetKeepAliveConfig(net.KeepAliveConfig{
				Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3,
			})
		}
	}
	return conn, nil
}

// portJudge is for the source "port": ready is what accepts.
type portJudge struct{}

func (portJudge) see(seen any) []Fact {
	port, ok := seen.(portSeen)
	switch {
	case !ok:
	case port.kind == portOpen:
		return []Fact{{State: Up}}
	case port.down(), port.kind == portReplaced:
		return []Fact{{State: Down, Why: port.why}}
	case port.kind == portFault:
		return []Fact{{State: Unknown, Why: port.why}}
	}
	return nil
}
