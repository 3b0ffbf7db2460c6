package gameserver

import (
	"context"
	"errors"
	"net"
	"os"
	"time"
)

// ErrNoBackend: a connection was accepted and ended unanswered, as by a relay.
var ErrNoBackend = errors.New("the connection was ended without an answer: nothing is behind the port")

// Probe checks once whether a server runs at the address, for at most 5 s. The error is nil if
// the server answers a request or keeps the connection, else ErrNoBackend or the error
// of the dial.
func Probe(ctx context.Context, address string) error {
	conn, err := (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "tcp", address)
	if err != nil && cutOff(err) {
		return ErrNoBackend // a relay may hang up while it accepts
	}
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(ctx, held)
	defer cancel()
	limit, _ := ctx.Deadline()
	_ = conn.SetDeadline(limit)
	(&port{address: address}).ask(conn)
	if n, err := conn.Read(make([]byte, 1)); n == 0 && !errors.Is(err, os.ErrDeadlineExceeded) {
		return ErrNoBackend
	}
	return nil
}
