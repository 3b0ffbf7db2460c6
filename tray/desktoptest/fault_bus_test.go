//go:build linux

package desktoptest

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// The session bus dies, more than once. Without it there is no icon, and everything
// else works; with a new one at the same address the icon is back and shows what has
// happened since.
func TestDesktopFaultBusDies(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Settings(t, true, "on_launch = false\n")
	app := d.Start(t, "alt:V: Main menu")
	d.ReconnectWorks(t)
	base := d.Baseline(t, app)
	const deaths = 3
	for n := 1; n <= deaths; n++ {
		d.Bus.Kill(t)
		d.Panel = nil
		d.Until(t, app, 10*time.Second, "said once for each death", func(said string) bool {
			return strings.Count(said, "msg=no_tray") == n && strings.Count(app.Stderr(), "\n") >= n // printed after it is logged
		})
		if printed := strings.Count(app.Stderr(), "\n"); printed != n {
			t.Errorf("%d lines were printed for %d deaths: %s", printed, n, app.Stderr())
		}
		begin := app.ProcessorTime(t)
		// Each of these changes the icon, the tooltip and rows.
		for _, word := range []string{"LOADING", "MAIN_MENU", "IN_GAME"} {
			d.Port.Set(word)
			d.Port.WaitPolls(t, 1)
		}
		if used := app.ProcessorTime(t) - begin; used > time.Second {
			t.Errorf("%v of processor time in a few seconds without a bus", used)
		}
		d.Answers(t)
		// The keyring needs the bus: a reconnect says so and sends nothing.
		before := len(d.Port.Reconnects())
		if result := d.Env.Run(t, "", d.Program, "reconnect"); result.Code != 6 || !strings.Contains(result.Stderr, "keyring") {
			t.Errorf("altv-tray reconnect without a bus: %v, want exit 6 and the reason", result)
		}
		base.Check(t)
		if sent := len(d.Port.Reconnects()) - before; sent != 0 {
			t.Errorf("%d reconnects were sent without a keyring", sent)
		}

		d.Port.Set("MAIN_MENU")
		d.Port.WaitPolls(t, 2)
		d.Bus.Up(t)
		d.Panel = StartPanel(t, d.Bus)
		d.Notes = StartNotifications(t, d.Bus)
		d.Keyring = StartKeyring(t, d.Bus, d.Env)
		d.Panel.WaitForIcon(t, app, 10*time.Second)
		sight := d.WaitState(t, "alt:V: Main menu", 5*time.Second)
		if !strings.HasPrefix(sight.ToolTip, "alt:V: Main menu") || sight.ID != "altv-tray" || len(sight.Icon.Pixels) == 0 {
			t.Errorf("back: %v", sight)
		}
		d.ReconnectWorks(t)
		d.Notes.Wait(t, 0, 5*time.Second, "in game")
	}
	if said := d.log(t) + app.Stderr(); strings.Contains(said, "systray error") {
		t.Errorf("said: %s", said)
	}
	base.Recovered(t, "alt:V: In game")
}

// The server restarts while there is no bus. It has no password, so no keyring is needed,
// and the client is reconnected.
func TestDesktopFaultBusDeadRestart(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	d.Env.WriteSettings(t, settings(d.Port, d.Server, true, "on_launch = false\n")+"password = \"none\"\n")
	d.Port.Script(Joins...)
	app := d.Start(t, "alt:V: In game")
	d.Panel.Wait(t, 5*time.Second, "the server is ready", func(s Sight) bool { _, server := s.State(); return server == "Server: ready" })
	d.Bus.Kill(t)
	d.Until(t, app, 10*time.Second, "said", func(said string) bool { return strings.Contains(said, "msg=no_tray") })
	d.Server.Down()
	d.Until(t, app, 10*time.Second, "the server is seen to be down", func(said string) bool { return strings.Contains(said, "state=down") })
	d.Server.Up(t)
	d.Port.WaitReconnects(t, 1, 10*time.Second)
	d.Until(t, app, 5*time.Second, "joined", func(said string) bool { return strings.Contains(said, "msg=reconnect_joined") })
	if sent := d.Port.Reconnects(); len(sent) != 1 || sent[0].Body != "" {
		t.Errorf("sent: %+v", sent)
	}
	d.CheckNoPanic(t, app)
	app.Signal(t, syscall.SIGTERM)
	if code := app.Wait(t, AnswerLimit); code != 0 {
		t.Errorf("ended with %d: %s", code, app.Stderr())
	}
}

// A bus that crashed before the start has left its socket behind.
func TestDesktopFaultBusLeftover(t *testing.T) {
	t.Parallel()
	d := newEmptyDesktop(t, "MAIN_MENU")
	d.Bus.Kill(t)
	app := d.Env.Start(t, "", d.Program)
	d.Port.WaitPolls(t, 3)
	if lines := strings.Count(app.Stderr(), "\n"); lines != 1 {
		t.Errorf("want one line that says that there is no icon, got %d: %q", lines, app.Stderr())
	}
	d.Answers(t)
	d.Bus.Up(t)
	d.Panel = StartPanel(t, d.Bus)
	d.Panel.WaitForIcon(t, app, 10*time.Second)
	d.WaitState(t, "alt:V: Main menu", 5*time.Second)
	d.CheckNoPanic(t, app)
	app.Signal(t, syscall.SIGTERM)
	if code := app.Wait(t, AnswerLimit); code != 0 {
		t.Errorf("ended with %d: %s", code, app.Stderr())
	}
}
