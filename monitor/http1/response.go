package http1

import (
	"bufio"
	"bytes"
	"fmt"
	"net/textproto"
)

// Response is an answer.
type Response struct {
	Code int    // from 200 on
	Body []byte // whole; it shares memory with what was given to ReadResponse
	Keep bool   // the connection may be used again
}

// ReadResponse reads one answer to a GET or POST, passing over interim ones. The
// body is put into into, which is grown where it is too small and may be nil; it
// is at most most bytes. r's buffer is what one line may take. What all of them
// together may take, r's source has to limit. The error is ErrMalformed,
// ErrTooLong, io.EOF where nothing at all came, or the connection's own.
func ReadResponse(r *bufio.Reader, into []byte, most int64) (Response, error) {
	for first := true; ; first = false {
		l, err := line(r)
		if err != nil {
			if !first {
				err = unexpected(err)
			}
			return Response{}, err
		}
		f := framing{}
		code, err := f.status(l)
		if err != nil {
			return Response{}, err
		}
		if err := f.header(r); err != nil {
			return Response{}, err
		}
		if code < 200 {
			continue
		}
		answer := Response{Code: code, Keep: f.keeps(), Body: into[:0]}
		if code == StatusNoContent || code == statusNotModified {
			return answer, nil
		}
		if !f.chunked && f.length < 0 {
			answer.Keep = false
		}
		answer.Body, err = f.body(r, answer.Body, most)
		return answer, err
	}
}

// status reads "HTTP/1.1 200 OK".
func (f *framing) status(l []byte) (int, error) {
	version, rest, _ := bytes.Cut(l, []byte(" "))
	digits, _, _ := bytes.Cut(bytes.TrimLeft(rest, " "), []byte(" "))
	code, err := number(digits, 10)
	if !f.version(version) || len(digits) != 3 || err != nil || code < 100 {
		return 0, fmt.Errorf("%w: its first line is not one of an answer", ErrMalformed)
	}
	return int(code), nil
}

func (f *framing) version(text []byte) bool {
	f.http10 = string(text) == "HTTP/1.0"
	return f.http10 || string(text) == "HTTP/1.1"
}

// Codes that are spoken of here.
const (
	StatusOK               = 200
	StatusNoContent        = 204
	statusNotModified      = 304
	StatusBadRequest       = 400
	StatusForbidden        = 403
	StatusNotFound         = 404
	StatusMethodNotAllowed = 405
)

// StatusText gives what stands beside a code, or nothing.
func StatusText(code int) string {
	switch code {
	case StatusOK:
		return "OK"
	case StatusNoContent:
		return "No Content"
	case StatusBadRequest:
		return "Bad Request"
	case StatusForbidden:
		return "Forbidden"
	case StatusNotFound:
		return "Not Found"
	case StatusMethodNotAllowed:
		return "Method Not Allowed"
	}
	return ""
}

// tokenOf gives a header's name as Header has it.
func tokenOf(name []byte) string { return textproto.CanonicalMIMEHeaderKey(string(name)) }
