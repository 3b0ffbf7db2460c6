package simulator

import (
	"context"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/http1"
)

// maxPassword bounds the body of a reconnect, in bytes.
const maxPassword = 4 << 10

// handler is the debug port of one run of the client, which lasts as long as
// process.
func (c *Client) handler(process context.Context) http1.Handler {
	return func(a *http1.Answer, r *http1.Request) {
		get := r.Method == "GET"
		switch r.Path {
		case "/status":
			if !get && r.Method != "HEAD" {
				notAllowed(a, "GET, HEAD")
			} else if !c.stallsIfFrozen(process, r) {
				a.Text(http1.StatusOK, c.Word())
			}
		case "/reconnect":
			if !get && r.Method != "POST" {
				notAllowed(a, "GET, POST")
			} else if r.BodyError != nil {
				a.Text(http1.StatusBadRequest, "the body cannot be read or is too long")
			} else {
				c.answerReconnect(process, a, r)
			}
		default:
			a.Text(http1.StatusNotFound, "not found")
		}
	}
}

func notAllowed(a *http1.Answer, allowed string) {
	a.Set("Allow", allowed)
	a.Text(http1.StatusMethodNotAllowed, "method not allowed")
}

func (c *Client) answerReconnect(process context.Context, a *http1.Answer, r *http1.Request) {
	body := string(r.Body)
	if r.Method == "GET" {
		body = ""
	}
	// Whether this one finds it frozen counts, not whether it freezes it.
	silent := c.Frozen()
	c.reconnect(process, r.Method, body)
	if silent && c.stallsIfFrozen(process, r) {
		return
	}
	code, text := c.world.opts.ReconnectCode, c.world.opts.ReconnectBody
	if code == 0 {
		code = http1.StatusOK
	}
	if text == "" {
		text = "OK"
	}
	a.Text(code, text)
}

// stallsIfFrozen keeps a request to a frozen client unanswered until either side
// goes away, where the options want that. It tells whether it did.
func (c *Client) stallsIfFrozen(process context.Context, r *http1.Request) bool {
	if !c.world.opts.FrozenSilent || !c.Frozen() {
		return false
	}
	select {
	case <-r.Context().Done():
	case <-process.Done():
	}
	return true
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
