package control

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/simulator"
)

// bubble runs a test in virtual time, with a client that says word.
func bubble(t *testing.T, word string, test func(t *testing.T, m *monitor.Monitor, w *simulator.World)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var network simulator.Network
		w := clientIn(t, &network, word)
		m := monitored(t, &network)
		<-time.After(3 * time.Second) // until the server is up
		synctest.Wait()
		test(t, m, w)
	})
}

func TestDoReconnectOneThatIsSent(t *testing.T) {
	for _, wait := range []bool{false, true} {
		bubble(t, "MAIN_MENU", func(t *testing.T, m *monitor.Monitor, w *simulator.World) {
			v := DoReconnect(t.Context(), m, m.Reconnect, wait, time.Minute)
			if !v.OK || v.TimedOut || v.Reason != "" || v.Server != "unknown" || v.Seconds <= 0 || v.Seconds > 5 {
				t.Errorf("%+v", v)
			}
			if in := w.Client.Joins() == 1; in != wait {
				t.Errorf("waited is %t, in game %t", wait, in)
			}
		})
	}
}

func TestDoReconnectARefusal(t *testing.T) {
	bubble(t, "MAIN_MENU", func(t *testing.T, m *monitor.Monitor, w *simulator.World) {
		w.Client.Quit()
		<-time.After(3 * time.Second) // until that is known
		v := DoReconnect(t.Context(), m, m.Reconnect, true, time.Minute)
		if v.OK || v.TimedOut || v.Reason != "not_running" {
			t.Errorf("%+v", v)
		}
	})
}

// What the command began ends with its time; what others began goes on.
func TestTimeoutCallsOffWhatItBegan(t *testing.T) {
	bubble(t, "LOADING", func(t *testing.T, m *monitor.Monitor, w *simulator.World) {
		begun := time.Now()
		v := DoReconnect(t.Context(), m, m.Reconnect, false, 10*time.Second)
		if !v.TimedOut || v.OK || time.Since(begun) != 10*time.Second {
			t.Errorf("%+v after %v", v, time.Since(begun))
		}
		synctest.Wait()
		if s := m.Snapshot(); s.Reconnect.Phase != monitor.NoJob || s.Last.Reason != monitor.ByUser {
			t.Errorf("it goes on: %+v", s.Reconnect)
		}
		_ = w.Client.SetStatus("MAIN_MENU")
		<-time.After(time.Minute)
		if n := len(w.Client.Posts()); n != 0 {
			t.Errorf("%d requests afterwards", n)
		}
	})
}

func TestTimeoutLeavesWhatItJoined(t *testing.T) {
	bubble(t, "LOADING", func(t *testing.T, m *monitor.Monitor, w *simulator.World) {
		job, _ := m.Reconnect()
		v := DoReconnect(t.Context(), m, m.Reconnect, false, 10*time.Second)
		if !v.TimedOut {
			t.Errorf("%+v", v)
		}
		synctest.Wait()
		if s := m.Snapshot(); s.Reconnect.ID != job || s.Reconnect.Phase != monitor.Waiting {
			t.Errorf("it was called off: %+v", s.Reconnect)
		}
		_ = w.Client.SetStatus("MAIN_MENU")
		<-time.After(time.Minute)
		if n := len(w.Client.Posts()); n != 1 {
			t.Errorf("%d requests", n)
		}
	})
}

// A join under way is never cut off, and the next command does not begin another.
func TestTimeoutLeavesAJoinUnderWay(t *testing.T) {
	bubble(t, "MAIN_MENU", func(t *testing.T, m *monitor.Monitor, w *simulator.World) {
		v := DoReconnect(t.Context(), m, m.Reconnect, true, 100*time.Millisecond)
		if !v.TimedOut || len(w.Client.Posts()) != 1 {
			t.Fatalf("%+v, %d requests", v, len(w.Client.Posts()))
		}
		v = DoReconnect(t.Context(), m, m.Reconnect, true, time.Minute)
		if !v.OK || len(w.Client.Posts()) != 1 || w.Client.Joins() != 1 {
			t.Errorf("%+v, %d requests", v, len(w.Client.Posts()))
		}
	})
}

func TestSecondCommandSharesTheResult(t *testing.T) {
	bubble(t, "LOADING", func(t *testing.T, m *monitor.Monitor, w *simulator.World) {
		results := make(chan ReconnectResult, 3)
		for range 3 {
			go func() { results <- DoReconnect(t.Context(), m, m.Reconnect, true, time.Minute) }()
		}
		<-time.After(5 * time.Second)
		_ = w.Client.SetStatus("MAIN_MENU")
		for range 3 {
			v := <-results
			if !v.OK {
				t.Errorf("%+v", v)
			}
		}
		if n := len(w.Client.Posts()); n != 1 {
			t.Errorf("%d requests", n)
		}
	})
}

func TestDoReconnectAMonitorThatHasEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := monitor.New(monitor.Target{Config: monitor.Config{Client: "127.0.0.1:9223"}, NewWatcher: unwatched, Password: noPassword}, monitor.Options{Dial: (&simulator.Network{}).Dial})
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		m.Run(ctx)
		begun := time.Now()
		if v := DoReconnect(t.Context(), m, m.Reconnect, true, time.Minute); v.OK || time.Since(begun) != 0 {
			t.Errorf("%+v after %v", v, time.Since(begun))
		}
	})
}

// A command that is interrupted takes with it what it began.
func TestInterruptedCommandCallsOff(t *testing.T) {
	var network simulator.Network
	clientIn(t, &network, "LOADING")
	m := monitored(t, &network)
	_, dir := serving(t, m)
	c := found(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Ask(ctx, Reconnect, Request{Wait: true, Timeout: time.Hour}, new(ReconnectResult)) }()
	follow(t, m, "waiting", func(s monitor.Snapshot) bool { return s.Reconnect.Phase == monitor.Waiting })
	cancel()
	if err := <-ended; err == nil {
		t.Error("no error")
	}
	s := follow(t, m, "called off", func(s monitor.Snapshot) bool { return s.Reconnect.Phase == monitor.NoJob })
	if s.Last.Reason != monitor.ByUser {
		t.Errorf("%+v", s.Last)
	}
}
