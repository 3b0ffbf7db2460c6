// Package debugport talks to the debug port of an alt:V client, an HTTP server on loopback,
// http://127.0.0.1:9223 (alt:V documentation, debug mode). GET /status answers with one
// word, POST /reconnect takes the server's password as its body.
package debugport

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"altv-tray/monitor/problem"
)

// Timeout is the longest that one request may take, from dial to last byte.
const Timeout = 2 * time.Second

const (
	maxBody   = 64 << 10
	maxHeader = 64 << 10
)

// DialFunc opens a connection, as net.Dialer's DialContext does.
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// Client asks one address, over at most one connection. Its methods must not be called at
// the same time.
//
// It has its own connection instead of an http.Client, because the password must go over
// the very connection that has just answered with a status: another program that took the
// port meanwhile must not get it. For the same reason there is no proxy and no redirect.
type Client struct {
	ctx     context.Context // its end closes the connection, and so ends the request in flight
	address string
	dial    DialFunc

	conn    net.Conn
	unwatch func() bool // ends what closes conn with ctx
	source  source
	r       *bufio.Reader // reads from source
	body    bytes.Buffer  // of the last answer
	used    int           // answers on the connection in use
	// mayDial: the last answer closed its connection, so a POST may use a new one.
	mayDial bool
	// lost counts connections in a row that were closed after one answer, unannounced.
	// Two mean that the other side always does that.
	lost int
}

// New makes a client for an address such as "127.0.0.1:9223", for as long as ctx lives. A nil
// dial is the system's.
func New(ctx context.Context, address string, dial DialFunc) *Client {
	if dial == nil {
		// A connection is too short for keep-alive, which costs four calls of the system.
		dial = (&net.Dialer{KeepAlive: -1}).DialContext
	}
	c := &Client{ctx: ctx, address: address, dial: dial}
	c.r = bufio.NewReaderSize(&c.source, 4<<10)
	return c
}

// request returns the bytes of a request. With end the other side is to close afterwards.
func (c *Client) request(method, path, body string, end bool) []byte {
	r := http.Request{
		Method: method, URL: &url.URL{Path: path}, Host: c.address, Close: end,
		Header: http.Header{"User-Agent": {"altv-tray"}, "Accept": {"*/*"}},
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "text/plain;charset=UTF-8")
	}
	if body != "" {
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	var b bytes.Buffer
	// The buffer must not grow: that would leave a copy of the password behind.
	b.Grow(1024 + len(c.address) + len(body))
	_ = r.Write(&b) // neither the buffer nor the body fails
	return b.Bytes()
}

// Status asks for the client's state once. With keep the connection stays open for a
// Reconnect; without, it is closed, so that other tools get their turn on a port that
// serves one connection at a time. A failure is an outcome like any other.
func (c *Client) Status(keep bool) Reading {
	deadline := time.Now().Add(Timeout)
	get := c.request(http.MethodGet, "/status", "", !keep)
	reused := c.conn != nil
	code, body, err := c.exchange(deadline, get)
	if reused && errors.Is(err, errLost) {
		// An idle connection may be closed at any time.
		c.lost++
		code, body, err = c.exchange(deadline, get)
	}
	if !keep {
		c.drop()
		c.mayDial = false
	}
	switch {
	case err == nil && code == http.StatusOK:
		return read(body)
	case err == nil:
		return Reading{Outcome: NotAltV, Why: problem.PortHTTPCode, HTTP: code}
	case isRefused(err):
		c.lost = 0
		return Reading{Outcome: NotRunning}
	case errors.Is(err, errLost), errors.Is(err, errCutOff):
		return Reading{Outcome: NoAnswer, Why: problem.PortClosed}
	case errors.Is(err, errNotHTTP):
		return Reading{Outcome: NotAltV, Why: problem.PortNotHTTP}
	case errors.Is(err, errTooLong):
		return Reading{Outcome: NotAltV, Why: problem.PortTooLong}
	case isTimeout(err):
		return Reading{Outcome: NoAnswer, Why: problem.PortTooLate}
	}
	return Reading{Outcome: NoAnswer, Why: problem.PortNoConnection}
}

// Answer says what became of a POST /reconnect.
type Answer uint8

// What became of it. After Unanswered only the client's state shows whether it got the
// request, so it must not simply be sent again.
const (
	NotSent    Answer = iota // nothing went out: ask for the status again first
	Accepted                 // the client said yes, which is not yet a join
	Refused                  // the client said no
	Unanswered               // it went out, and no whole answer came back
)

// String names the answer for the log.
func (a Answer) String() string {
	return [...]string{"not_sent", "accepted", "refused", "unanswered"}[a]
}

// Reconnect sends POST /reconnect with the password as its body. Call it right after a
// Status with keep that is Ready: it uses that connection, and sends nothing without one.
// Only if the other side closes after each answer it opens a new one. The code is HTTP's,
// 0 if none came.
func (c *Client) Reconnect(password string) (Answer, int) {
	deadline := time.Now().Add(Timeout)
	switch {
	case c.conn == nil && !c.mayDial:
		return NotSent, 0
	case c.conn != nil && c.gone():
		c.drop()
		if c.lost++; c.lost < 2 {
			return NotSent, 0
		}
	}
	request := c.request(http.MethodPost, "/reconnect", password, false)
	defer clear(request)
	code, _, err := c.exchange(deadline, request)
	switch {
	case errors.Is(err, errNotWritten):
		return NotSent, 0
	case err != nil:
		return Unanswered, code
	case code < 200 || code > 299:
		return Refused, code
	}
	return Accepted, code
}

