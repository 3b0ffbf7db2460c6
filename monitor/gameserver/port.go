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

	// proofAge is the age at which a connection shows, without an answer, that a server runs.
	// A relay takes up to 2 s to find nothing behind it, as Windows dials three times.
	proofAge = 3 * time.Second
	// newProofAge is that age if the listening socket is new: a server that never answers
	// must not be reported late.
	newProofAge = 10 * time.Millisecond
	// listenerEvery is how often the listening socket of an open connection is checked.
	listenerEvery = 3 * time.Second
)

// portKind is the result of one step of the port's follower.
type portKind uint8

const (
	portNone portKind = iota
	portOpen          // a connection was answered, or reached the proof age
	// portReplaced: another socket than before accepted. It may have come before the line
	// in the log or the signal.
	portReplaced
	portClosed  // a connection ended, or was cut off while it was made; the next dial shows why
	portRefused // nothing listens: proof that no server runs
	portEmpty   // a relay accepts and has nothing behind it: the same proof
	portSilent  // no answer in time, or no route
	portFault   // this computer could not dial at all; says nothing about the server
)

// portReport is one observation of the TCP port.
type portReport struct {
	kind portKind
	at   time.Time // when the dial began: what it found was true then or later
	why  problem.Problem
}

// proven reports whether it proves that no server runs.
func (p portReport) proven() bool { return p.kind == portRefused || p.kind == portEmpty }

// down reports whether no server answers.
func (p portReport) down() bool { return p.proven() || p.kind == portSilent }

// portFacts decides for the source "port": the server is ready when its port is open.
func portFacts(report any) []Fact {
	port, ok := report.(portReport)
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

// port follows a server by one TCP connection, with one small request at its beginning.
//
// A killed server loses its connections and its listener together, so the end of the
// connection is the moment to dial again. The end itself proves nothing: a living server may
// end an idle connection in the same way, at any time. Nor does an accepted connection prove
// that a server runs: a relay (Docker's, WSL's, netsh's, ssh's, an editor's) accepts, and
// hangs up if nothing is behind it. portRule has the rules:
//
//   - A server is up once a connection has brought a byte, or has lasted for proofAge
//     (newProofAge if the listening socket is new). So a server that hangs, as at a
//     breakpoint, stays up.
//   - It is down when a dial is refused, or when two requests in a row end with the
//     connection and without a byte; after one, if that took longer than a server may need
//     to end a connection at the very moment of the request.
//   - The port is dialed at once after the end of a connection, but not after each of several
//     young ones. A killed server does not listen again by then, as it opens TCP only after it
//     has loaded its resources.
//   - A server that ends the connection after its answer may keep a connection without a
//     request, so the next one gets none. If that ends young, the one after gets one again.
//   - On a busy computer the dial may be later than a short restart. So after each accepted
//     dial listeners checks whether another socket listens; that is reported as Down, Up.
//   - A listening socket may go while an old connection lives on, held by a debugger or a
//     child process: see watchListener.
//
// Three things cannot be noticed: a restart between two dials, or while a relay dials, if the
// listening socket is not the server's own; the end of a socket behind a relay while its
// connection lives on; and a relay that keeps connections with nothing behind it.
//
// There are at most two connections, to leave room in the queue of a server that hangs.
type port struct {
	address   string
	dial      func(ctx context.Context, network, address string) (net.Conn, error)
	listeners listeners
	urgent    func() bool
	report    func(report any) // gets a portReport
}

// portCodes has the reasons why no server answers.
var portCodes = map[portKind]problem.Code{
	portReplaced: problem.ServerReplaced, portRefused: problem.ServerRefused,
	portEmpty: problem.RelayEmpty, portSilent: problem.ServerSilent,
}

// newReport returns a report with the reason from portCodes, if there is one.
func (p *port) newReport(kind portKind, at time.Time) portReport {
	report := portReport{kind: kind, at: at}
	if code := portCodes[kind]; code != "" {
		report.why = *problem.New(code, problem.Text("address", p.address))
	}
	return report
}

// run follows the port until ctx ends.
func (p *port) run(ctx context.Context) {
	rule := portRule{proofAge: proofAge}
	for ctx.Err() == nil {
		began := time.Now()
		dialed, conn := p.connect(ctx, began)
		end := portEnd{kind: dialed.kind, at: began, requested: !rule.skipRequest, age: time.Since(began)}
		if conn != nil {
			// This comes before the connection is reported, as no later socket may count as known.
			if p.listeners.replaced() && rule.replaced() {
				p.report(p.newReport(portReplaced, began))
			}
			end = p.keep(ctx, conn, dialed, rule)
		}
		if ctx.Err() != nil {
			return
		}
		kind, redial := rule.decide(end)
		switch kind {
		case portNone:
		case portFault:
			p.report(dialed)
		default:
			p.report(p.newReport(kind, end.at))
		}
		if !redial {
			p.rest(ctx, began)
		}
	}
}

// keep keeps a connection until it ends or the listening socket is gone. It reports open as
// soon as the connection shows that a server runs; without a request, at once.
func (p *port) keep(ctx context.Context, conn net.Conn, open portReport, rule portRule) portEnd {
	watching, cancel := context.WithCancel(ctx)
	accepted, gone := time.Now(), time.Time{}
	var helpers sync.WaitGroup
	if !rule.skipRequest {
		helpers.Go(func() { sendRequest(conn, p.address) })
	}
	helpers.Go(func() {
		gone = p.watchListener(watching)
		_ = conn.Close()
	})
	end := portEnd{kind: portClosed, at: open.at, requested: !rule.skipRequest, opened: rule.skipRequest}
	if end.opened {
		p.report(open)
	}
	_ = conn.SetReadDeadline(accepted.Add(rule.proofAge))
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
		p.report(portReport{kind: portClosed, at: open.at})
	}
	if !gone.IsZero() {
		end.kind, end.at = portRefused, gone
	}
	return end
}

// watchListener checks every listenerEvery whether anything still listens, and returns the
// time when nothing did, or the zero time when ctx ends. While the system's table shows no
// listening socket (another computer, Wine, Docker's packet filter) each check is a dial, and
// the next one waits until the server has taken that connection out of its queue.
func (p *port) watchListener(ctx context.Context) time.Time {
	for {
		select {
		case <-ctx.Done():
			return time.Time{}
		case <-beat.After(listenerEvery):
		}
		if len(p.listeners.search()) > 0 {
			continue
		}
		now := time.Now()
		dialed, conn := p.connect(ctx, now)
		if conn != nil {
			answers(ctx, conn, p.address)
		}
		if dialed.kind == portRefused {
			return now
		}
	}
}

// connect dials once.
func (p *port) connect(ctx context.Context, began time.Time) (portReport, net.Conn) {
	limited, cancel := context.WithTimeout(ctx, dialLimit)
	defer cancel()
	conn, err := p.dial(limited, "tcp", p.address)
	if err == nil {
		return p.newReport(portOpen, began), conn
	}
	var timeout net.Error
	switch {
	case Refused(err):
		return p.newReport(portRefused, began), nil
	case cutOff(err):
		return p.newReport(portClosed, began), nil
	case unreachable(err), errors.As(err, &timeout) && timeout.Timeout():
		return p.newReport(portSilent, began), nil
	}
	why := problem.New(problem.ServerNotTried, problem.Text("address", p.address), problem.Text("cause", cause(err)))
	return portReport{portFault, began, *why}, nil
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
