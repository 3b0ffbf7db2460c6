package http1

import (
	"fmt"
	"net"
	"time"
)

// Answer is how a Handler answers: once, by Send, Text or Empty.
type Answer struct {
	conn   net.Conn
	extra  []byte
	keep   bool
	head   bool // it was a HEAD, of which the answer has no body
	sent   bool
	failed error
}

// Set adds a header field to what is sent after it.
func (a *Answer) Set(name, value string) {
	a.extra = fmt.Appendf(a.extra, "%s: %s\r\n", name, value)
}

// Text sends a short text.
func (a *Answer) Text(code int, text string) { a.Send(code, "text/plain", []byte(text)) }

// Empty sends no body.
func (a *Answer) Empty(code int) { a.Send(code, "", nil) }

// Send sends a whole answer.
func (a *Answer) Send(code int, contentType string, body []byte) {
	if a.sent {
		return
	}
	head := a.start(code, contentType)
	if code != StatusNoContent {
		head = fmt.Appendf(head, "Content-Length: %d\r\n", len(body))
	}
	head = append(head, "\r\n"...)
	if !a.head && code != StatusNoContent {
		head = append(head, body...)
	}
	a.write(head)
}

func (a *Answer) start(code int, contentType string) []byte {
	a.sent = true
	head := fmt.Appendf(nil, "HTTP/1.1 %d %s\r\n", code, StatusText(code))
	if contentType != "" {
		head = fmt.Appendf(head, "Content-Type: %s\r\n", contentType)
	}
	if !a.keep {
		head = append(head, "Connection: close\r\n"...)
	}
	return append(head, a.extra...)
}

func (a *Answer) write(p []byte) {
	if a.failed != nil {
		return
	}
	_ = a.conn.SetWriteDeadline(time.Now().Add(maxWrite))
	_, a.failed = a.conn.Write(p)
}
