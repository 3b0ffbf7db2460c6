package http1

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"time"
)

// Do makes one request over a connection of its own to a TCP address, and gives
// the whole answer, of at most most bytes. It ends with ctx. The bearer is the
// token that the other side wants.
func Do(ctx context.Context, address, method, path, bearer string, body []byte, most int64) (Response, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return Response{}, err
	}
	defer func() { _ = conn.Close() }()
	// A deadline ends a read or write under way, and all that follow.
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	request := fmt.Appendf(nil, "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n",
		method, path, address, bearer, len(body))
	if _, err := conn.Write(append(request, body...)); err != nil {
		return Response{}, err
	}
	return ReadResponse(bufio.NewReader(io.LimitReader(conn, 2*most)), nil, most)
}
