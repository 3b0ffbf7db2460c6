package control

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Client reaches the tray app that runs.
type Client struct {
	Found Report // what the tray app knew when it was found

	at address
}

// findLimit is how long the tray app may take to show that it is there.
const findLimit = 2 * time.Second

// Find looks for the tray app by the file in the state folder dir. It returns
// ErrNoTray if there is none, and other errors if the file cannot be trusted.
func Find(dir string) (*Client, error) {
	a, err := read(dir)
	if err != nil {
		return nil, err
	}
	c := &Client{at: a}
	ctx, cancel := context.WithTimeout(context.Background(), findLimit)
	defer cancel()
	if c.Found, err = c.Snapshot(ctx); err == nil && !c.Found.Tray {
		err = ErrNoTray // another program has the port now
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Snapshot asks what the tray app knows.
func (c *Client) Snapshot(ctx context.Context) (r Report, err error) {
	err = c.call(ctx, "GET /snapshot", Request{}, &r)
	return r, err
}

// Look is a Snapshot whose status the tray app asks for now.
func (c *Client) Look(ctx context.Context) (r Report, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*LookLimit)
	defer cancel()
	err = c.call(ctx, "GET /look", Request{}, &r)
	return r, err
}

// Checks has the tray app check all that a reconnect depends on, and reads what it found
// into found.
func (c *Client) Checks(ctx context.Context, found any) error {
	return c.call(ctx, "GET /checks", Request{}, found)
}

// Reconnect has the tray app do it and waits for the Verdict.
func (c *Client) Reconnect(ctx context.Context, wait bool, timeout time.Duration) (v Verdict, err error) {
	err = c.call(ctx, "POST /reconnect", Request{Wait: wait, Timeout: timeout}, &v)
	return v, err
}

// Open returns the address of its dashboard, good for one page within a minute.
func (c *Client) Open(ctx context.Context) (url string, err error) {
	err = c.call(ctx, "POST /open", Request{}, &url)
	return url, err
}

// Order has the tray app do what has no outcome to wait for, such as Pause.
func (c *Client) Order(ctx context.Context, what string, with Request) error {
	return c.call(ctx, "POST /"+what, with, nil)
}

// PID is the number of its process.
func (c *Client) PID() int { return c.at.PID }

// maxAnswer bounds an answer's body, in bytes: another program may have the port.
const maxAnswer = 1 << 20

// transport uses no proxy and, without an http.Client, follows no redirect.
var transport = &http.Transport{DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: 64 << 10}

// call makes one request and reads its answer, if one is wanted.
func (c *Client) call(ctx context.Context, route string, ask Request, answer any) error {
	resp, err := c.request(ctx, route, ask)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if answer == nil {
		return nil
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxAnswer)).Decode(answer); err != nil {
		return noAnswer(ctx, err)
	}
	return nil
}

// request makes one request, "GET /snapshot". If nothing answers, or something that does not
// know the token, the file was left by a tray app that has ended: ErrNoTray.
func (c *Client) request(ctx context.Context, route string, ask Request) (*http.Response, error) {
	method, path, _ := strings.Cut(route, " ")
	var body []byte
	if method == http.MethodPost {
		body, _ = json.Marshal(ask) // numbers, booleans and strings alone
	}
	r, err := http.NewRequestWithContext(ctx, method, "http://"+c.at.Address+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+c.at.Token)
	resp, err := transport.RoundTrip(r)
	if err != nil {
		return nil, noAnswer(ctx, err)
	}
	switch code := resp.StatusCode; {
	case code == http.StatusForbidden, code == http.StatusNotFound:
		err = ErrNoTray
	case code > 299:
		err = fmt.Errorf("altv-tray answered %d to %s", code, route)
	}
	if err != nil {
		_ = resp.Body.Close()
		return nil, err
	}
	return resp, nil
}

func noAnswer(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("altv-tray gave no answer: %w", ctx.Err())
	}
	return fmt.Errorf("%w (%w)", ErrNoTray, err)
}
