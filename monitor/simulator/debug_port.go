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

// handler is the debug port of one run of the client, which lasts as long as
// process.
func (c *Client) handler(process context.Context) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /status", func(w http.ResponseWriter, r *http.Request) {
		c.stallIfFrozen(process, r)
		answer(w, http.StatusOK, c.Word())
	})
	mux.HandleFunc("/reconnect", func(w http.ResponseWriter, r *http.Request) {
		// A pattern with GET in it would let HEAD in as well.
		if r.Method != http.MethodGet && r.Method != http.MethodPost {
			w.Header().Set("Allow", "GET, POST")
			answer(w, http.StatusMethodNotAllowed, "method not allowed")
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPassword))
		if err != nil {
			answer(w, http.StatusBadRequest, "the body cannot be read or is too long")
			return
		}
		if r.Method == http.MethodGet {
			body = nil
		}
		// Whether this one finds it frozen counts, not whether it freezes it.
		silent := c.Frozen()
		c.reconnect(process, r.Method, string(body))
		if silent {
			c.stallIfFrozen(process, r)
		}
		code, text := c.world.opts.ReconnectCode, c.world.opts.ReconnectBody
		if code == 0 {
			code = http.StatusOK
		}
		if text == "" {
			text = "OK"
		}
		answer(w, code, text)
	})
	return mux
}

func answer(w http.ResponseWriter, code int, text string) {
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(code)
	_, _ = io.WriteString(w, text)
}

// stallIfFrozen keeps a request to a frozen client unanswered until either side
// goes away, where the options want that.
func (c *Client) stallIfFrozen(process context.Context, r *http.Request) {
	if !c.world.opts.FrozenSilent || !c.Frozen() {
		return
	}
	select {
	case <-r.Context().Done():
	case <-process.Done():
	}
	panic(http.ErrAbortHandler) // net/http's way to close without an answer
}

// reconnect records what was sent and does it, or freezes where the client is
// busy.
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
		c.say(first.String())
	}
	c.play(func(ctx context.Context) { c.join(ctx, first, given) })
}
