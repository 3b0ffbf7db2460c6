package simulator

import (
	"context"
	"io"
	"net/http"
	"time"

	"altv-tray/monitor/debugport"
)

// maxPassword bounds the body of a reconnect, in bytes.
const maxPassword = 4 << 10

// debugPort is the debug port of one run of the client, which ends with process.
func (c *Client) debugPort(process context.Context) *port {
	p := &port{
		http: http.Server{
			Handler:           c.handler(process),
			ReadHeaderTimeout: 10 * time.Second,
			ReadTimeout:       30 * time.Second,
			WriteTimeout:      time.Minute,
			IdleTimeout:       2 * time.Minute,
			MaxHeaderBytes:    16 << 10,
		},
		oneAtATime: c.world.opts.OneAtATime,
	}
	p.http.SetKeepAlivesEnabled(!c.world.opts.NoKeepAlive)
	return p
}

func (c *Client) handler(process context.Context) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		get := r.Method == http.MethodGet
		switch r.URL.Path {
		case "/status":
			if !get && r.Method != http.MethodHead {
				notAllowed(w, "GET, HEAD")
				return
			}
			c.stallIfFrozen(process, w, r)
			answer(w, http.StatusOK, c.Word())
		case "/reconnect":
			if !get && r.Method != http.MethodPost {
				notAllowed(w, "GET, POST")
				return
			}
			body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPassword))
			if err != nil {
				answer(w, http.StatusBadRequest, "the body cannot be read or is too long")
				return
			}
			if get {
				body = nil
			}
			c.answerReconnect(process, w, r, string(body))
		default:
			answer(w, http.StatusNotFound, "not found")
		}
	}
}

func answer(w http.ResponseWriter, code int, text string) {
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(code)
	_, _ = io.WriteString(w, text) // the other side may have gone
}

func notAllowed(w http.ResponseWriter, allowed string) {
	w.Header().Set("Allow", allowed)
	answer(w, http.StatusMethodNotAllowed, "method not allowed")
}

func (c *Client) answerReconnect(process context.Context, w http.ResponseWriter, r *http.Request, body string) {
	// The client must have been frozen before this request.
	silent := c.Frozen()
	c.reconnect(process, r.Method, body)
	if silent {
		c.stallIfFrozen(process, w, r)
	}
	code, text := c.world.opts.ReconnectCode, c.world.opts.ReconnectBody
	if code == 0 {
		code = http.StatusOK
	}
	if text == "" {
		text = "OK"
	}
	answer(w, code, text)
}

// stallIfFrozen holds a request to a frozen client until either side goes away, and then
// ends it without an answer, if the options say so.
func (c *Client) stallIfFrozen(process context.Context, w http.ResponseWriter, r *http.Request) {
	if !c.world.opts.FrozenSilent || !c.Frozen() {
		return
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // ReadTimeout would end it
	select {
	case <-r.Context().Done():
	case <-process.Done():
	}
	panic(http.ErrAbortHandler) //nolint:forbidigo // package http's way to give no answer
}

// reconnect records what was sent and does it, or freezes if the client is busy.
func (c *Client) reconnect(process context.Context, method, body string) {
	want, _ := c.world.Server.password()
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	if process.Err() != nil {
		return
	}
	given := body
	if given == "" && c.world.opts.ReuseLast {
		given = c.lastPassword
	}
	status := debugport.ParseStatus(c.word)
	if len(c.posts) == maxPosts {
		c.posts = c.posts[1:]
	}
	c.posts = append(c.posts, Post{
		At:         time.Now(),
		Method:     method,
		Status:     status,
		PasswordOK: c.world.opts.admits(want, given),
		Empty:      body == "",
		Body:       body,
	})
	with := "with a password"
	if body == "" {
		with = "without a password"
	}
	if c.frozen || !status.Ready() {
		c.stopScript()
		c.frozen = true
		c.world.tell("client: %s /reconnect %s while busy in %s: frozen", method, with, c.word)
		return
	}
	c.world.tell("client: %s /reconnect %s in %s: accepted", method, with, c.word)
	if body != "" {
		c.lastPassword = body
	}
	first := debugport.Connecting
	if status == debugport.InGame {
		first = debugport.Disconnecting
	}
	if c.world.opts.Reaction <= 0 {
		c.say(string(first))
	}
	c.play(func(ctx context.Context) { c.join(ctx, first, given) })
}
