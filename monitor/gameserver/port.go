package gameserver

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"time"

	"altv-tray/monitor/beat"
	"altv-tray/monitor/problem"
)

const (
	// dialLimit is less than the second after which a system repeats a dial that a closing
	// listener has dropped: the repetition would find the new server.
	dialLimit   = 900 * time.Millisecond
	urgentEvery = 50 * time.Millisecond
	calmEvery   = time.Second

	// held is the age at which a connection is a sign of life without an answer. A relay
	// takes up to 2 s to find nothing behind it, as Windows dials three times.
	held = 3 * time.Second
	// heldFresh is that age if the listening socket is new: a server that answers nothing
	// must not be reported late.
	heldFresh = 10 * time.Millisecond
	// lookEvery is how often the listening socket of a kept connection is looked for.
	lookEvery = 3 * time.Second
)

// portKind is what one step of the port's follower came to.
type portKind uint8

const (
	portNone portKind = iota
	portOpen          // a connection was answered or held
	// portReplaced: another socket than before accepted. It may have come before the line
	// in the log or the signal.
	portReplaced
	portClosed  // a connection ended, if only while it was made; the next dial shows why
	portRefused // nothing listens: proof that no server runs
	portEmpty   // a relay accepts and has nothing behind it: the same proof
	portSilent  // no answer in time, or no way there
	portFault   // this computer could not even try; says nothing of the server
)

// portSeen is one observation of the TCP port.
type portSeen struct {
	kind portKind
	at   time.Time // when the dial began: what it found was true then or later
	why  problem.Problem
}

// proven: no server runs.
func (p portSeen) proven() bool { return p.kind == portRefused || p.kind == portEmpty }

// down: no server answers there.
func (p portSeen) down() bool { return p.proven() || p.kind == portSilent }

// port follows a server by one TCP connection, with one small request at its beginning.
//
// A killed server loses its connections and its listener together, so the end of the
// connection is the moment to look. The end itself proves nothing: a living server may
// end an idle connection in the same way, at any time. Nor is an accepted connection a
// sign of life: a relay (Docker's, WSL's, netsh's, ssh's, an editor's) accepts, and hangs
// up if nothing is behind it. What counts is in portRule:
//
//   - A server is up once a connection has brought a byte, or has lasted for held
//     (heldFresh if the listening socket is new). So a server that hangs, as at a breakpoint,
//     stays up.
//   - It is down when a dial is refused, or when two requests in a row end with the
//     connection and without a byte; one, if that took longer than a server may need to
//     end a connection in the very moment of the request.
//   - The port is dialed at once after the end of a connection, but not after each of several
//     young ones. A killed server does not listen again by then, as it opens TCP only after it
//     has loaded its resources.
//   - A server that ends the connection after its answer may keep one without a request, so
//     the next one has none. If that ends young, the one after has one again.
//   - On a busy computer the dial may be later than a short restart. So after each accepted
//     dial listeners looks whether another socket listens; that is reported as Down, Up.
//   - A listening socket may go while an old connection lives on, held by a debugger or a
//     child process: see watchListener.
//
// What cannot be known: a restart between two dials, or while a relay dials, if the
// listening socket is not the server's own; a socket that went behind a relay while its
// connection lives on; and a relay that keeps connections with nothing behind it.
//
// There are at most two connections, to leave room in the queue of a server that hangs.
type port struct {
	address   string
	dial      func(ctx context.Context, network, address string) (net.Conn, error)
	listeners listeners
	urgent    func() bool
	report    func(seen any) // gets a portSeen
}

// portCodes say why there is no answering server.
var portCodes = map[portKind]problem.Code{
	portReplaced: problem.ServerReplaced, portRefused: problem.ServerRefused,
	portEmpty: problem.RelayEmpty, portSilent: problem.ServerSilent,
}

// seen is an observation of that kind, with its reason if it has one.
func (p *port) seen(kind portKind, at time.Time) portSeen {
	s := portSeen{kind: kind, at: at}
	if code := portCodes[kind]; code != "" {
		s.why = *problem.New(code, problem.Text("address", p.address))
	}
	return s
}

