//go:build linux

package desktoptest

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// This file tests the rules of reconnecting as a user sees them. The click and the plain
// restart are in reconnect_test.go, the notifications of failures in
// notification_test.go.

// serverRow waits for the menu's second row to be that.
func (d *Desktop) serverRow(t testing.TB, want string) {
	t.Helper()
	d.Panel.Wait(t, 10*time.Second, fmt.Sprintf("the second row is %q", want), func(s Sight) bool {
		_, server := s.State()
		return server == want
	})
}

// restart takes the server down, waits until the program has seen that, and starts it.
func (d *Desktop) restart(t testing.TB) {
	t.Helper()
	d.Server.Down()
	d.serverRow(t, "Server: down")
	d.Server.Up(t)
}

// sent checks that n reconnects have arrived in all, and that no other comes during a few
// more polls.
func (d *Desktop) sent(t testing.TB, want int) []Request {
	t.Helper()
	if want > 0 {
		d.Port.WaitReconnects(t, want, 10*time.Second)
	}
	d.Port.WaitPolls(t, 4)
	all := d.Port.Reconnects()
	if len(all) != want {
		t.Fatalf("%d reconnects arrived, want %d: %+v", len(all), want, all)
	}
	for _, r := range all {
		if r.Word != "MAIN_MENU" && r.Word != "IN_GAME" {
			t.Errorf("one arrived in %s", r.Word)
		}
	}
	return all
}

// Rule 4: a player who leaves on purpose is left alone; one who fell out because the
// server went down is brought back when it is ready.
func TestDesktopRule4Leave(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	d.Settings(t, true, "")
	d.Port.Script(Joins...)
	d.Start(t, "alt:V: In game")
	d.serverRow(t, "Server: ready")
	d.Port.Set("MAIN_MENU")
	d.WaitState(t, "alt:V: Main menu", 5*time.Second)
	d.sent(t, 0)

	d.Port.Set("IN_GAME")
	d.WaitState(t, "alt:V: In game", 5*time.Second)
	d.Server.Down()
	d.serverRow(t, "Server: down")
	d.Port.Set("MAIN_MENU")
	d.WaitState(t, "alt:V: Main menu", 5*time.Second)
	d.sent(t, 0)
	d.Server.Up(t)
	d.sent(t, 1)
	d.WaitState(t, "alt:V: In game", 5*time.Second)
}

// Rule 4: the delay is a countdown that the menu shows and can cancel.
func TestDesktopRule4Countdown(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Settings(t, true, "delay = \"5s\"")
	d.Port.Script(Joins...)
	d.Start(t, "alt:V: Main menu")
	d.serverRow(t, "Server: ready")
	d.restart(t)
	sight := d.Panel.Wait(t, 10*time.Second, "the countdown shows", func(s Sight) bool { return s.Shows("Cancel reconnect (…") })
	row, _ := sight.Find("Cancel reconnect (…")
	d.Panel.Wait(t, 5*time.Second, "it counts down", func(s Sight) bool {
		now, ok := s.Find("Cancel reconnect (…")
		return ok && now.Label != row.Label
	})
	d.Click(t, "Cancel reconnect (…")
	d.Panel.Wait(t, 5*time.Second, "the row is as before", func(s Sight) bool { return s.Shows("Reconnect now") })
	d.sent(t, 0)
	d.restart(t)
	d.sent(t, 1)
}

// Rule 5: a burst of restarts makes one reconnect, after the last.
func TestDesktopRule5Burst(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	d.Env.WriteSettings(t, strings.Replace(settings(d.Port, d.Server, true, ""), `"100ms"`, `"2s"`, 1))
	d.Port.Script(Joins...)
	d.Start(t, "alt:V: In game")
	d.serverRow(t, "Server: ready")
	for range 5 {
		d.restart(t)
		d.serverRow(t, "Server: starting")
	}
	last := time.Now()
	at := d.sent(t, 1)[0].At
	if at.Sub(last) < 1500*time.Millisecond {
		t.Errorf("it came %v after the last start, before ready_delay was over", at.Sub(last))
	}
}

// Rule 5: a relay listens in the server's place, whether the server runs or not. Nothing
// is sent while nothing is behind it, even with ready_delay 0.
func TestDesktopRule5Relay(t *testing.T) {
	t.Parallel()
	for _, delay := range []string{"100ms", "0s"} {
		t.Run(delay, func(t *testing.T) {
			t.Parallel()
			d := NewDesktop(t, "IN_GAME")
			text := strings.Replace(settings(d.Port, d.Server, true, ""), `"100ms"`, fmt.Sprintf("%q", delay), 1)
			d.Env.WriteSettings(t, strings.Replace(text, d.Server.Address, StartRelay(t, d.Server.Address), 1))
			d.Port.Script(Joins...)
			d.Start(t, "alt:V: In game")
			d.serverRow(t, "Server: ready")
			for n := range 3 {
				d.Server.Down()
				<-time.After(300 * time.Millisecond)
				d.Server.Up(t)
				d.sent(t, 1+n)
				d.WaitState(t, "alt:V: In game", 5*time.Second)
			}
			d.Server.Down()
			d.serverRow(t, "Server: down")
			d.sent(t, 3)
			d.serverRow(t, "Server: down")
			d.Server.Up(t)
			d.sent(t, 4)
			d.serverRow(t, "Server: ready")
		})
	}
}

