//go:build linux

package desktoptest

import (
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"altv-tray/monitor/debugport"
)

// portFault is a way in which a debug port can answer, and what must follow.
type portFault struct {
	name  string
	fault func() Fault
	says  string // what `altv-tray status` prints
	code  int    // what it and `altv-tray reconnect` end with
	row   string // what the menu's first row begins with
	kind  reaction
}

// reaction is how a reconnect by hand ends.
type reaction int

const (
	refuses reaction = iota // at once
	waits                   // for a client that can take it, and can be cancelled
	sends
	fails // after one POST
)

func always(f Fault) func() Fault { return func() Fault { return f } }

func notAltV(name string, f Fault) portFault {
	return portFault{name, always(f), "NOT_ALTV", 7, "alt:V: Another program is on its port", refuses}
}

func noAnswer(name string, f Fault) portFault {
	return portFault{name, always(f), "NO_ANSWER", 4, "alt:V: No answer", waits}
}

func unknown(name, word string, f Fault) portFault {
	return portFault{name, always(f), "UNKNOWN", 0, "alt:V: Unknown state " + word, waits}
}

func mainMenu(name string, frame func(string) string, keep bool) portFault {
	return portFault{name, func() Fault { return client(frame, keep) }, "MAIN_MENU", 0, "alt:V: Main menu", sends}
}

// noPost is a client in the main menu that answers a POST with a fault.
func noPost(name string, post Fault) portFault {
	return portFault{"POST: " + name, always(func(p *FaultPort, conn net.Conn, r Request) bool {
		if r.Path == "/status" {
			return saying(good("MAIN_MENU"))(p, conn, r)
		}
		return post(p, conn, r)
	}), "MAIN_MENU", 0, "alt:V: Main menu", fails}
}

