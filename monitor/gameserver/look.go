package gameserver

import (
	"context"
	"errors"
	"net"
	"os"
	"time"
)

// ErrNobodyBehind says that a connection was accepted and ended without an answer
// to a request: a relay listens, with nothing behind it.
var ErrNobodyBehind = errors.New("the connection was ended without an answer: nothing is behind the port")

// Look looks once whether a server runs at the address, which takes up to 5 s,
// or until ctx ends, where nothing answers. The error is nil where the server
// answers a request or holds the connection, ErrNobodyBehind, or the error of the dial.
func Look(ctx context.Context, address string) error {
	conn, err := (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "tcp", address)
	if err != nil && cutOff(err) {
		return ErrNobodyBehind // a relay may hang up while it accepts
	}
	if err != nil {
		return err
	}
	defer conn.Close()
	limit, bounded := ctx.Deadline()
	if soon := time.Now().Add(held); !bounded || limit.After(soon) {
		limit = soon
	}
	_ = conn.SetDeadline(limit)
	(&port{address: address}).ask(conn)
	if n, err := conn.Read(make([]byte, 1)); n == 0 && !errors.Is(err, os.ErrDeadlineExceeded) {
		return ErrNobodyBehind
	}
	return nil
}
