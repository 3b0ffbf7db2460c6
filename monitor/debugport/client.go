package debugport

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"altv-tray/monitor/http1"
)

// Limit is the longest that one request may take, from dial to last byte.
const Limit = 2 * time.Second

const (
	maxBody   = 64 << 10
	maxHeader = 64 << 10
)

// DialFunc opens a connection, as net.Dialer's DialContext does.
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// Client asks one address. It keeps one connection alive and has one request
// in flight: its methods must not be called at the same time, but for Close.
//
// It speaks HTTP over its own connection, not through a pool of them, because
// the password must go over the very connection that has just answered with a
// status. Only so can no other program that took the port meanwhile receive it.
// There is no proxy and no redirect to follow for the same reason.
type Client struct {
	address string
	dial    DialFunc
	get     []byte

	r    *bufio.Reader
	left io.LimitedReader
	body []byte // of the last answer; the next one is put into the same memory
	// lost counts connections in a row that the other side closed right after
	// one answer without saying so. Two mean that it always does.
	lost int
	used int // answers on the connection in use
	// announced is set where the last answer said that its connection closes.
	announced bool

	mu     sync.Mutex // guards conn and closed, for Close
	conn   net.Conn
	closed bool
}

// New makes a client for a TCP address, as "127.0.0.1:9223". It connects at
// the first request. A nil dial is the system's.
func New(address string, dial DialFunc) *Client {
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	c := &Client{address: address, dial: dial}
	c.get = fmt.Appendf(nil, "GET /status HTTP/1.1\r\nHost: %s\r\nUser-Agent: altv-tray\r\nAccept: */*\r\n\r\n", address)
	c.r = bufio.NewReaderSize(&c.left, 4<<10)
	return c
}

// Close ends the connection, and the request in flight with it.
func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	if c.conn != nil {
		_ = c.conn.Close()
	}
}

// Status asks for the client's state once. It never fails: what went wrong is
// an outcome like any other.
func (c *Client) Status(ctx context.Context) Reading {
	deadline := time.Now().Add(Limit)
	reused := c.conn != nil
	code, body, err := c.exchange(ctx, deadline, c.get)
	if reused && errors.Is(err, errLost) {
		// An idle connection may be closed at any time; that says nothing
		// about the client.
		c.lost++
		code, body, err = c.exchange(ctx, deadline, c.get)
	}
	switch {
	case err == nil && code == http1.StatusOK:
		return read(body)
	case err == nil:
		return answersHTTP(code)
	case isRefused(err):
		c.lost = 0
		return Reading{Outcome: NotRunning}
	case errors.Is(err, errLost):
		return because(NoAnswer, Closed)
	case errors.Is(err, errNotHTTP):
		return because(NotAltV, NotHTTP)
	case errors.Is(err, errTooLong):
		return because(NotAltV, TooLong)
	case isTimeout(err):
		return because(NoAnswer, TooLate)
	}
	return because(NoAnswer, NoConnection)
}

// Answer tells what became of a POST /reconnect.
type Answer uint8

// What became of it. After Unanswered the client may or may not have got the
// request: only its state will tell, so it must not simply be sent again.
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

// Reconnect sends POST /reconnect with the password as body, or an empty body.
// Call it only right after Status gave a Reading that is Ready. It sends over
// the connection which gave that answer; where the other side closes after
// each answer it must open a new one. The code is HTTP's, 0 where none came.
func (c *Client) Reconnect(ctx context.Context, password string) (Answer, int) {
	deadline := time.Now().Add(Limit)
	if c.conn != nil && c.gone() {
		c.drop()
		c.lost++
		if c.lost < 2 {
			return NotSent, 0
		}
	} else if c.conn == nil && !c.announced && c.lost < 2 {
		return NotSent, 0
	}
	request := fmt.Appendf(nil, "POST /reconnect HTTP/1.1\r\nHost: %s\r\nUser-Agent: altv-tray\r\n"+
		"Accept: */*\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: %d\r\n\r\n", c.address, len(password))
	request = append(request, password...)
	defer clear(request)
	code, _, err := c.exchange(ctx, deadline, request)
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
	errNotHTTP    = errors.New("not an HTTP answer")
	errTooLong    = errors.New("answer too long")
)