// portFaults: the redirects lead to elsewhere.
func portFaults(elsewhere string) []portFault {
	goThere := "Location: http://" + elsewhere + "/status\r\n"
	return []portFault{
		notAltV("a web page", saying(answering("200 OK", "Content-Type: text/html\r\n", webPage))),
		notAltV("404", saying(answering("404 Not Found", "", "MAIN_MENU"))),
		notAltV("500", saying(answering("500 Internal Server Error", "", "MAIN_MENU"))),
		notAltV("redirect 302", saying(answering("302 Found", goThere, "MAIN_MENU"))),
		notAltV("redirect 307", saying(answering("307 Temporary Redirect", goThere, ""))),
		notAltV("redirect by 200 and a refresh", saying(answering("200 OK", "Refresh: 0; url=http://"+elsewhere+"/status\r\n", ""))),
		notAltV("empty body", saying(good(""))),
		notAltV("binary", saying(good("\x00\x01\xfe\xff\x7f"))),
		notAltV("binary in place of HTTP", saying("\x16\x03\x01\x00\x05\x00\xff\r\n\r\n")),
		notAltV("endless body", endless("HTTP/1.1 200 OK\r\n\r\n", strings.Repeat("MAIN_MENU", 1000))),
		notAltV("endless header", endless("HTTP/1.1 200 OK\r\n", "X: y\r\n")),
		notAltV("header of 1 MB", saying(answering("200 OK", "X: "+oneMegabyte+"\r\n", "MAIN_MENU"))),
		noAnswer("cut off in the header", sayingOnce("HTTP/1.1 200 OK\r\nContent-")),
		noAnswer("cut off in the body", sayingOnce("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nMAIN_MENU")),
		noAnswer("a byte every 2 s", dripping(good("MAIN_MENU"))),
		noAnswer("hang", hanging),
		noAnswer("reset", resetting),
		noAnswer("Content-Length too long", saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nMAIN_MENU")),
		unknown("Content-Length too short", "MAIN", saying("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nMAIN_MENU")),
		unknown("a word of a newer client", "PAUSED_2", saying(good("PAUSED_2"))),
		mainMenu("HTTP/1.0", func(word string) string { return "HTTP/1.0 200 OK\r\n\r\n" + word }, false),
		mainMenu("lower case", func(word string) string { return good(strings.ToLower(word)) }, true),
		mainMenu("mixed case and spaces", func(word string) string {
			return good(" " + strings.ToUpper(word[:2]) + strings.ToLower(word[2:]) + "\r\n")
		}, true),
		mainMenu("BOM before the word", func(word string) string { return good("\ufeff" + word) }, true),
		noPost("redirect 307", saying(answering("307 Temporary Redirect", strings.ReplaceAll(goThere, "/status", "/reconnect"), ""))),
		noPost("redirect 302", saying(answering("302 Found", strings.ReplaceAll(goThere, "/status", "/reconnect"), ""))),
		noPost("500", saying(answering("500 Internal Server Error", "", ""))),
		noPost("hang", hanging),
		noPost("reset", resetting),
		noPost("endless", endless("HTTP/1.1 200 OK\r\n\r\n", strings.Repeat("OK", 2000))),
	}
}

// Whatever answers in a client's place: the user sees what it is, it gets no password, and
// the next healthy client is recognised. The rows are divided among sessions that run
// in parallel.
func TestDesktopFaultPort(t *testing.T) {
	const sessions = 3
	for session := range sessions {
		t.Run("session "+string(rune('A'+session)), func(t *testing.T) {
			t.Parallel()
			d := NewDesktop(t, "MAIN_MENU")
			elsewhere := StartFaultPort(t, "127.0.0.1:0", client(good, true))
			app := d.Start(t, "alt:V: Main menu")
			d.ReconnectWorks(t)
			base, sent := d.Baseline(t, app), len(d.Port.Reconnects())
			for i, f := range portFaults(elsewhere.Address) {
				if i%sessions != session {
					continue
				}
				t.Run(f.name, func(t *testing.T) { d.endure(t, f) })
			}
			if n := elsewhere.Polls() + len(elsewhere.Reconnects()); n > 0 {
				t.Errorf("a redirect was followed: %d requests came where it leads", n)
			}
			if n := len(d.Port.Reconnects()); n != sent {
				t.Errorf("the good client was sent %d reconnects that were meant for the faults", n-sent)
			}
			base.Recovered(t, "alt:V: In game")
		})
	}
}

// endure puts the fault in the client's place, checks everything that a user sees, and
// puts the client back.
func (d *Desktop) endure(t *testing.T, f portFault) {
	d.Port.Close()
	port := StartFaultPort(t, d.Port.Address, f.fault())
	d.WaitState(t, f.row, 8*time.Second)
	begun := time.Now()
	status := d.Env.Run(t, "", d.Program, "status")
	took := time.Since(begun)
	if status.Stdout != f.says+"\n" || status.Code != f.code || took > slowCommand {
		t.Errorf("altv-tray status: %v after %v, want %q and exit %d", status, took, f.says, f.code)
	}

	switch f.kind {
	case sends:
		d.Click(t, "Reconnect now")
		d.WaitState(t, "alt:V: In game", 5*time.Second)
		if sent := port.Reconnects(); len(sent) != 1 || sent[0].Method != "POST" || sent[0].Body != Password {
			t.Errorf("sent: %+v", sent)
		}
	case fails:
		begun := time.Now()
		result := d.Env.Run(t, "", d.Program, "reconnect", "--wait", "--timeout", "20s")
		if sent := port.Reconnects(); result.Code != 5 || len(sent) != 1 || sent[0].Body != Password {
			t.Errorf("altv-tray reconnect: %v, and sent %+v", result, sent)
		}
		t.Logf("%v after %v", result, time.Since(begun))
	case refuses:
		row, there := must(t, d.Panel).Find("Reconnect now")
		if !there || row.Enabled {
			t.Errorf("the row Reconnect now: there %v, enabled %v", there, row.Enabled)
		}
		d.Panel.Click(t, row) // a panel may show the row as it was
		d.reconnectFails(t, f.code)
	case waits:
		d.reconnectFails(t, 4)
		d.Click(t, "Reconnect now")
		d.Click(t, "Cancel reconnect…")
		d.Panel.Wait(t, 5*time.Second, "the row is as before", func(s Sight) bool { return s.Shows("Reconnect now") })
	}
	if sent := port.Reconnects(); (f.kind == refuses || f.kind == waits) && (len(sent) > 0 || port.Heard(Password)) {
		t.Errorf("sent to what is no client: %+v", sent)
	}
	port.Close()
	d.Port.Reopen(t, "IN_GAME")
	back := time.Now()
	d.WaitState(t, "alt:V: In game", 4*time.Second)
	t.Logf("status %s, exit %d after %v (%s); a good client was seen after %v", f.says, status.Code, took.Round(time.Millisecond),
		strings.TrimSpace(status.Stderr), time.Since(back).Round(time.Millisecond))
}

// slowCommand is how long a command that waits two seconds for an answer may take on a
// busy machine.
const slowCommand = debugport.Timeout + 1500*time.Millisecond

// reconnectFails asks for a reconnect from a terminal.
func (d *Desktop) reconnectFails(t *testing.T, want int) {
	t.Helper()
	begun := time.Now()
	result := d.Env.Run(t, "", d.Program, "reconnect", "--timeout", "1s")
	if took := time.Since(begun); result.Code != want || took > slowCommand {
		t.Errorf("altv-tray reconnect: %v after %v, want exit %d", result, took, want)
	}
}

// A click while the client does not answer is sent, once, when it answers again.
func TestDesktopFaultPortAnswersAgain(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Port.Script(Joins...)
	d.Port.Hang(true)
	app := d.Start(t, "alt:V: No answer")
	d.Click(t, "Reconnect now")
	d.Panel.Wait(t, 5*time.Second, "the row offers to cancel", func(s Sight) bool { return s.Shows("Cancel reconnect…") })
	d.Port.WaitPolls(t, 1)
	if sent := d.Port.Reconnects(); len(sent) > 0 {
		t.Fatalf("sent without an answer: %+v", sent)
	}
	d.Port.Hang(false)
	d.WaitState(t, "alt:V: In game", 8*time.Second)
	d.Port.WaitPolls(t, 2)
	if sent := d.Port.Reconnects(); len(sent) != 1 || sent[0].Body != Password {
		t.Errorf("sent: %+v", sent)
	}
	d.CheckNoPanic(t, app)
	d.CheckNoPassword(t, app)
}

// The client is killed between its status and the POST, and another program takes its
// port at once. Whatever it answers, it must not get the password.
func TestDesktopFaultPortChangesOwner(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	app := d.Start(t, "alt:V: Main menu")
	d.ReconnectWorks(t)
	base := d.Baseline(t, app)
	// The first status after the click comes before the password has been read; the
	// POST follows the second one.
	for _, c := range []struct {
		name   string
		status int64 // the how manieth since the click is the client's last
		after  time.Duration
		heir   Fault
	}{
		{"a web page, before the password", 1, 0, saying(good(webPage))},
		{"a web page", 2, 0, saying(good(webPage))},
		{"yes to everything", 2, 0, saying(good("OK"))},
		{"silence", 2, 0, hanging},
		{"yes to everything, a moment later", 2, time.Millisecond, saying(good("OK"))},
		{"yes to everything, after the next", 3, 0, saying(good("OK"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			d.Port.Close()
			heirs := make(chan *FaultPort, 1)
			var left atomic.Int64 // 0: not armed
			old := StartFaultPort(t, d.Port.Address, func(p *FaultPort, conn net.Conn, r Request) bool {
				if r.Path != "/status" {
					return saying(good("OK"))(p, conn, r)
				}
				last := left.Load() > 0 && left.Add(-1) == 0
				_, err := io.WriteString(conn, good("MAIN_MENU"))
				if last {
					time.Sleep(c.after)
					heir, err := p.takeOver(c.heir)
					if err != nil {
						t.Errorf("take the port over: %v", err)
					}
					heirs <- heir
				}
				return err == nil && !last
			})
			d.WaitState(t, "alt:V: Main menu", 5*time.Second)
			left.Store(c.status)
			d.Click(t, "Reconnect now")
			heir := <-heirs
			defer heir.Close()
			Until(t, 10*time.Second, "the heir was asked for its status", func() (bool, string) { return heir.Polls() >= 2, "too seldom" })
			if sent := heir.Reconnects(); len(sent) > 0 || heir.Heard(Password) {
				t.Errorf("the password went to another program: %+v", sent)
			}
			t.Logf("the client got %d reconnects before its end", len(old.Reconnects()))
			sight := d.Panel.Wait(t, 5*time.Second, "the other program is seen", func(s Sight) bool {
				state, _ := s.State()
				return !strings.HasPrefix(state, "alt:V: Main menu")
			})
			if sight.Shows("Cancel reconnect…") {
				d.Click(t, "Cancel reconnect…")
			}
			heir.Close()
			d.Port.Reopen(t, "IN_GAME")
			d.WaitState(t, "alt:V: In game", 4*time.Second)
		})
	}
	base.Recovered(t, "alt:V: In game")
}
