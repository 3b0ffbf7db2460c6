package debugport

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rawServer answers by hand, byte for byte, on a port of the system's choice.
type rawServer struct {
	t        *testing.T
	listener net.Listener
	tasks    sync.WaitGroup

	mu    sync.Mutex
	conns map[net.Conn]bool
	total int
	posts []string // bodies
	asked []string // request lines
}

// serveRaw has serve handle each connection, which is closed afterwards.
func serveRaw(t *testing.T, address string, serve func(s *rawServer, conn net.Conn)) *rawServer {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	s := &rawServer{t: t, listener: listener, conns: map[net.Conn]bool{}}
	s.tasks.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns[conn] = true
			s.total++
			s.mu.Unlock()
			s.tasks.Go(func() {
				serve(s, conn)
				s.mu.Lock()
				delete(s.conns, conn)
				s.mu.Unlock()
				_ = conn.Close()
			})
		}
	})
	t.Cleanup(s.close)
	return s
}

func (s *rawServer) close() {
	_ = s.listener.Close()
	s.mu.Lock()
	for conn := range s.conns {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.tasks.Wait()
}

func (s *rawServer) addr() string { return s.listener.Addr().String() }

// request reads one request; false says that none came.
func (s *rawServer) request(r *bufio.Reader) (*http.Request, bool) {
	req, err := http.ReadRequest(r)
	if err != nil {
		return nil, false
	}
	body, err := io.ReadAll(req.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, req.Method+" "+req.RequestURI)
	if req.Method == http.MethodPost {
		s.posts = append(s.posts, string(body))
	}
	return req, err == nil
}

func (s *rawServer) bodies() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.posts...)
}

func (s *rawServer) accepted() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.total
}

// always answers every request on a connection with the same bytes.
func always(answer string) func(*rawServer, net.Conn) {
	return func(s *rawServer, conn net.Conn) {
		r := bufio.NewReader(conn)
		for {
			if _, ok := s.request(r); !ok {
				return
			}
			if _, err := io.WriteString(conn, answer); err != nil {
				return
			}
		}
	}
}

// once answers one request and closes.
func once(answer string) func(*rawServer, net.Conn) {
	return func(s *rawServer, conn net.Conn) {
		if _, ok := s.request(bufio.NewReader(conn)); ok {
			_, _ = io.WriteString(conn, answer)
		}
	}
}

// says is a plain answer that keeps the connection.
func says(word string) string { return answers("200 OK", "", word) }

func answers(status, headers, body string) string {
	return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body
}

// newClient makes a client that is closed with the test.
func newClient(t *testing.T, address string) *Client {
	return New(t.Context(), address, nil)
}

var bigHeader = "X: " + strings.Repeat("x", 1<<20) + "\r\n"
