package simulator_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/simulator"
)

func readLog(t *testing.T, folder string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "server.log"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var decoration = regexp.MustCompile(`\x1b\[\d+m|^\[\d\d:\d\d:\d\d\] `)

// logLines returns the log's lines without time stamps and colours.
func logLines(t *testing.T, folder string) []string {
	t.Helper()
	var lines []string
	for line := range strings.Lines(readLog(t, folder)) {
		lines = append(lines, decoration.ReplaceAllString(strings.TrimSpace(line), ""))
	}
	return lines
}

func last(lines []string) string { return lines[len(lines)-1] }

func TestServerStartsAsALogTells(t *testing.T) {
	folder := t.TempDir()
	inBubble(t, simulator.Options{Folder: folder}, func(t *testing.T, b bench) {
		if got := last(logLines(t, folder)); got != "Loading resource freeroam" {
			t.Errorf("at first the log ends in %q", got)
		}
		if !b.Server.Running() || b.Server.Ready() {
			t.Errorf("running %v, ready %v", b.Server.Running(), b.Server.Ready())
		}
		b.pass(simulator.ResourcesTime - 10*time.Millisecond)
		if _, err := b.network.Dial(t.Context(), "tcp", serverAddr); !isRefused(err) {
			t.Errorf("dialling while resources load gave %v", err)
		}
		b.pass(10 * time.Millisecond)
		conn, err := b.network.Dial(t.Context(), "tcp", serverAddr)
		if err != nil {
			t.Fatal(err)
		}
		conn.Close()
		if b.Server.Ready() || last(logLines(t, folder)) == "Server started" {
			t.Error("ready too early")
		}
		b.pass(simulator.ThreadsTime)
		want := []string{
			"alt:V Server 16.2.0 (simulated)",
			"Starting simulated server on 0.0.0.0:7788",
			"Loading resource chat",
			"Loading resource freeroam",
			"Loaded resource chat",
			"Loaded resource freeroam",
			"Starting HTTP server on 0.0.0.0:7788",
			"Main thread started (ThreadId: 2144)",
			"Network thread started (ThreadId: 18392)",
			"Server started",
		}
		if got := logLines(t, folder); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("the log is\n%s", strings.Join(got, "\n"))
		}
		if !b.Server.Ready() {
			t.Error("not ready")
		}
		if raw := readLog(t, folder); !strings.Contains(raw, "] \x1b[32mServer started\x1b[0m\n") {
			t.Errorf("no colours in %q", raw)
		}
	})
	if got := last(logLines(t, folder)); got != "Server shutdown" {
		t.Errorf("after Close the log ends in %q", got)
	}
}

func TestKilledServerLogsNothing(t *testing.T) {
	folder := t.TempDir()
	inBubble(t, simulator.Options{Folder: folder}, func(t *testing.T, b bench) {
		b.pass(simulator.ResourcesTime + simulator.ThreadsTime)
		b.Server.Down()
		b.Server.Down()
		if got := last(logLines(t, folder)); got != "Server started" {
			t.Errorf("killed, the log ends in %q", got)
		}
		if _, err := b.network.Dial(t.Context(), "tcp", serverAddr); !isRefused(err) {
			t.Errorf("dialling a killed server gave %v", err)
		}
		b.Server.Up()
		if got := last(logLines(t, folder)); got != "Loading resource freeroam" {
			t.Errorf("the log was not begun anew, it ends in %q", got)
		}
		b.Server.Stop()
		if got := last(logLines(t, folder)); got != "Server shutdown" {
			t.Errorf("stopped, the log ends in %q", got)
		}
		b.pass(time.Minute)
		if b.Server.Running() {
			t.Error("a start that was stopped goes on")
		}
	})
}

func TestRestart(t *testing.T) {
	folder := t.TempDir()
	inBubble(t, simulator.Options{Folder: folder}, func(t *testing.T, b bench) {
		b.pass(simulator.ResourcesTime + simulator.ThreadsTime)
		b.Server.Restart(3 * time.Second)
		if b.Server.Running() || last(logLines(t, folder)) != "Server shutdown" {
			t.Error("not stopped in good order")
		}
		b.pass(3*time.Second - 10*time.Millisecond)
		if b.Server.Running() {
			t.Error("back too early")
		}
		b.pass(10*time.Millisecond + simulator.ResourcesTime + simulator.ThreadsTime)
		if !b.Server.Ready() {
			t.Error("not back")
		}

		b.Server.Restart(time.Hour)
		b.Server.Down()
		b.pass(2 * time.Hour)
		if b.Server.Running() {
			t.Error("Down did not call the restart off")
		}

		b.Server.Restart(time.Hour)
		b.Server.Up()
		b.pass(simulator.ResourcesTime + simulator.ThreadsTime)
		if !b.Server.Ready() {
			t.Error("Up did not shorten the restart")
		}
		b.Server.Up()
		if !b.Server.Ready() {
			t.Error("Up restarted a server that is up")
		}
	})
}