// exchange writes one request and reads its answer, over the connection in use
// or a new one.
func (c *Client) exchange(ctx context.Context, deadline time.Time, request []byte) (int, []byte, error) {
	if err := c.connect(ctx, deadline); err != nil {
		return 0, nil, fmt.Errorf("%w: %w", errNotWritten, err)
	}
	if err := c.conn.SetDeadline(deadline); err != nil {
		c.drop()
		return 0, nil, fmt.Errorf("%w: %w", errNotWritten, err)
	}
	if _, err := c.conn.Write(request); err != nil {
		c.drop()
		if isTimeout(err) {
			return 0, nil, err
		}
		return 0, nil, fmt.Errorf("%w: %w", errLost, err)
	}
	code, body, keep, err := c.answer()
	if err != nil && !time.Now().Before(deadline) {
		// A line that the deadline cut off looks like one that is not HTTP.
		err = os.ErrDeadlineExceeded
	}
	if err != nil || !keep {
		c.drop()
	}
	if err == nil {
		if c.used++; c.used > 1 {
			c.lost = 0
		}
		c.announced = !keep
	}
	return code, body, err
}

// answer reads one response of bounded size, passing over interim ones.
func (c *Client) answer() (code int, body []byte, keep bool, err error) {
	c.left.N = maxHeader + maxBody
	before := c.left.N
	resp, err := http1.ReadResponse(c.r, c.body, maxBody)
	if cap(resp.Body) > 0 {
		c.body = resp.Body
	}
	if err != nil {
		return resp.Code, nil, false, c.explain(err, c.left.N == before)
	}
	// Bytes beyond the answer would be taken for the next one.
	return resp.Code, resp.Body, resp.Keep && c.r.Buffered() == 0, nil
}

// explain sorts a reading error. Nothing is whether no byte had come.
func (c *Client) explain(err error, nothing bool) error {
	var netErr net.Error
	switch {
	case c.left.N <= 0, errors.Is(err, http1.ErrTooLong):
		return errTooLong
	case errors.As(err, &netErr) && netErr.Timeout():
		return err
	case nothing:
		return fmt.Errorf("%w: %w", errLost, err)
	}
	return fmt.Errorf("%w: %w", errNotHTTP, err)
}

func (c *Client) connect(ctx context.Context, deadline time.Time) error {
	if c.conn != nil {
		return nil
	}
	c.mu.Lock()
	closed := c.closed
	c.mu.Unlock()
	if closed {
		return net.ErrClosed
	}
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	conn, err := c.dial(ctx, "tcp", c.address)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		_ = conn.Close()
		return net.ErrClosed
	}
	c.conn, c.used = conn, 0
	c.left.R = conn
	c.r.Reset(&c.left)
	return nil
}

// gone tells whether the other side has closed the connection, or said
// something unasked, since its last answer.
func (c *Client) gone() bool {
	// A deadline in the past would not look at the connection at all.
	if err := c.conn.SetReadDeadline(time.Now().Add(time.Millisecond)); err != nil {
		return true
	}
	c.left.N = 1
	_, err := c.r.Peek(1)
	return !isTimeout(err)
}

func (c *Client) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn != nil {
		_ = c.conn.Close()
		c.conn = nil
	}
}

func isTimeout(err error) bool {
	var netErr net.Error
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) ||
		errors.As(err, &netErr) && netErr.Timeout()
}

// isRefused tells that nothing listens. 10061 is Windows' WSAECONNREFUSED,
// for which package syscall has no name.
func isRefused(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.Errno(10061))
}
