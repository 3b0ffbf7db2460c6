package http1

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// What net/http's server answers is understood, and is asked as it wants it.
func TestDoWithTheStandardServer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Header.Get("Authorization") != "Bearer token" || r.Host != r.Context().Value(http.LocalAddrContextKey).(interface{ String() string }).String() {
			t.Errorf("asked with %+v", r)
		}
		switch r.URL.Path {
		case "/none":
			w.WriteHeader(http.StatusNoContent)
		case "/chunks":
			_, _ = w.Write(body)
			w.(http.Flusher).Flush()
			_, _ = w.Write(body)
		case "/hints":
			w.WriteHeader(http.StatusEarlyHints)
			_, _ = w.Write(body)
		case "/long":
			_, _ = io.WriteString(w, strings.Repeat("x", 101))
		case "/cut":
			w.Header().Set("Content-Length", "50")
			_, _ = w.Write(body)
		case "/hang":
			<-r.Context().Done()
		default:
			w.WriteHeader(http.StatusTeapot)
			_, _ = w.Write(body)
		}
	}))
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	do := func(path string) (Response, error) {
		return Do(ctx, server.Listener.Addr().String(), "POST", path, "token", []byte("text"), 100)
	}
	for path, want := range map[string]struct {
		code int
		body string
		err  error
	}{
		"/none": {204, "", nil}, "/chunks": {200, "texttext", nil}, "/hints": {200, "text", nil}, "/x": {418, "text", nil},
		"/long": {200, "", ErrTooLong}, "/cut": {200, "", io.ErrUnexpectedEOF},
	} {
		got, err := do(path)
		if got.Code != want.code || err == nil && string(got.Body) != want.body || !errors.Is(err, want.err) {
			t.Errorf("%s: %d %q, %v", path, got.Code, got.Body, err)
		}
	}
	time.AfterFunc(20*time.Millisecond, cancel)
	began := time.Now()
	if _, err := do("/hang"); err == nil || time.Since(began) > 5*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}

// FuzzResponse: what is read here as an answer, net/http reads the same, up to
// the same byte; and it does not matter how it comes in and where it is put.
func FuzzResponse(f *testing.F) {
	for _, text := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nIN_GAME", "HTTP/1.0 200\n\nIN_GAME",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nX: y\r\n\r\nmore",
		"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
		"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nxHTTP/1.0 200",
		"HTTP/1.0 200 OK\nTransfer-Encoding: chunked\n\n2\nab\n0\n\n",
		"HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\nHTTP/1.1 200 OK",
	} {
		f.Add(text)
	}
	const most = 1 << 10
	f.Fuzz(func(t *testing.T, text string) {
		own := bufio.NewReader(strings.NewReader(text))
		got, err := ReadResponse(own, nil, most)
		slow, slowErr := ReadResponse(bufio.NewReader(iotest.OneByteReader(strings.NewReader(text))), bytes.Repeat([]byte("x"), 2*most), most)
		if slow.Code != got.Code || slow.Keep != got.Keep || (slowErr == nil) != (err == nil) || err == nil && !bytes.Equal(slow.Body, got.Body) {
			t.Errorf("%q: %+v, %v; byte by byte %+v, %v", text, got, err, slow, slowErr)
		}
		if err != nil {
			return
		}
		if got.Code < 200 || got.Code > 999 || len(got.Body) > most {
			t.Errorf("%q: %+v", text, got)
		}
		r := bufio.NewReader(strings.NewReader(text))
		var want *http.Response
		for want == nil || want.StatusCode < 200 {
			if want, err = http.ReadResponse(r, nil); err != nil {
				return // it is stricter with what means nothing here, as other fields and the reason
			}
		}
		body, err := io.ReadAll(want.Body)
		if err != nil {
			return
		}
		if want.StatusCode != got.Code || string(body) != string(got.Body) {
			t.Errorf("%q: %d %q, net/http reads %d %q", text, got.Code, got.Body, want.StatusCode, body)
		}
		if got.Keep && want.Close {
			t.Errorf("%q: the connection is kept", text)
		}
		left, _ := io.ReadAll(own)
		if theirs, _ := io.ReadAll(r); got.Keep && !bytes.Equal(left, theirs) {
			t.Errorf("%q: the next answer would begin with %q, net/http's with %q", text, left, theirs)
		}
	})
}

func BenchmarkReadResponse(b *testing.B) {
	const text = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nIN_GAME"
	from := strings.NewReader(text)
	r, body := bufio.NewReader(from), []byte(nil)
	b.ReportAllocs()
	for b.Loop() {
		from.Reset(text)
		r.Reset(from)
		answer, err := ReadResponse(r, body, 100)
		if err != nil {
			b.Fatal(err)
		}
		body = answer.Body
	}
}
