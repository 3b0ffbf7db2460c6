//go:build linux

package desktoptest

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// FaultPort is what can be on a debug port in place of a healthy client: a TCP server
// that answers each request with any bytes that a test wants, and remembers every byte
// that it received.
type FaultPort struct {
	Address string

	listener net.Listener
	fault    Fault
	done     chan struct{} // closed with the port

	mu       sync.Mutex
	closed   bool
	conns    map[net.Conn]bool
	heard    bytes.Buffer
	requests []Request
}

// Fault answers one request over its connection. False closes the connection.
type Fault func(p *FaultPort, conn net.Conn, r Request) (keep bool)

// StartFaultPort opens the port at an address, such as that of a Port that was closed. It
// closes with the test.
func StartFaultPort(t testing.TB, address string, fault Fault) *FaultPort {
	t.Helper()
	p, err := openFaultPort(address, fault)
	if err != nil {
		t.Fatalf("open the port of faults: %v", err)
	}
	t.Cleanup(p.Close)
	return p
}

func openFaultPort(address string, fault Fault) (*FaultPort, error) {
	listener, err := listen(address)
	if err != nil {
		return nil, err
	}
	p := &FaultPort{
		Address: listener.Addr().String(), listener: listener, fault: fault,
		done: make(chan struct{}), conns: make(map[net.Conn]bool),
	}
	go p.accept()
	return p, nil
}

func (p *FaultPort) accept() {
	for {
		conn, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		if p.closed {
			p.mu.Unlock()
			conn.Close()
			return
		}
		p.conns[conn] = true
		p.mu.Unlock()
		go p.converse(conn)
	}
}

func (p *FaultPort) converse(conn net.Conn) {
	defer func() {
		conn.Close()
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.conns, conn)
	}()
	r := bufio.NewReader(io.TeeReader(conn, (*ear)(p)))
	for {
		ask, err := http.ReadRequest(r)
		if err != nil {
			return
		}
		body, err := io.ReadAll(ask.Body)
		if err != nil {
			return
		}
		request := Request{
			At: time.Now(), Method: ask.Method, Path: ask.URL.Path, Host: ask.Host,
			Header: ask.Header, Body: string(body),
		}
		p.mu.Lock()
		p.requests = append(p.requests, request)
		p.mu.Unlock()
		if !p.fault(p, conn, request) {
			return
		}
	}
}

// ear remembers everything that comes in, whether it is a request or not.
type ear FaultPort

func (e *ear) Write(b []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.heard.Write(b)
}

// Close ends the program on the port as a kill does: listener and connections
// at once.
func (p *FaultPort) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	p.closed = true
	close(p.done)
	p.listener.Close()
	for conn := range p.conns {
		conn.Close()
	}
}

// Heard reports whether the text was among the bytes that came in.
func (p *FaultPort) Heard(text string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return bytes.Contains(p.heard.Bytes(), []byte(text))
}

// Polls counts the requests for the status.
func (p *FaultPort) Polls() int { return len(p.only(true)) }

// Reconnects returns all other requests.
func (p *FaultPort) Reconnects() []Request { return p.only(false) }

func (p *FaultPort) only(polls bool) []Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	var found []Request
	for _, r := range p.requests {
		if (r.Path == "/status") == polls {
			found = append(found, r)
		}
	}
	return found
}

// saying answers every request with these bytes, and keeps the connection.
func saying(answer string) Fault {
	return func(_ *FaultPort, conn net.Conn, _ Request) bool {
		_, err := io.WriteString(conn, answer)
		return err == nil
	}
}

// sayingOnce is saying, and closes after each answer.
func sayingOnce(answer string) Fault {
	return func(_ *FaultPort, conn net.Conn, _ Request) bool {
		io.WriteString(conn, answer)
		return false
	}
}

// hanging takes requests and never answers.
func hanging(p *FaultPort, _ net.Conn, _ Request) bool {
	<-p.done
	return false
}

// resetting resets the connection instead of answering.
func resetting(_ *FaultPort, conn net.Conn, _ Request) bool {
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	return false
}

// endless begins with the head and repeats the same piece for ever.
func endless(head, piece string) Fault {
	return func(_ *FaultPort, conn net.Conn, _ Request) bool {
		_, err := io.WriteString(conn, head)
		for err == nil {
			_, err = io.WriteString(conn, piece)
		}
		return false
	}
}

// dripping returns a good answer, a byte every two seconds.
func dripping(answer string) Fault {
	return func(p *FaultPort, conn net.Conn, _ Request) bool {
		tick := time.NewTicker(2 * time.Second)
		defer tick.Stop()
		for i := range answer {
			if _, err := io.WriteString(conn, answer[i:i+1]); err != nil {
				return false
			}
			select {
			case <-tick.C:
			case <-p.done:
				return false
			}
		}
		return true
	}
}

// client answers as a client does, with MAIN_MENU until a reconnect has come and IN_GAME
// from then on; frame makes an answer of the word.
func client(frame func(word string) string, keep bool) Fault {
	var mu sync.Mutex
	word := "MAIN_MENU"
	return func(_ *FaultPort, conn net.Conn, r Request) bool {
		mu.Lock()
		defer mu.Unlock()
		answer := frame(word)
		if r.Path == "/reconnect" {
			word, answer = "IN_GAME", frame("OK") // at once: the test waits for no join
		}
		_, err := io.WriteString(conn, answer)
		return err == nil && keep
	}
}

// good makes a correct answer of a body.
func good(body string) string { return answering("200 OK", "", body) }

// answering makes an answer out of its parts. The header's lines end in CRLF.
func answering(status, header, body string) string {
	return "HTTP/1.1 " + status + "\r\n" + header + "Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body
}

// takeOver ends the program on the port and starts another one there at once.
func (p *FaultPort) takeOver(fault Fault) (*FaultPort, error) {
	p.Close()
	return openFaultPort(p.Address, fault)
}

const webPage = "<!doctype html><title>DevTools</title><p>Not what you look for"

var oneMegabyte = strings.Repeat("x", 1<<20)