func TestIdleConnections(t *testing.T) {
	for name, c := range map[string]struct {
		closeIdle, kept time.Duration // kept 0: for ever
	}{
		"kept":           {0, 0},
		"closed":         {time.Minute, time.Minute},
		"closed at once": {1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, simulator.Options{CloseIdle: c.closeIdle}, func(t *testing.T, b bench) {
				b.pass(simulator.ResourcesTime + simulator.ThreadsTime)
				conn, err := b.network.Dial(t.Context(), "tcp", serverAddr)
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close()
				begun := time.Now()
				if c.kept == 0 {
					if err := conn.SetReadDeadline(begun.Add(24 * time.Hour)); err != nil {
						t.Fatal(err)
					}
				}
				_, err = conn.Read(make([]byte, 1))
				if c.kept == 0 {
					if !errors.Is(err, os.ErrDeadlineExceeded) {
						t.Errorf("it ended after %v with %v", time.Since(begun), err)
					}
					if err := conn.SetReadDeadline(time.Time{}); err != nil {
						t.Fatal(err)
					}
					b.Server.Down()
					if _, err = conn.Read(make([]byte, 1)); err != io.EOF {
						t.Errorf("a killed server's connection gave %v", err)
					}
				} else if err != io.EOF || time.Since(begun) != c.kept {
					t.Errorf("it ended after %v with %v", time.Since(begun), err)
				}
			})
		})
	}
}

func TestServerAnswersHTTP(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		b.pass(simulator.ResourcesTime)
		answer, err := b.http.Get("http://" + serverAddr + "/")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("answered with %d", answer.StatusCode)
		}
	})
}

// A system that is asked for a free port may give one again that was just closed.
func TestClientAndServerGetTwoPorts(t *testing.T) {
	var network simulator.Network
	w := simulator.New(simulator.Options{Listen: func(kind, address string) (net.Listener, error) {
		for port := 50000; strings.HasSuffix(address, ":0"); port++ {
			if l, err := network.Listen(kind, fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
				return l, nil
			}
		}
		return network.Listen(kind, address)
	}})
	if err := w.Start("127.0.0.1:0", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if w.Client.Addr() == w.Server.Addr() {
		t.Errorf("both are at %s", w.Client.Addr())
	}
}

func TestPortTakenWhileTheServerLoads(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		taken, err := b.network.Listen("tcp", serverAddr)
		if err != nil {
			t.Fatal(err)
		}
		b.pass(simulator.ResourcesTime)
		if b.Server.Running() {
			t.Error("it runs without its port")
		}
		b.told("cannot listen on " + serverAddr)
		taken.Close()
		b.Server.Up()
		b.pass(simulator.ResourcesTime + simulator.ThreadsTime)
		if !b.Server.Ready() {
			t.Error("it does not start again")
		}
	})
}

func TestSpeedKeepsEveryPhaseVisible(t *testing.T) {
	for _, speed := range []float64{20, 1e9} {
		inBubble(t, simulator.Options{Speed: speed}, func(t *testing.T, b bench) {
			b.pass(simulator.LoadingTime) // at speed 1: long enough for both
			b.post("")
			seen := map[string]int{}
			for b.Client.Joins() == 0 {
				_, word := b.send(http.MethodGet, "/status", "")
				seen[word]++
				b.pass(49 * time.Millisecond)
			}
			for _, s := range []debugport.Status{debugport.Connecting, debugport.DownloadingFiles} {
				if seen[string(s)] == 0 {
					t.Errorf("speed %g: a watcher every 50 ms saw no %v, but %v", speed, s, seen)
				}
			}
		})
	}
	for speed, want := range map[float64]time.Duration{
		0: 4 * time.Second, -1: 4 * time.Second, 1: 4 * time.Second, 2: 2 * time.Second, 0.5: 8 * time.Second, 1e9: simulator.MinPhase,
	} {
		if got := (simulator.Options{Speed: speed}).Scale(4 * time.Second); got != want {
			t.Errorf("4 s at speed %g are %v, want %v", speed, got, want)
		}
	}
	if got := (simulator.Options{Speed: 1e9}).ScaleTimeout(simulator.DropTimeout); got != simulator.MinTimeout {
		t.Errorf("a time-out came to %v", got)
	}
}

func TestCloseInEveryPhase(t *testing.T) {
	for after := 50 * time.Millisecond; after < 30*time.Second; after += 350 * time.Millisecond {
		inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
			if left := after - simulator.LoadingTime; left <= 0 {
				b.pass(after)
			} else {
				b.toMenu()
				b.post("")
				b.pass(left / 2)
				b.Server.Down() // at each moment of a join
				b.pass(left / 2)
			}
			b.http.CloseIdleConnections()
			begun := time.Now()
			b.Close()
			if took := time.Since(begun); took != 0 {
				t.Errorf("%v after the start, closing took %v", after, took)
			}
			b.Server.Up()
			if b.Client.Start() == nil || b.Start(clientAddr, serverAddr) == nil || b.Server.Running() {
				t.Error("a closed world starts again")
			}
		})
	}
}
