package main

import (
	"context"
	"net"
	"sync/atomic"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/simulator"
)

// pollRates are requests to the debug port, or attempts at one, a second.
type pollRates struct{ idle, pending, absent float64 }

// counted is a connection whose writes are counted: each is one request.
type counted struct {
	net.Conn
	n *atomic.Int64
}

func (c counted) Write(p []byte) (int, error) {
	c.n.Add(1)
	return c.Conn.Write(p)
}

// measurePolls counts the polls of the program's own loop.
func measurePolls(ctx context.Context) (r pollRates, err error) {
	w := simulator.New(simulator.Options{Speed: speed})
	if err := w.Start("127.0.0.1:0", "127.0.0.1:0"); err != nil {
		return r, err
	}
	defer func() { _ = w.Close() }()
	if err := w.Client.SetStatus("LOADING"); err != nil {
		return r, err
	}
	var polls atomic.Int64
	m := monitor.New(monitor.Target{
		Address: w.Client.Addr(),
		Config:  monitor.Config{Attempts: 1, JoinTimeout: time.Hour},
	}, monitor.Options{Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			polls.Add(1)
			return nil, err
		}
		return counted{conn, &polls}, nil
	}})
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		m.Run(ctx)
	}()
	defer func() { cancel(); <-ended }()
	rate := func() float64 {
		const d = 20 * time.Second
		before := polls.Load()
		select {
		case <-time.After(d):
		case <-ctx.Done():
		}
		return float64(polls.Load()-before) / d.Seconds()
	}
	r.idle = rate()
	job, _ := m.Reconnect()
	r.pending = rate()
	m.Cancel(job)
	w.Client.Quit()
	r.absent = rate()
	return r, ctx.Err()
}
