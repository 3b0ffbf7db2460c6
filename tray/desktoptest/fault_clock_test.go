//go:build linux

package desktoptest

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// A process is stopped for a while, as by a computer that sleeps or has no processor
// time for it. When it continues it sends nothing before it has read client and server
// again, and then once.
//
// The cases run in parallel, as they mostly wait.
func TestDesktopFaultStandstill(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		still time.Duration // from 30 s on it counts as a sleep of the computer
		run   func(t *testing.T, d *Desktop, still time.Duration)
	}{
		{"in the countdown", 20 * time.Second, stillInCountdown},
		{"clicked meanwhile", 20 * time.Second, stillClicked},
		{"the server goes down", 32 * time.Second, stillServerDown},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, NewDesktop(t, "MAIN_MENU"), c.still)
		})
	}
}

// The countdown runs out, and the client is no longer ready. Its earlier answers, and
// those that were not read in time, do not count.
func stillInCountdown(t *testing.T, d *Desktop, still time.Duration) {
	d.Settings(t, true, "delay = \"10s\"\n")
	d.Port.Script(Joins...)
	app := d.Start(t, "alt:V: Main menu")
	d.serverIs(t, true)
	d.Server.Down()
	d.serverIs(t, false)
	d.Server.Up(t)
	d.Panel.Wait(t, 10*time.Second, "the countdown", func(s Sight) bool { return s.Shows("Cancel reconnect…") })
	d.Port.Hang(true)
	d.Port.WaitPolls(t, 1)
	hold(t, app, still, func() {
		d.Port.Hang(false) // MAIN_MENU is on its way
		<-time.After(100 * time.Millisecond)
		d.Port.Set("LOADING")
	})
	sentOnce(t, d, app, func() { d.Port.Set("MAIN_MENU") })
}

// A click during that time takes effect when the process continues, as one reconnect.
func stillClicked(t *testing.T, d *Desktop, still time.Duration) {
	d.Port.Script(Joins...)
	app := d.Start(t, "alt:V: Main menu")
	row, _ := d.sight(t).Find("Reconnect now")
	clicked := make(chan struct{})
	hold(t, app, still, func() {
		go func() {
			defer close(clicked)
			d.Panel.Click(t, row) // answered when the process goes on
		}()
		d.Port.Set("LOADING")
	})
	select {
	case <-clicked:
	case <-time.After(AnswerLimit):
		t.Fatal("the click is not answered")
	}
	d.Panel.Wait(t, AnswerLimit, "the reconnect waits", func(s Sight) bool { return s.Shows("Cancel reconnect…") })
	sentOnce(t, d, app, func() { d.Port.Set("MAIN_MENU") })
}

// The server went down and the client fell out of the game.
func stillServerDown(t *testing.T, d *Desktop, still time.Duration) {
	d.Settings(t, true, "")
	d.Port.Script(Joins...)
	d.Port.Set("IN_GAME")
	app := d.Start(t, "alt:V: In game")
	d.serverIs(t, true)
	told := len(d.Notes.Shown())
	hold(t, app, still, func() {
		d.Server.Down()
		d.Port.Set("MAIN_MENU")
	})
	d.WaitState(t, "alt:V: Main menu", 5*time.Second)
	d.serverIs(t, false)
	d.said(t, app, "msg=computer_slept")
	if shown := d.Notes.Shown(); len(shown) > told {
		t.Errorf("what happened while it stood still is told as news: %+v", shown[told:])
	}
	sentOnce(t, d, app, func() { d.Server.Up(t) })
}

// hold stops the process for that long, and calls meanwhile in that time.
func hold(t testing.TB, app *Process, still time.Duration, meanwhile func()) {
	t.Helper()
	app.Signal(t, syscall.SIGSTOP)
	// In any case: a stopped process does not end when it is asked to.
	defer app.Signal(t, syscall.SIGCONT)
	over := time.After(still)
	meanwhile()
	<-over
}

// sentOnce checks that nothing is sent until ready has made both sides ready, that then
// one reconnect is sent, and that the program is healthy.
func sentOnce(t testing.TB, d *Desktop, app *Process, ready func()) {
	t.Helper()
	d.Port.WaitPolls(t, 4)
	d.Answers(t)
	if sent := d.Port.Reconnects(); len(sent) > 0 {
		t.Fatalf("sent before both sides were seen to be ready: %+v", sent)
	}
	ready()
	d.Port.WaitReconnects(t, 1, 10*time.Second)
	d.WaitState(t, "alt:V: In game", 10*time.Second)
	d.Port.WaitPolls(t, 3)
	if sent := d.Port.Reconnects(); len(sent) != 1 || sent[0].Word != "MAIN_MENU" || sent[0].Body != Password {
		t.Errorf("sent: %+v", sent)
	}
	if said := strings.TrimSpace(app.Stderr()); said != "" {
		t.Errorf("said: %q", said)
	}
	d.CheckNoPanic(t, app)
	d.CheckNoPassword(t, app)
	d.quits(t, app)
}

// serverIs waits until the menu says whether the server is ready.
func (d *Desktop) serverIs(t testing.TB, ready bool) {
	t.Helper()
	d.Panel.Wait(t, 10*time.Second, "the server's row", func(s Sight) bool {
		_, server := s.State()
		return server != "" && (server == "Server: ready") == ready
	})
}
