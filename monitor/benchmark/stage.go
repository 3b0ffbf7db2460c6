package main

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"time"

	"altv-tray/monitor/simulator"
)

// speed makes joins short; what is measured takes place between two states.
const speed = 1000

// stage is one simulated client, and a game server's door that opens and closes
// to the millisecond, which a simulated server's does not.
type stage struct {
	world *simulator.World
	door  *door
	posts chan time.Time
}

func newStage() (*stage, error) {
	s := &stage{posts: make(chan time.Time, 16)}
	s.world = simulator.New(simulator.Options{Speed: speed, Event: func(line string) {
		if strings.Contains(line, "/reconnect") {
			s.posts <- time.Now()
		}
	}})
	if err := s.world.Start("127.0.0.1:0", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	var err error
	s.door, err = newDoor()
	if err != nil {
		s.close()
	}
	return s, err
}

func (s *stage) close() {
	_ = s.world.Close()
	if s.door != nil {
		s.door.close()
	}
}

// inGame puts the client into the game.
func (s *stage) inGame() error { return s.world.Client.SetStatus("IN_GAME") }

var errNoPost = errors.New("no POST came")

// post waits for the next POST.
func (s *stage) post(ctx context.Context, limit time.Duration) (time.Time, error) {
	select {
	case at := <-s.posts:
		return at, nil
	case <-time.After(limit):
		return time.Time{}, errNoPost
	case <-ctx.Done():
		return time.Time{}, ctx.Err()
	}
}

// door is a TCP port that is open or closed, as a game server's is.
type door struct {
	address string

	mu       sync.Mutex
	listener net.Listener
	conns    []net.Conn
	serving  sync.WaitGroup
}

func newDoor() (*door, error) {
	d := &door{address: "127.0.0.1:0"}
	if _, err := d.open(); err != nil {
		return nil, err
	}
	return d, nil
}

// open opens it and gives the time from which on it was open.
func (d *door) open() (time.Time, error) {
	l, err := net.Listen("tcp", d.address)
	at := time.Now()
	if err != nil {
		return at, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.address, d.listener = l.Addr().String(), l
	d.serving.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			d.mu.Lock()
			d.conns = append(d.conns, conn)
			d.mu.Unlock()
		}
	})
	return at, nil
}

// close closes the port and resets what is connected, as a killed process does.
func (d *door) close() {
	d.mu.Lock()
	_ = d.listener.Close()
	d.mu.Unlock()
	d.serving.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, conn := range d.conns {
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = conn.Close()
	}
	d.conns = nil
}
