package simulator

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"altv-tray/monitor/debugport"
)

// Client is the simulated alt:V client.
type Client struct {
	world *World
	life  sync.Mutex // held while starting and quitting

	// Guarded by world.mu.
	addr         string
	port         *port // nil while it does not run
	process      context.Context
	exit         context.CancelFunc
	stopScript   context.CancelFunc // ends the transition under way
	word         string
	frozen       bool
	lastPassword string
	posts        []Post
	joins        int
}

// Post is one /reconnect that the client was sent.
type Post struct {
	// At is when it came.
	At time.Time
	// Method is POST or GET.
	Method string
	// Status is what the client was saying then; NoStatus for an unknown word.
	Status debugport.Status
	// PasswordOK: the server, up or down, would have accepted this password.
	PasswordOK bool
	// Empty: no password came with it.
	Empty bool
	// Body is what was sent: the password. It is for Go tests and must not be
	// shown or stored.
	Body string
}

// maxPosts is how many of the last posts are kept.
const maxPosts = 1000

func newClient(w *World) *Client {
	return &Client{world: w, stopScript: func() {}}
}

// Addr returns the debug port's host and port; empty before the world's start.
// It stays the same when the client quits and starts.
func (c *Client) Addr() string {
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	return c.addr
}

// Running reports whether the client runs, that is, whether its port is open.
func (c *Client) Running() bool {
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	return c.port != nil
}

// Status is what the client says; NoStatus while it does not run or says an unknown
// word.
func (c *Client) Status() debugport.Status {
	return debugport.ParseStatus(c.Word())
}

// Word is the very word that the client says; empty while it does not run.
func (c *Client) Word() string {
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	return c.word
}

// SetStatus makes the client say word, known or not, and stops the transition under
// way: the client stays like that until a reconnect, its end or the next SetStatus. It also ends a freeze. The error is that the client does not run.
func (c *Client) SetStatus(word string) error {
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	if c.port == nil {
		return errors.New("the simulated client does not run: start it first")
	}
	c.stopScript()
	c.frozen = false
	c.say(word)
	return nil
}

// Frozen reports whether a reconnect came while the client was busy. It stays so
// until the client quits or its status is set.
func (c *Client) Frozen() bool {
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	return c.frozen
}

// Posts returns the reconnects that came since the world's start, the oldest
// first, at most the last 1000.
func (c *Client) Posts() []Post {
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	return slices.Clone(c.posts)
}

// Joins counts how often the client got into the game since the world's start.
func (c *Client) Joins() int {
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	return c.joins
}

// Start starts the client again after Quit: its port opens and it says LOADING. If it
// runs already, nothing happens. The error is that of the port.
func (c *Client) Start() error {
	addr := c.Addr()
	if addr == "" {
		return errors.New("the simulated world was not started: start it first")
	}
	return c.start(addr)
}

func (c *Client) start(addr string) error {
	c.life.Lock()
	defer c.life.Unlock()
	if c.world.isClosed() {
		return errClosed
	}
	if c.Running() {
		return nil
	}
	listener, err := c.world.listen("client", addr)
	if err != nil {
		return err
	}
	process, exit := context.WithCancel(c.world.ctx)
	server := c.debugPort(process)

	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	c.addr = listener.Addr().String()
	c.process, c.exit = process, exit
	c.world.tell("client: started, debug port %s", c.addr)
	c.say(string(debugport.Loading))
	c.play(func(ctx context.Context) {
		if hold(ctx, c.world.opts.Scale(LoadingTime), nil) {
			c.enter(ctx, debugport.MainMenu)
		}
	})
	c.port = server
	server.Start(listener)
	return nil
}

// Quit ends the client: its port and all connections are closed when it
// returns. Where it does not run, nothing happens.
func (c *Client) Quit() {
	c.life.Lock()
	defer c.life.Unlock()
	c.world.mu.Lock()
	open := c.port
	if open != nil {
		c.exit()
		c.port, c.word, c.frozen, c.lastPassword = nil, "", false, ""
		c.world.tell("client: quit")
	}
	c.world.mu.Unlock()
	if open != nil {
		open.Close(false)
	}
}

// play has script, and nothing else, change the status from now on. The
// caller holds world.mu.
func (c *Client) play(script func(ctx context.Context)) {
	c.stopScript()
	ctx, cancel := context.WithCancel(c.process)
	c.stopScript = cancel
	c.world.tasks.Go(func() {
		defer cancel()
		script(ctx)
	})
}

// enter makes the client say status, and reports whether it did: not if the script that
// ctx belongs to was stopped.
func (c *Client) enter(ctx context.Context, status debugport.Status) bool {
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	if ctx.Err() != nil {
		return false
	}
	c.say(string(status))
	return true
}

// say sets the word. The caller holds world.mu.
func (c *Client) say(word string) {
	if c.word != word {
		c.word = word
		c.world.tell("client: %s", word)
	}
}