var (
	errNotWritten = errors.New("nothing was sent")
	errLost       = errors.New("closed before an answer")
	errCutOff     = errors.New("closed in the middle of an answer")
	errNotHTTP    = errors.New("not an HTTP answer")
	errTooLong    = errors.New("answer too long")
)

// exchange writes one request and reads its answer, on the connection in use or a new one.
func (c *Client) exchange(deadline time.Time, request []byte) (int, []byte, error) {
	if err := c.connect(deadline); err != nil {
		return 0, nil, fmt.Errorf("%w: %w", errNotWritten, err)
	}
	if err := c.conn.SetDeadline(deadline); err != nil {
		c.drop()
		return 0, nil, fmt.Errorf("%w: %w: %w", errNotWritten, errLost, err)
	}
	if _, err := c.conn.Write(request); err != nil {
		c.drop()
		if isTimeout(err) {
			return 0, nil, err
		}
		return 0, nil, fmt.Errorf("%w: %w", errLost, err)
	}
	code, keep, err := c.answer()
	if err != nil || !keep {
		c.drop()
	}
	c.mayDial = err == nil && !keep
	if err == nil {
		if c.used++; c.used > 1 {
			c.lost = 0
		}
	}
	return code, c.body.Bytes(), err
}

// answer reads one response of bounded size, skipping interim ones, and its body into
// c.body. The code is 0 if no whole header came.
func (c *Client) answer() (code int, keep bool, err error) {
	c.source.left, c.source.err = maxHeader+maxBody, nil
	c.body.Reset()
	// Whatever begins in another way is no HTTP, also where it has no line end.
	const begins = "HTTP/"
	first, err := c.r.Peek(len(begins))
	switch {
	case !strings.HasPrefix(begins, string(first)):
		return 0, false, errNotHTTP
	case err != nil:
		return 0, false, c.explain(len(first) == 0)
	}
	var resp *http.Response
	for resp == nil || resp.StatusCode < http.StatusOK {
		if resp, err = http.ReadResponse(c.r, nil); err != nil {
			return 0, false, c.explain(false)
		}
	}
	_, err = c.body.ReadFrom(io.LimitReader(resp.Body, maxBody+1))
	switch {
	case c.body.Len() > maxBody:
		err = errTooLong
	case err != nil:
		err = c.explain(false)
	}
	_ = resp.Body.Close() // what is left of a body that is too long is bounded by source
	if err != nil {
		return resp.StatusCode, false, err
	}
	// Bytes beyond the answer would be taken for the next one.
	return resp.StatusCode, !resp.Close && c.r.Buffered() == 0, nil
}

// explain returns why no answer could be read. Nothing: no byte of it came.
func (c *Client) explain(nothing bool) error {
	switch err := c.source.err; {
	case c.source.left == 0:
		return errTooLong
	case err == nil:
		return errNotHTTP // it came whole, and is none
	case isTimeout(err):
		return err
	case nothing:
		return fmt.Errorf("%w: %w", errLost, err)
	default:
		return fmt.Errorf("%w: %w", errCutOff, err)
	}
}

// source reads at most left bytes from a connection, and remembers its error: package http
// reports a line that was cut off as one that is not HTTP.
type source struct {
	conn net.Conn
	left int
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	if s.left == 0 {
		return 0, io.EOF
	}
	n, err := s.conn.Read(p[:min(len(p), s.left)])
	s.left -= n
	s.err = err
	return n, err
}

func (c *Client) connect(deadline time.Time) error {
	if err := c.ctx.Err(); err != nil || c.conn != nil {
		return err
	}
	ctx, cancel := context.WithDeadline(c.ctx, deadline)
	defer cancel()
	conn, err := c.dial(ctx, "tcp", c.address)
	if err != nil {
		return err
	}
	c.conn, c.used = conn, 0
	c.unwatch = context.AfterFunc(c.ctx, func() { _ = conn.Close() })
	c.source.conn = conn
	c.r.Reset(&c.source)
	return nil
}

// gone reports whether the connection was closed, or sent something, since its last answer.
func (c *Client) gone() bool {
	for range 2 { // on a busy machine the deadline may pass before the connection is looked at
		// A deadline in the past would not look at it at all.
		if err := c.conn.SetReadDeadline(time.Now().Add(time.Millisecond)); err != nil {
			return true
		}
		c.source.left = 1
		if _, err := c.r.Peek(1); !isTimeout(err) {
			return true
		}
	}
	return false
}

func (c *Client) drop() {
	if c.conn != nil {
		c.unwatch()
		_ = c.conn.Close()
		c.conn = nil
	}
}

func isTimeout(err error) bool {
	netErr, ok := errors.AsType[net.Error](err)
	return ok && netErr.Timeout()
}

// isRefused reports that nothing listens. 10061 is Windows' WSAECONNREFUSED.
func isRefused(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.Errno(10061))
}
