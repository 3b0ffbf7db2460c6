package http1

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
)

// Request is what a Handler is asked.
type Request struct {
	Method string
	Path   string              // without the query
	Host   string              // the first, where it names several
	Header map[string][]string // names as "Content-Type"
	Body   []byte              // whole
	// BodyError tells why Body is not: it was too long, or broken off.
	BodyError error

	ctx   context.Context
	keep  bool
	fault bool // it asks for no path, or names not one host
}

// Context ends when the asker has gone, or the server is closed.
func (r *Request) Context() context.Context { return r.ctx }

// Get gives a header's first value; empty where there is none.
func (r *Request) Get(name string) string {
	if values := r.Header[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// readHead reads a request up to its body. What has a fault is a request, but
// not one that a Handler is asked.
func readHead(r *bufio.Reader) (*Request, *framing, error) {
	l, err := line(r)
	if err != nil {
		return nil, nil, err
	}
	method, rest, _ := bytes.Cut(l, []byte(" "))
	target, version, _ := bytes.Cut(rest, []byte(" "))
	f := &framing{}
	if len(method) == 0 || len(target) == 0 || !f.version(version) {
		return nil, nil, fmt.Errorf("%w: its first line is not one of a request", ErrMalformed)
	}
	path, _, _ := bytes.Cut(target, []byte("?"))
	req := &Request{Method: string(method), Path: string(path), Header: make(map[string][]string), fault: target[0] != '/'}
	f.everything = func(name, value []byte) {
		key := tokenOf(name)
		req.Header[key] = append(req.Header[key], string(value))
	}
	if err := f.header(r); err != nil {
		return nil, nil, err
	}
	hosts := len(req.Header["Host"])
	req.fault = req.fault || hosts > 1 || hosts == 0 && !f.http10
	if !f.chunked && f.length < 0 {
		f.length = 0
	}
	req.Host = req.Get("Host")
	req.keep = f.keeps()
	return req, f, nil
}
