package simulator_test

import (
	"context"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/simulator"
)

// asked says what becomes of a request on a new connection to the server's port.
func (b bench) asked() string {
	b.t.Helper()
	conn, err := b.network.Dial(context.Background(), "tcp", serverAddr)
	if err != nil {
		return "refused"
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	if n, _ := conn.Read(make([]byte, 1)); n == 0 {
		return "hung up"
	}
	return "answered"
}

func TestRelay(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		want := func(what, want string) {
			t.Helper()
			if got := b.asked(); got != want {
				t.Errorf("%s: %s, want %s", what, got, want)
			}
		}
		do := func(line string) {
			t.Helper()
			if err := b.Command(line); err != nil {
				t.Errorf("%q: %v", line, err)
			}
			synctest.Wait()
		}
		want("starting", "refused")
		do("server relay on")
		want("starting behind a relay", "hung up")
		do("server relay on") // nothing new, so the server goes on loading
		b.pass(simulator.ResourcesTime)
		want("behind a relay", "answered")
		do("server down")
		want("down behind a relay", "hung up")
		do("server up")
		b.pass(simulator.ResourcesTime + simulator.ThreadsTime)
		want("up again", "answered")
		b.pass(simulator.LoadingTime)
		b.post("")
		b.pass(simulator.ConnectingTime + simulator.DownloadTime)
		if !b.Server.Ready() {
			t.Error("the server cannot be joined behind a relay")
		}
		do("server relay off")
		want("killed for it and starting", "refused")
		b.pass(simulator.ResourcesTime)
		want("without a relay", "answered")
		do("server relay on")
		do("server stop")
		want("stopped behind a relay", "hung up")
		b.Close()
		want("closed", "refused")
		if b.Command("server relay on") == nil {
			t.Error("a closed world takes a relay")
		}
	})
	if simulator.New(simulator.Options{}).Server.Relay(true) == nil {
		t.Error("a world that is not started takes a relay")
	}
}
