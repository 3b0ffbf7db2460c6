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

// Client sends requests to the running tray app.
type Client struct {
	Found Report // what the tray app knew when Find found it

	at address
}

// findTimeout limits the first request to the tray app.
const findTimeout = 2 * time.Second

// Find finds the tray app by the file in the state folder dir. The error is ErrNoTray if none
// runs, and another one if the file cannot be trusted.
func Find(dir string) (*Client, error) {
	a, err := read(dir)
	if err != nil {
		return nil, err
	}
	c := &Client{at: a}
	ctx, cancel := context.WithTimeout(context.Background(), findTimeout)
	defer cancel()
	if err = c.Ask(ctx, Snapshot, Request{}, &c.Found); err == nil && !c.Found.Tray {
		err = ErrNoTray // another program has the port now
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// PID returns the tray app's process ID.
func (c *Client) PID() int { return c.at.PID }

// maxAnswer limits an answer's body, in bytes: another program may have the port.
const maxAnswer = 1 << 20

// transport uses no proxy and, without an http.Client, follows no redirect.
var transport = &http.Transport{DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: 64 << 10}

// Ask sends the request what, such as Look, and decodes the answer into answer. Answer is nil for
// a request without one, such as Pause.
func (c *Client) Ask(ctx context.Context, what string, with Request, answer any) error {
	resp, err := c.request(ctx, what, with)
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

// request sends a request. The error is ErrNoTray if nothing answers or the token is refused: then
// the file was left behind by a tray app that has ended.
func (c *Client) request(ctx context.Context, what string, with Request) (*http.Response, error) {
	method, path, _ := strings.Cut(what, " ")
	var body []byte
	if method == http.MethodPost {
		body, _ = json.Marshal(with) // numbers, booleans and strings alone
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
		err = fmt.Errorf("altv-tray answered %d to %s", code, what)
	}
	if err != nil {
		_ = resp.Body.Close()
		return nil, err
	}
	return resp, nil
}

func noAnswer(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("altv-tray gave no answer (%w): if it hangs, end it and start it again", ctx.Err())
	}
	return fmt.Errorf("%w (%w)", ErrNoTray, err)
}
