package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"altv-tray/monitor/http1"
)

// Client reaches the tray app that runs.
type Client struct{ at address }

// Find looks for the tray app by the file in the state folder dir. It gives
// ErrNoTray where there is none, and other errors where the file is not to be
// trusted.
func Find(dir string) (*Client, error) {
	a, err := read(dir)
	if err != nil {
		return nil, err
	}
	c := &Client{at: a}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	r, err := c.Snapshot(ctx)
	if err == nil && !r.Tray {
		err = ErrNoTray // another program has the port now
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Snapshot asks what the tray app knows.
func (c *Client) Snapshot(ctx context.Context) (Report, error) {
	var r Report
	err := c.call(ctx, "GET", "/snapshot", nil, &r)
	return r, err
}

// Reconnect has the tray app do it and waits for the Verdict.
func (c *Client) Reconnect(ctx context.Context, wait bool, timeout time.Duration) (Verdict, error) {
	var v Verdict
	err := c.call(ctx, "POST", "/reconnect", reconnectRequest{Wait: wait, TimeoutMS: timeout.Milliseconds()}, &v)
	return v, err
}

// Ready tells it that the server's own start-up is over.
func (c *Client) Ready(ctx context.Context) error {
	return c.call(ctx, "POST", "/ready", nil, nil)
}

// Pause stops what is automatic for that long; 0 means until resumed.
func (c *Client) Pause(ctx context.Context, d time.Duration) error {
	if d > 0 {
		d = max(d, time.Millisecond) // rounded down to 0 it would have no end
	}
	return c.call(ctx, "POST", "/pause", pauseRequest{MS: d.Milliseconds()}, nil)
}

// Resume ends a pause.
func (c *Client) Resume(ctx context.Context) error {
	return c.call(ctx, "POST", "/resume", nil, nil)
}

// PasswordChanged tells it that another password was stored.
func (c *Client) PasswordChanged(ctx context.Context) error {
	return c.call(ctx, "POST", "/password", nil, nil)
}

// Quit asks it to end, which it then does in its own time.
func (c *Client) Quit(ctx context.Context) error {
	return c.call(ctx, "POST", "/quit", nil, nil)
}

// call makes one request. Nobody there, or somebody who does not know the
// token, is a file that an ended tray app left: ErrNoTray.
func (c *Client) call(ctx context.Context, method, path string, ask, answer any) error {
	var body []byte
	if ask != nil {
		var err error
		if body, err = json.Marshal(ask); err != nil {
			return err
		}
	}
	resp, err := http1.Do(ctx, c.at.Address, method, path, c.at.Token, body, 1<<20)
	if err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("altv-tray gave no answer: %w", ctx.Err())
		}
		return fmt.Errorf("%w (%w)", ErrNoTray, err)
	}
	switch {
	case resp.Code == http1.StatusForbidden, resp.Code == http1.StatusNotFound:
		return ErrNoTray
	case resp.Code > 299:
		return fmt.Errorf("altv-tray answered %d to %s", resp.Code, path)
	case answer == nil:
		return nil
	}
	if err := json.Unmarshal(resp.Body, answer); err != nil {
		return errors.Join(errors.New("the answer of altv-tray cannot be read"), err)
	}
	return nil
}
