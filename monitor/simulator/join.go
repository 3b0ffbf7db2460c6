package simulator

import (
	"context"
	"time"

	"altv-tray/monitor/debugport"
)

// join takes the client into the game, beginning with first, which is Disconnecting
// or Connecting, and out of it again after its server has ended. It ends with ctx.
func (c *Client) join(ctx context.Context, first debugport.Status, password string) {
	scale, server := c.world.opts.Scale, c.world.Server
	if !hold(ctx, c.world.opts.Reaction, nil) || !c.enter(ctx, first) {
		return
	}
	if first == debugport.Disconnecting && !hold(ctx, scale(DisconnectingTime), nil) {
		return
	}
	if !c.enter(ctx, debugport.Connecting) {
		return
	}
	run := c.connect(ctx)
	if run == nil {
		c.fallBack(ctx, debugport.MainMenu, "the server does not answer: timed out")
		return
	}
	if !c.enter(ctx, debugport.DownloadingFiles) {
		return
	}
	if !hold(ctx, scale(DownloadTime), run.ended) {
		c.fallBack(ctx, debugport.MainMenu, "the server went away during the download")
		return
	}
	want, trouble := server.password()
	if trouble != "" {
		c.world.tell("server: %s", trouble)
	}
	if !c.world.opts.admits(want, password) {
		after := c.world.opts.AfterRefusal
		if after == debugport.NoStatus {
			after = debugport.MainMenu
		}
		why := "the server refused the password"
		if password == "" {
			why = "the server refused it: it wants a password, and none was sent"
		}
		c.fallBack(ctx, after, why)
		return
	}
	if !c.arrive(ctx) {
		return
	}
	select {
	case <-ctx.Done():
		return
	case <-run.ended:
	}
	// The client does not notice the server's end, only its own time-out.
	if !hold(ctx, c.world.opts.ScaleTimeout(DropTimeout), nil) {
		return
	}
	if c.fallBack(ctx, debugport.Disconnecting, "the connection to the server timed out") &&
		hold(ctx, scale(DisconnectingTime), nil) {
		c.enter(ctx, debugport.MainMenu)
	}
}

// connect waits until a server has answered and returns its run; nil if none did in
// time, or ctx is done.
func (c *Client) connect(ctx context.Context) *run {
	timeout := time.NewTimer(c.world.opts.ScaleTimeout(ConnectTimeout))
	defer timeout.Stop()
	for ctx.Err() == nil {
		run, changed := c.world.Server.joinable()
		if run == nil {
			select {
			case <-changed:
				continue
			case <-timeout.C:
			case <-ctx.Done():
			}
			return nil
		}
		if hold(ctx, c.world.opts.Scale(ConnectingTime), run.ended) {
			return run
		}
	}
	return nil
}

// arrive is entering the game.
func (c *Client) arrive(ctx context.Context) bool {
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	if ctx.Err() != nil {
		return false
	}
	c.joins++
	c.say(string(debugport.InGame))
	return true
}

// fallBack enters status and says why.
func (c *Client) fallBack(ctx context.Context, status debugport.Status, why string) bool {
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	if ctx.Err() != nil {
		return false
	}
	c.world.tell("client: %s", why)
	c.say(string(status))
	return true
}
