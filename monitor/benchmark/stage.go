//go:build linux

package main

import (
	"bufio"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"altv-tray/monitor/control"
	"altv-tray/monitor/simulator"
	"altv-tray/tray/desktoptest"
)

// stage is a simulated client in game and a game server's port that opens and
// closes to the millisecond, which a simulated server's does not.
type stage struct {
	*bench
	world  *simulator.World
	server *desktoptest.GameServer
	posts  chan time.Time
}

func (b *bench) stage() *stage {
	s := &stage{bench: b, posts: make(chan time.Time, 16), server: desktoptest.StartGameServer(b)}
	// Joins are short: what is measured takes place between two states.
	s.world = simulator.New(simulator.Options{Speed: 1000, Event: func(line string) {
		if strings.Contains(line, "/reconnect") {
			s.posts <- time.Now()
		}
	}})
	b.check(s.world.Start("127.0.0.1:0", "127.0.0.1:0"))
	b.Cleanup(func() { _ = s.world.Close() })
	s.says("IN_GAME")
	return s
}

func (s *stage) says(word string) { s.check(s.world.Client.SetStatus(word)) }

// post waits for the next POST; false where none comes.
func (s *stage) post() (time.Time, bool) {
	select {
	case at := <-s.posts:
		return at, true
	case <-time.After(20 * time.Second):
		return time.Time{}, false
	}
}

// since is the time from that moment to the next POST.
func (s *stage) since(at time.Time) time.Duration {
	post, came := s.post()
	if !came {
		s.Fatal("no POST came")
	}
	return post.Sub(at)
}

// tray is a running altv-tray with a home of its own.
type tray struct {
	*stage
	*desktoptest.Process
	env  *desktoptest.Env
	talk *control.Client
}

// launch starts altv-tray and does not wait for it. The bus may be nil; profile
// is further lines of its profile, and what follows it.
func (s *stage) launch(bus *desktoptest.Bus, automatic bool, profile string, before ...func(*desktoptest.Env)) *tray {
	t := &tray{stage: s, env: desktoptest.NewEnv(s, bus)}
	if bus == nil {
		t.env.Set("DBUS_SESSION_BUS_ADDRESS", "")
	}
	t.env.WriteSettings(s, fmt.Sprintf(`[client]
address = %q
[auto_reconnect]
enabled = %v
[[profiles]]
name = "default"
server = %q
ready_delay = "0s"
password = "none"
%s`, s.world.Client.Addr(), automatic, s.server.Address, profile))
	for _, prepare := range before {
		prepare(t.env)
	}
	t.Process = t.env.Start(s, "", s.program)
	return t
}

// tray starts altv-tray and waits until client and server are as they should be.
func (s *stage) tray(bus *desktoptest.Bus, automatic bool) *tray {
	t := s.launch(bus, automatic, "")
	desktoptest.Until(s, 20*time.Second, "altv-tray is up", func() (bool, string) {
		var err error
		t.talk, err = control.Find(t.env.StateFile(""))
		return err == nil, fmt.Sprint(err)
	})
	t.calm()
	return t
}

// snapshot waits until altv-tray's report is as wanted.
func (t *tray) snapshot(what string, wanted func(control.Report) bool) {
	desktoptest.Until(t.bench, 30*time.Second, what, func() (bool, string) {
		var r control.Report
		err := t.talk.Ask(context.Background(), control.Snapshot, control.Request{}, &r)
		return err == nil && wanted(r), fmt.Sprintf("%+v, %v", r, err)
	})
}

// calm waits until the client is in game, the server ready and nothing under way.
func (t *tray) calm() {
	t.snapshot("altv-tray is calm", func(r control.Report) bool {
		return r.Reconnect == nil && r.Status == "IN_GAME" && r.Server.State == "ready"
	})
}

//go:embed sample.js
var sampleText []byte

// sample is the official sample's logic under Node.js.
type sample struct {
	*stage
	pid int
	in  io.Writer
}

func (s *stage) sample() sample {
	file := filepath.Join(s.dir, "sample.mjs")
	if _, err := os.Stat(file); err != nil {
		s.check(os.WriteFile(file, sampleText, 0o600))
	}
	cmd := exec.Command("node", file, s.world.Client.Addr(), "")
	in, err := cmd.StdinPipe()
	s.check(err)
	out, err := cmd.StdoutPipe()
	s.check(err)
	s.check(cmd.Start())
	s.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	_, err = bufio.NewReader(out).ReadString('\n')
	s.check(err)
	return sample{s, cmd.Process.Pid, in}
}

// serverStarted has it do what it does at a server's start.
func (n sample) serverStarted() {
	_, err := io.WriteString(n.in, "start\n")
	n.check(err)
}
