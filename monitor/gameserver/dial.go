package gameserver

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync"
	"syscall"
	"time"
)

// dialTCP dials with keep-alive probes that notice a vanished computer in half a minute.
func dialTCP(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}}
	return dialer.DialContext(ctx, network, address)
}

// ErrNoBackend is Probe's error if a connection was accepted and ended without an answer, as
// by a relay.
var ErrNoBackend = errors.New("the connection was ended without an answer: nothing is behind the port")

// Probe checks once whether a server runs at the address, for at most 5 s. The error is nil if
// the server answers a request or keeps the connection, else ErrNoBackend or the error of
// the dial.
func Probe(ctx context.Context, address string) error {
	conn, err := (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "tcp", address)
	if err != nil && cutOff(err) {
		return ErrNoBackend // a relay may hang up while it accepts
	}
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, proofAge)
	defer cancel()
	if !answers(ctx, conn, address) && ctx.Err() == nil {
		return ErrNoBackend
	}
	return nil
}

// answers sends a request and reports whether a byte comes before the connection or ctx ends. It
// closes the connection.
func answers(ctx context.Context, conn net.Conn, address string) bool {
	var sending sync.WaitGroup
	defer sending.Wait()
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	sending.Go(func() { sendRequest(conn, address) })
	n, _ := conn.Read(make([]byte, 1))
	return n > 0
}

// sendRequest sends what any HTTP server answers, at least with an error.
func sendRequest(conn net.Conn, address string) {
	_, _ = conn.Write([]byte("GET / HTTP/1.1\r\nHost: " + address + "\r\nUser-Agent: altv-tray\r\n\r\n"))
}

// Refused reports whether the error of a dial says that nothing listens at the address.
func Refused(err error) bool {
	return isErrno(err, syscall.ECONNREFUSED, 10061, 1225) // WSAECONNREFUSED, ERROR_CONNECTION_REFUSED
}

// unreachable reports whether the error of a dial says that the network has no route.
func unreachable(err error) bool {
	return isErrno(err, syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.EHOSTDOWN,
		10065, 10051, 10064) // WSAEHOSTUNREACH, WSAENETUNREACH, WSAEHOSTDOWN
}

// cutOff reports whether the error of a dial says that something listened, and ended the
// connection while it was made.
func cutOff(err error) bool {
	return isErrno(err, syscall.ECONNRESET, syscall.ECONNABORTED, 10054, 10053) // WSAECONNRESET, WSAECONNABORTED
}

// isErrno compares with numbers on Windows, for which package syscall has no constants.
func isErrno(err error, codes ...syscall.Errno) bool {
	code, ok := errors.AsType[syscall.Errno](err)
	return ok && slices.Contains(codes, code)
}
