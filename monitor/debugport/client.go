// Package debugport talks to the debug port of an alt:V client, an HTTP server at
// http://127.0.0.1:9223 (alt:V documentation, debug mode). GET /status returns one word.
// POST /reconnect takes the server's password as its body.
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

// Timeout limits one request, from the dial to the last byte of the answer.
const Timeout = 2 * time.Second

const (
	maxBody   = 64 << 10
	maxHeader = 64 << 10
)

// DialFunc opens a connection like net.Dialer.DialContext.
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// Client sends requests to one address, over at most one connection. It is not safe for
// concurrent use.
//
// It does not use an http.Client, because the password must go over the very connection that
// has just answered with a status: another program that took the port since then must not get
// it. For the same reason Client uses no proxy and follows no redirect.
type Client struct {
	ctx     context.Context // when it ends, conn is closed, which ends the request in flight
	address string
	dial    DialFunc
	get     map[bool][]byte // the request for the status, by Status's keep

	conn    net.Conn
	unwatch func() bool // stops the AfterFunc that closes conn
	source  source
	r       *bufio.Reader // reads from source
	body    bytes.Buffer  // of the last answer
	answers int           // answers that came over conn
	mayDial bool          // a POST may use a new connection, as the last answer closed its own
	// lost counts the connections in a row that were closed after one answer without notice.
	// Two of them mean that the other side always does that.
	lost int
}

// New returns a client for an address such as "127.0.0.1:9223". The client works until ctx ends.
// If dial is nil, a net.Dialer is used.
func New(ctx context.Context, address string, dial DialFunc) *Client {
	if dial == nil {
		// A connection is too short for keep-alive, which costs four system calls.
		dial = (&net.Dialer{KeepAlive: -1}).DialContext
	}
	c := &Client{ctx: ctx, address: address, dial: dial, get: make(map[bool][]byte)}
	for _, keep := range []bool{false, true} {
		c.get[keep] = c.request(http.MethodGet, "/status", "", !keep)
	}
	c.r = bufio.NewReaderSize(&c.source, 4<<10)
	return c
}

// request returns the bytes of a request. With last it asks the other side to close the
// connection after the answer.
func (c *Client) request(method, path, body string, last bool) []byte {
	r := http.Request{
		Method: method, URL: &url.URL{Path: path}, Host: c.address, Close: last,
		Header: http.Header{"User-Agent": {"altv-tray"}, "Accept": {"*/*"}},
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "text/plain;charset=UTF-8")
	}
	if body != "" {
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	var b bytes.Buffer
	// Growing the buffer later would leave a copy of the password in memory.
	b.Grow(1024 + len(c.address) + len(body))
	_ = r.Write(&b) // neither the buffer nor the body fails
	return b.Bytes()
}

// Status requests the client's state once. With keep the connection stays open for Reconnect.
// Without keep it is closed, so that other tools get their turn on a port that serves one
// connection at a time. A failure is an Outcome too.
func (c *Client) Status(keep bool) Reading {
	deadline := time.Now().Add(Timeout)
	reused := c.conn != nil
	code, body, err := c.exchange(deadline, c.get[keep])
	if reused && errors.Is(err, errLost) {
		// An idle connection may be closed at any time.
		c.lost++
		code, body, err = c.exchange(deadline, c.get[keep])
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

// Answer is the result of a POST /reconnect, as the log names it.
type Answer string

// The results. After Unanswered only the client's state shows whether it received the request,
// so the request must not simply be sent again.
const (
	NotSent    Answer = "not_sent"   // nothing was sent: request the status again first
	Accepted   Answer = "accepted"   // which is not yet a join
	Refused    Answer = "refused"    // by an HTTP status code other than 2xx
	Unanswered Answer = "unanswered" // it was sent, and no complete answer came back
)

// Reconnect sends POST /reconnect with the password as its body. Call it right after a call of
// Status with keep whose Reading is Ready: the request uses the same connection. A new one is
// opened only if the other side closes its connection after each answer. The int is the HTTP
// status code, 0 if none came.
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

// exchange writes a request and reads the answer, over the open connection or a new one.
func (c *Client) exchange(deadline time.Time, request []byte) (int, []byte, error) {
	if err := c.connect(deadline); err != nil {
		return 0, nil, fmt.Errorf("%w: %w", errNotWritten, err)
	}
	_ = c.conn.SetDeadline(deadline) // if it fails, so does Write
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
		if c.answers++; c.answers > 1 {
			c.lost = 0
		}
	}
	return code, c.body.Bytes(), err
}

// answer reads one response of bounded size, and its body into c.body. It skips interim
// responses. The code is 0 if no complete header came.
func (c *Client) answer() (code int, keep bool, err error) {
	c.source.left, c.source.err = maxHeader+maxBody, nil
	c.body.Reset()
	// A wrong beginning is not HTTP, even if no line end ever comes.
	const prefix = "HTTP/"
	first, err := c.r.Peek(len(prefix))
	switch {
	case !strings.HasPrefix(prefix, string(first)):
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
	_ = resp.Body.Close() // it reads the rest of a body that is too long, which source bounds
	if err != nil {
		return resp.StatusCode, false, err
	}
	// Bytes after the answer would be taken for the next answer.
	return resp.StatusCode, !resp.Close && c.r.Buffered() == 0, nil
}

// explain returns why no answer could be read. Empty means that not a byte of it came.
func (c *Client) explain(empty bool) error {
	switch err := c.source.err; {
	case c.source.left == 0:
		return errTooLong
	case err == nil:
		return errNotHTTP // it came completely
	case isTimeout(err):
		return err
	case empty:
		return fmt.Errorf("%w: %w", errLost, err)
	default:
		return fmt.Errorf("%w: %w", errCutOff, err)
	}
}

// source reads at most left bytes from a connection. It remembers the connection's error, as
// package http reports a line that was cut off as malformed.
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

// connect opens a connection unless one is open.
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
	c.conn, c.answers = conn, 0
	c.unwatch = context.AfterFunc(c.ctx, func() { _ = conn.Close() })
	c.source.conn = conn
	c.r.Reset(&c.source)
	return nil
}

// gone reports whether the other side has closed the connection, or sent something, since its
// last answer.
func (c *Client) gone() bool {
	for range 2 { // on a busy machine the deadline may pass before the read begins
		// With a deadline in the past nothing is read at all.
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

// isRefused reports whether nothing listens. 10061 is WSAECONNREFUSED of Windows.
func isRefused(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.Errno(10061))
}
