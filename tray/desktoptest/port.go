//go:build linux

package desktoptest

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Port is the debug port of an alt:V client that the test controls: GET /status answers
// with a word, POST /reconnect is accepted and begins a join.
type Port struct {
	Address string // 127.0.0.1 and a port that stays its own while it is closed
	// OneAtATime makes a connection wait until the one before it has been closed.
	// Set it while the port is closed.
	OneAtATime bool

	mu       sync.Mutex
	word     string
	html     bool
	hang     chan struct{} // nil: answer at once; else answer when closed
	script   []Step
	join     int // counts joins, so that a step knows its own
	stepped  int // how far that one is
	timers   []*time.Timer
	requests []Request
	server   *http.Server
}

// Request is one that reached the port.
type Request struct {
	At     time.Time // when its body had been read
	Method string
	Path   string
	Host   string
	Header http.Header
	Body   string
	Word   string // the status word that was in force when it came
}

// Step is a part of a join: the word that the client says from After on, counted
// from the reconnect's arrival.
type Step struct {
	After time.Duration
	Word  string
}

// Joins is a join that succeeds quickly, yet slowly enough to be watched by
// a program that looks every 50 ms.
var Joins = []Step{{0, "DISCONNECTING"}, {150 * time.Millisecond, "CONNECTING"}, {300 * time.Millisecond, "DOWNLOADING_FILES"}, {450 * time.Millisecond, "IN_GAME"}}

// FallsBack is a join that ends in the main menu after the download, as one with
// a wrong password does.
var FallsBack = []Step{{0, "CONNECTING"}, {200 * time.Millisecond, "DOWNLOADING_FILES"}, {400 * time.Millisecond, "MAIN_MENU"}}

// StartPort opens the port, with the status word; it closes with the test. Until
// Script is called, a reconnect changes nothing.
func StartPort(t testing.TB, word string) *Port {
	t.Helper()
	p := &Port{word: word}
	p.open(t, ownAddress(t))
	t.Cleanup(func() {
		p.Hang(false)
		p.Close()
	})
	return p
}

// ownAddress returns a loopback address where nothing listens. Its port is below those
// that the system picks, so that no outgoing connection takes it between two listeners
// of a test.
func ownAddress(t testing.TB) string {
	t.Helper()
	for range 100 {
		address := fmt.Sprintf("127.0.0.1:%d", 15000+rand.IntN(15000))
		if listener, err := net.Listen("tcp", address); err == nil {
			listener.Close()
			return address
		}
	}
	t.Fatal("find a free port: 100 were taken")
	return ""
}

// listen opens a port that may have been closed just now. A process that is being started
// keeps everything open until it runs.
func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	for begun := time.Now(); errors.Is(err, syscall.EADDRINUSE) && time.Since(begun) < 5*time.Second; {
		listener, err = net.Listen("tcp", address)
	}
	return listener, err
}

func (p *Port) open(t testing.TB, address string) {
	t.Helper()
	listener, err := listen(address)
	if err != nil {
		t.Fatalf("open the debug port: %v", err)
	}
	server := &http.Server{Handler: p}
	if p.OneAtATime {
		turn := make(chan struct{}, 1)
		server.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				turn <- struct{}{} // Serve accepts no other one meanwhile
			}
			if state == http.StateClosed {
				<-turn
			}
		}
	}
	p.mu.Lock()
	p.Address, p.server = listener.Addr().String(), server
	p.mu.Unlock()
	go server.Serve(listener)
}

// Close ends the client: nothing listens any more.
func (p *Port) Close() {
	p.mu.Lock()
	server := p.server
	p.server = nil
	p.stopJoin()
	p.mu.Unlock()
	if server != nil {
		server.Close()
	}
}

// Reopen starts the client again, at the same address, with the status word.
func (p *Port) Reopen(t testing.TB, word string) {
	t.Helper()
	p.Set(word)
	p.open(t, p.Address)
}

// Set makes the client say another word from now on. A join under way ends with
// it.
func (p *Port) Set(word string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopJoin()
	p.word = word
}

// stopJoin drops the rest of the script; p.mu is held. A step whose time has come already
// finds another join, or none.
func (p *Port) stopJoin() {
	for _, timer := range p.timers {
		timer.Stop()
	}
	p.timers = nil
	p.stepped = 0
	p.join++
}

// step does the next part of the script, unless its join has ended or, on a busy machine,
// a later step came first.
func (p *Port) step(join, n int, word string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.join == join && n >= p.stepped {
		p.word, p.stepped = word, n
	}
}

// BeAnother makes the port answer with a web page, as a program that is not
// alt:V does.
func (p *Port) BeAnother() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.html = true
}

// Script sets what follows a reconnect.
func (p *Port) Script(steps ...Step) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.script = steps
}

// Hang makes the port accept requests without answering, or answer again.
func (p *Port) Hang(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hang != nil {
		close(p.hang)
		p.hang = nil
	}
	if on {
		p.hang = make(chan struct{})
	}
}

// ServeHTTP answers as a client does.
func (p *Port) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return // cut off: it never arrived
	}
	p.mu.Lock()
	word, html, hang := p.word, p.html, p.hang
	p.requests = append(p.requests, Request{
		At: time.Now(), Method: r.Method, Path: r.URL.Path, Host: r.Host,
		Header: r.Header.Clone(), Body: string(body), Word: word,
	})
	if r.URL.Path == "/reconnect" && !html {
		p.stopJoin()
		join := p.join
		for n, step := range p.script {
			if step.After == 0 {
				p.word = step.Word
				continue
			}
			p.timers = append(p.timers, time.AfterFunc(step.After, func() { p.step(join, n, step.Word) }))
		}
	}
	p.mu.Unlock()
	if hang != nil {
		select {
		case <-hang:
		case <-r.Context().Done():
			return
		}
	}
	switch {
	case html:
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html><title>DevTools</title><p>Not what you look for")
	case r.URL.Path == "/status":
		fmt.Fprint(w, word)
	case r.URL.Path == "/reconnect":
		fmt.Fprint(w, "OK")
	default:
		http.NotFound(w, r)
	}
}

// Polls returns the requests for the status so far.
func (p *Port) Polls() []Request {
	return p.only(func(r Request) bool { return r.Path == "/status" })
}

// Reconnects returns all requests but those for the status: what could have
// started a join, by whatever method.
func (p *Port) Reconnects() []Request {
	return p.only(func(r Request) bool { return r.Path != "/status" })
}

func (p *Port) only(keep func(Request) bool) []Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(p.requests), func(r Request) bool { return !keep(r) })
}

// WaitReconnects waits until n reconnects have arrived in all, and returns them.
func (p *Port) WaitReconnects(t testing.TB, n int, limit time.Duration) []Request {
	t.Helper()
	Until(t, limit, fmt.Sprintf("%d reconnects arrive", n), func() (bool, string) {
		return len(p.Reconnects()) >= n, fmt.Sprintf("%+v after %d polls", p.Reconnects(), len(p.Polls()))
	})
	return p.Reconnects()
}

// WaitPolls waits for n more requests for the status. Anything that the program meant to
// send would have come by then.
func (p *Port) WaitPolls(t testing.TB, n int) {
	t.Helper()
	before := len(p.Polls())
	Until(t, time.Duration(n+1)*3*time.Second, fmt.Sprintf("%d more polls", n), func() (bool, string) {
		return len(p.Polls()) >= before+n, fmt.Sprintf("%d more", len(p.Polls())-before)
	})
}
