package http1

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// What can be wrong with a message, apart from the connection's own errors.
var (
	ErrMalformed = errors.New("not an HTTP message")
	ErrTooLong   = errors.New("HTTP message too long")
)

// line reads one line, without its end. It is valid until the next read. One
// that is longer than r's buffer is too long.
func line(r *bufio.Reader) ([]byte, error) {
	l, err := r.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, ErrTooLong
	case err != nil && len(l) > 0:
		return nil, unexpected(err)
	case err != nil:
		return nil, err
	}
	return bytes.TrimSuffix(l[:len(l)-1], []byte("\r")), nil
}

// framing is what a message's header tells of its body and its connection.
type framing struct {
	length     int64 // -1: not told
	chunked    bool
	close      bool
	keep       bool // told to an HTTP/1.0
	http10     bool
	continued  bool // the sender waits for a 100 before the body
	everything func(name, value []byte)
}

// header reads the fields up to the empty line.
func (f *framing) header(r *bufio.Reader) error {
	f.length = -1
	for {
		l, err := line(r)
		if err != nil {
			return unexpected(err)
		}
		if len(l) == 0 {
			return nil
		}
		name, value, ok := bytes.Cut(l, []byte(":"))
		if !ok || len(name) == 0 || bytes.ContainsAny(name, " \t") {
			return fmt.Errorf("%w: a header line that is none", ErrMalformed)
		}
		value = bytes.Trim(value, " \t")
		if err := f.field(name, value); err != nil {
			return err
		}
		if f.everything != nil {
			f.everything(name, value)
		}
	}
}

func (f *framing) field(name, value []byte) error {
	switch {
	case is(name, "content-length"):
		n, err := number(value, 10)
		if err != nil || f.length >= 0 && f.length != n {
			return fmt.Errorf("%w: its Content-Length is not a length", ErrMalformed)
		}
		f.length = n
	case is(name, "transfer-encoding"):
		// HTTP/1.0 has none: some would read its body as it stands, so that two
		// readers differ in where it ends.
		if !is(value, "chunked") || f.chunked || f.http10 {
			return fmt.Errorf("%w: its transfer encoding is not known", ErrMalformed)
		}
		f.chunked = true
	case is(name, "connection"):
		for token := range bytes.SplitSeq(value, []byte(",")) {
			token = bytes.Trim(token, " \t")
			f.close = f.close || is(token, "close")
			f.keep = f.keep || is(token, "keep-alive")
		}
	case is(name, "expect"):
		f.continued = is(value, "100-continue")
	}
	return nil
}

// keeps tells whether the connection may be used again after the message.
func (f *framing) keeps() bool { return !f.close && (f.keep || !f.http10) }

// body appends the body to into, at most most bytes.
func (f *framing) body(r *bufio.Reader, into []byte, most int64) ([]byte, error) {
	switch {
	case f.chunked:
		return chunks(r, into, most)
	case f.length >= 0:
		return exactly(r, into, f.length, most)
	}
	return untilEnd(r, into, most)
}

// exactly appends n bytes, unless they are more than most.
func exactly(r *bufio.Reader, into []byte, n, most int64) ([]byte, error) {
	if n > most {
		return into, ErrTooLong
	}
	from := len(into)
	into = slices.Grow(into, int(n))[:from+int(n)]
	_, err := io.ReadFull(r, into[from:])
	return into, unexpected(err)
}

func untilEnd(r *bufio.Reader, into []byte, most int64) ([]byte, error) {
	from := len(into)
	for {
		into = slices.Grow(into, 512)
		n, err := r.Read(into[len(into):cap(into)])
		into = into[:len(into)+n]
		switch {
		case int64(len(into)-from) > most:
			return into, ErrTooLong
		case errors.Is(err, io.EOF):
			return into, nil
		case err != nil:
			return into, err
		}
	}
}

func chunks(r *bufio.Reader, into []byte, most int64) ([]byte, error) {
	for {
		l, err := line(r)
		if err != nil {
			return into, unexpected(err)
		}
		size, _, _ := bytes.Cut(l, []byte(";"))
		n, err := number(bytes.Trim(size, " \t"), 16)
		if err != nil {
			return into, fmt.Errorf("%w: the size of a chunk is not one", ErrMalformed)
		}
		if n == 0 {
			return into, (&framing{}).header(r) // trailers, which mean nothing here
		}
		if into, err = exactly(r, into, n, most); err != nil {
			return into, err
		}
		most -= n
		if l, err = line(r); err != nil {
			return into, unexpected(err)
		}
		if len(l) != 0 {
			return into, fmt.Errorf("%w: a chunk without its end", ErrMalformed)
		}
	}
}

// number reads digits and nothing else.
func number(text []byte, base int) (int64, error) {
	if len(text) == 0 || text[0] == '+' || text[0] == '-' {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseInt(string(text), base, 64)
}

// unexpected makes an end that is no end of a message an error of its own.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// is compares what HTTP takes in capitals or not. The word is in small letters.
func is(text []byte, word string) bool {
	return len(text) == len(word) && bytes.EqualFold(text, []byte(word))
}