// run follows the port until ctx ends.
func (p *port) run(ctx context.Context) {
	rule := portRule{patience: held}
	for ctx.Err() == nil {
		began := time.Now()
		seen, conn := p.connect(ctx, began)
		end := portEnd{kind: seen.kind, at: began, asked: !rule.unasked, age: time.Since(began)}
		if conn != nil {
			// Before it is reported: what comes after must not count as known.
			if p.listeners.replaced() && rule.replaced() {
				p.report(p.seen(portReplaced, began))
			}
			end = p.keep(ctx, conn, seen, rule.unasked, rule.patience)
		}
		if ctx.Err() != nil {
			return
		}
		tell, atOnce := rule.take(end)
		switch tell {
		case portNone:
		case portFault:
			p.report(seen)
		default:
			p.report(p.seen(tell, end.at))
		}
		if !atOnce {
			p.rest(ctx, began)
		}
	}
}

// keep keeps a connection until it ends or the listening socket is gone. It reports the
// connection as open as soon as it is a sign of life; one without a request is at once.
func (p *port) keep(ctx context.Context, conn net.Conn, open portSeen, unasked bool, patience time.Duration) portEnd {
	watching, cancel := context.WithCancel(ctx)
	accepted, gone := time.Now(), time.Time{}
	var helpers sync.WaitGroup
	if !unasked {
		helpers.Go(func() { p.ask(conn) })
	}
	helpers.Go(func() {
		gone = p.watchListener(watching)
		_ = conn.Close()
	})
	end := portEnd{kind: portClosed, at: open.at, asked: !unasked, opened: unasked}
	if end.opened {
		p.report(open)
	}
	_ = conn.SetReadDeadline(accepted.Add(patience))
	var ignored [512]byte
	for {
		n, err := conn.Read(ignored[:])
		waited := errors.Is(err, os.ErrDeadlineExceeded)
		end.answered = end.answered || n > 0
		if (n > 0 || waited) && !end.opened {
			end.opened = true
			p.report(open)
		}
		if waited {
			_ = conn.SetReadDeadline(time.Time{})
		} else if err != nil {
			break
		}
	}
	end.age = time.Since(accepted)
	cancel()
	helpers.Wait()
	if ctx.Err() == nil {
		p.report(portSeen{kind: portClosed, at: open.at})
	}
	if !gone.IsZero() {
		end.kind, end.at = portRefused, gone
	}
	return end
}

// ask sends what any HTTP server answers, at least with an error.
func (p *port) ask(conn net.Conn) {
	_, _ = conn.Write([]byte("GET / HTTP/1.1\r\nHost: " + p.address + "\r\nUser-Agent: altv-tray\r\n\r\n"))
}

// watchListener looks every lookEvery whether anything still listens, and returns the time
// when nothing did, or zero when ctx ends. While the system's table shows no listening
// socket (another computer, Wine, Docker's packet filter) each look is a dial, and the next
// one waits until the server has taken that connection out of its queue.
func (p *port) watchListener(ctx context.Context) time.Time {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			return time.Time{}
		case <-beat.After(lookEvery):
		}
		if p.listeners.found() {
			continue
		}
		now := time.Now()
		seen, conn := p.connect(ctx, now)
		if conn != nil {
			stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
			var asking sync.WaitGroup
			asking.Go(func() { p.ask(conn) })
			_, _ = conn.Read(make([]byte, 1))
			stop()
			_ = conn.Close()
			asking.Wait()
		}
		if seen.kind == portRefused {
			return now
		}
	}
	return time.Time{}
}

// connect dials once.
func (p *port) connect(ctx context.Context, began time.Time) (portSeen, net.Conn) {
	limited, cancel := context.WithTimeout(ctx, dialLimit)
	defer cancel()
	conn, err := p.dial(limited, "tcp", p.address)
	if err == nil {
		return p.seen(portOpen, began), conn
	}
	var timeout net.Error
	switch {
	case Refused(err):
		return p.seen(portRefused, began), nil
	case cutOff(err):
		return p.seen(portClosed, began), nil
	case unreachable(err), errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return p.seen(portSilent, began), nil
	default:
		return portSeen{portFault, began, *problem.New(problem.ServerNotTried, problem.Text("address", p.address), problem.Text("cause", cause(err)))}, nil
	}
}

// rest waits until the next dial is due.
func (p *port) rest(ctx context.Context, last time.Time) {
	every := calmEvery
	if p.urgent() {
		every = urgentEvery
	}
	select {
	case <-ctx.Done():
	case <-time.After(time.Until(last.Add(every))):
	}
}

// dialTCP is the real dial. Its keep-alive probes notice a vanished computer in half a minute.
func dialTCP(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}}
	return dialer.DialContext(ctx, network, address)
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