// Rule 5: a server whose port is gone is down, even if an old connection lives on.
func TestDesktopRule5HalfDead(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	d.Settings(t, true, "")
	d.Port.Script(Joins...)
	d.Start(t, "alt:V: In game")
	d.serverRow(t, "Server: ready")
	d.Server.Deafen()
	d.serverRow(t, "Server: down")
	d.sent(t, 0)
	d.Server.Up(t)
	d.sent(t, 1)
	d.serverRow(t, "Server: ready")
}

// Rule 5: the log and the signal as sources, with the address, the password and
// the rest read from the server's folder.
func TestDesktopRule5Sources(t *testing.T) {
	t.Parallel()
	for _, source := range []string{"log", "signal"} {
		t.Run(source, func(t *testing.T) {
			d := NewDesktop(t, "IN_GAME")
			folder := filepath.Join(d.Env.Home, "server")
			host, port, _ := strings.Cut(d.Server.Address, ":")
			writeFile(t, filepath.Join(folder, "server.toml"), fmt.Sprintf("host = %q\nport = %s\npassword = \"in the file\"\ndebug = true\n", host, port))
			log := filepath.Join(folder, "server.log")
			started := "[10:00:00] Starting HTTP server on " + d.Server.Address + "\r\n[10:00:01] \x1b[32mServer started\x1b[0m\r\n"
			writeFile(t, log, started)
			text := settings(d.Port, d.Server, true, "")
			text = strings.Replace(text, "server = ", fmt.Sprintf("folder = %q\nready = %q\nserver = ", folder, source), 1)
			d.Env.WriteSettings(t, text)
			d.Port.Script(Joins...)
			d.Start(t, "alt:V: In game")
			tell := func() {
				if source == "log" {
					writeFile(t, log, started)
				} else if result := d.Env.Run(t, "", d.Program, "ready"); result.Code != 0 || result.Stderr != "" {
					t.Fatalf("altv-tray ready: %v", result)
				}
			}
			tell()
			d.serverRow(t, "Server: ready")
			d.Port.WaitPolls(t, 4) // its first being ready may bring the client back
			d.WaitState(t, "alt:V: In game", 5*time.Second)
			before := len(d.Port.Reconnects())

			d.Server.Down()
			writeFile(t, log, "[10:05:00] Loading resource a\n")
			d.Panel.Wait(t, 10*time.Second, "it is not ready", func(s Sight) bool {
				_, server := s.State()
				return server != "Server: ready" && server != "Server: starting"
			})
			d.Server.Up(t)
			d.Port.WaitPolls(t, 4) // its port alone must not do
			if n := len(d.Port.Reconnects()); n != before {
				t.Fatalf("%d sent before the server said so", n-before)
			}
			tell()
			d.sent(t, before+1)
			d.Click(t, "Server password", "Take from server.toml")
			Until(t, 5*time.Second, "it is in the keyring", func() (bool, string) {
				stored, _ := d.Keyring.Lookup(t, "default")
				return stored == "in the file", stored
			})
		})
	}
}

// Rule 7: a pause stops what is automatic and nothing else.
func TestDesktopRule7Pause(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Settings(t, true, "")
	d.Port.Script(Joins...)
	d.Start(t, "alt:V: Main menu")
	d.serverRow(t, "Server: ready")
	d.Click(t, "Pause", "For 1 hour")
	d.Panel.Wait(t, 5*time.Second, "it can be resumed", func(s Sight) bool {
		_, pause := s.Find("Pause")
		return s.Shows("Resume") && !pause && strings.HasSuffix(s.ToolTip, "\nPaused (1 h left)")
	})
	d.restart(t)
	d.serverRow(t, "Server: ready")
	d.sent(t, 0)
	d.Click(t, "Reconnect now")
	d.sent(t, 1)
	d.WaitState(t, "alt:V: In game", 5*time.Second)
	d.Click(t, "Resume")
	d.Panel.Wait(t, 5*time.Second, "it can be paused", func(s Sight) bool {
		_, resume := s.Find("Resume")
		return s.Shows("Pause", "For 15 minutes") && !resume
	})
	d.sent(t, 1)
	d.restart(t)
	d.sent(t, 2)
}

// Rule 8: a process that was stopped, as while the computer sleeps, reads client and
// server again before it sends anything.
func TestDesktopRule8StoodStill(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	d.Settings(t, true, "")
	d.Port.Script(Joins...)
	app := d.Start(t, "alt:V: In game")
	d.serverRow(t, "Server: ready")
	app.Signal(t, stop)
	d.Port.Set("LOADING")
	d.Server.Down()
	app.Signal(t, goOn)
	d.WaitState(t, "alt:V: Loading", 5*time.Second)
	d.serverRow(t, "Server: down")
	d.Server.Up(t)
	d.sent(t, 0)
	d.Port.Set("MAIN_MENU")
	d.sent(t, 1)
}
