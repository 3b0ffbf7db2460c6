//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"altv-tray/monitor/history"
	"altv-tray/tray/desktoptest"
)

// idle watches altv-tray with its player in game, the server ready and its icon
// in a panel, and the sample under Node.js that waits for its server's next start.
func (b *bench) idle() (ours, node usage) {
	s, bus := b.stage(), desktoptest.StartBus(b)
	desktoptest.StartPanel(b, bus)
	pid, nodePid := s.tray(bus, true).Pid, 0 // of no process
	if b.node {
		nodePid = s.sample().pid
	}
	time.Sleep(b.warm)
	end, endNode := watchUsage(pid), watchUsage(nodePid)
	time.Sleep(b.rest)
	return end(), endNode()
}

// point is the memory at one size of the log.
type point struct {
	megabytes int
	rss       int64
}

// growth has the program follow a log that grows to 500 MB, with 100 profiles and
// 10,000 rows of history. How a day of restarts leaves it, tray's TestSoak shows.
func (b *bench) growth() (all []point) {
	const steps, step = 10, 50
	s, folder := b.stage(), filepath.Join(b.dir, "server")
	b.check(os.Mkdir(folder, 0o700))
	log, err := os.Create(filepath.Join(folder, "server.log"))
	b.check(err)
	defer func() { _ = log.Close() }()
	_, err = log.WriteString("[12:00:00] Server started\n")
	b.check(err)
	profile := fmt.Sprintf("folder = %q\nready = \"log\"\n", folder)
	for i := range 99 {
		profile += fmt.Sprintf("[[profiles]]\nname = \"profile %d\"\n", i)
	}
	t := s.launch(nil, true, profile, b.fillHistory)
	line := "[12:00:01] something that a game mode has to say about one of its players\n"
	more := []byte(strings.Repeat(line, step<<20/len(line)))
	for i := range steps + 1 {
		time.Sleep(3 * time.Second)
		all = append(all, point{i * step, memory(t.Pid, "VmRSS")})
		if i < steps {
			_, err := log.Write(more)
			b.check(err)
		}
	}
	return all
}

// fillHistory writes a history of 10,000 rows.
func (b *bench) fillHistory(env *desktoptest.Env) {
	const n = 10_000
	var text bytes.Buffer
	begin := time.Now().Add(-n * time.Minute)
	for i := range n {
		row, err := history.Entry{Kind: history.Reconnect, At: begin.Add(time.Duration(i) * time.Minute), Profile: "default", Duration: 3 * time.Second, Cause: "by_hand", Joined: true, Attempts: 1}.MarshalJSON()
		b.check(err)
		text.Write(append(row, '\n'))
	}
	b.check(os.MkdirAll(env.StateFile(""), 0o700))
	b.check(os.WriteFile(env.StateFile(history.FileName), text.Bytes(), 0o600))
}
