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

// Look looks once whether a server runs at the address. If nothing answers, that
// takes up to 5 s, or until ctx ends. The error is nil if the server answers a
// request or keeps the connection, else ErrNobodyBehind or the error of the dial.
func Look(ctx context.Context, address string) error {
	conn, err := (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "tcp", address)
	if err != nil && cutOff(err) {
		return ErrNobodyBehind // a relay may hang up while it accepts
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
		return ErrNobodyBehind
	}
	return nil
}
