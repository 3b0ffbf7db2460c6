//go:build linux

package desktoptest

import (
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"
)

// newSecretsDesktop is NewDesktop with a keyring of the test's own.
func newSecretsDesktop(t *testing.T, value string) (*Desktop, *Secrets) {
	t.Helper()
	d := newEmptyDesktop(t, "MAIN_MENU")
	d.Panel = StartPanel(t, d.Bus)
	d.Notes = StartNotifications(t, d.Bus)
	return d, StartSecrets(t, d.Bus, []byte(value))
}

// refused asks for a reconnect through the menu and by a command: both say why it is
// refused, with these words, and nothing is sent.
func refused(t *testing.T, d *Desktop, words ...string) {
	t.Helper()
	sent, shown := len(d.Port.Reconnects()), len(d.Notes.Shown())
	d.Click(t, "Reconnect now")
	d.Notes.Wait(t, shown, 5*time.Second, words...)
	d.Panel.Wait(t, 5*time.Second, "a click can begin afresh", func(s Sight) bool { return s.Shows("Reconnect now") })
	begin := time.Now()
	result := d.Env.Run(t, "", d.Program, "reconnect")
	if result.Code != 6 {
		t.Errorf("altv-tray reconnect: %v, want exit 6", result)
	}
	for _, word := range words {
		if !strings.Contains(strings.ToLower(result.Stderr), strings.ToLower(word)) {
			t.Errorf("altv-tray reconnect does not say %q: %v", word, result)
		}
	}
	if took := time.Since(begin); took > AnswerLimit {
		t.Errorf("altv-tray reconnect took %v to say so", took)
	}
	d.Port.WaitPolls(t, 1)
	if now := d.Port.Reconnects(); len(now) != sent {
		t.Errorf("sent: %+v", now[sent:])
	}
}

// The keyring is locked, and its prompt is dismissed each time.
func TestDesktopFaultKeyringDismissed(t *testing.T) {
	t.Parallel()
	d, keys := newSecretsDesktop(t, Password)
	app := d.Start(t, "alt:V: Main menu")
	d.ReconnectWorks(t)
	base := d.Baseline(t, app)
	keys.Lock(true)
	for range 2 {
		refused(t, d, "keyring is locked")
		d.Answers(t)
	}
	if _, prompts := keys.Calls(); prompts != 4 {
		t.Errorf("%d questions for four reconnects", prompts)
	}
	base.Check(t)
	keys.Lock(false)
	d.ReconnectWorks(t)
	base.Recovered(t, "alt:V: In game")
}

// The keyring never answers. The menu works, and the reconnect can be cancelled or ends
// by itself after a minute.
func TestDesktopFaultKeyringHangs(t *testing.T) {
	t.Parallel()
	d, keys := newSecretsDesktop(t, Password)
	app := d.Start(t, "alt:V: Main menu")
	d.ReconnectWorks(t)
	base := d.Baseline(t, app)
	sent := len(d.Port.Reconnects())
	hanging := func() {
		t.Helper()
		keys.Hang(true)
		calls, _ := keys.Calls()
		d.Click(t, "Reconnect now")
		Until(t, 5*time.Second, "the keyring is asked", func() (bool, string) { n, _ := keys.Calls(); return n > calls, "not" })
		d.Answers(t)
	}
	for range 5 {
		hanging()
		d.Click(t, "Cancel reconnect…")
		d.Panel.Wait(t, AnswerLimit, "a click can begin afresh", func(s Sight) bool { return s.Shows("Reconnect now") })
		keys.Hang(false)
	}
	hanging()
	began, shown := time.Now(), len(d.Notes.Shown())
	d.Port.WaitPolls(t, 5)
	d.Port.Set("LOADING")
	d.WaitState(t, "alt:V: Loading", AnswerLimit)
	d.Port.Set("MAIN_MENU")
	d.WaitState(t, "alt:V: Main menu", AnswerLimit)
	d.Notes.Wait(t, shown, 70*time.Second, "keyring is locked or gave no answer")
	if took := time.Since(began); took < 50*time.Second {
		t.Errorf("given up after %v: there is a minute to unlock it", took)
	}
	d.Panel.Wait(t, AnswerLimit, "a click can begin afresh", func(s Sight) bool { return s.Shows("Reconnect now") })
	d.Answers(t)
	base.Check(t)
	if now := d.Port.Reconnects(); len(now) != sent {
		t.Errorf("sent: %+v", now[sent:])
	}
	keys.Hang(false)
	d.ReconnectWorks(t)
	base.Recovered(t, "alt:V: In game")
}

// The program ends without waiting for the keyring.
func TestDesktopFaultKeyringHangsAtEnd(t *testing.T) {
	t.Parallel()
	d, keys := newSecretsDesktop(t, Password)
	keys.Hang(true)
	app := d.Start(t, "alt:V: Main menu")
	d.Click(t, "Reconnect now")
	Until(t, 5*time.Second, "the keyring is asked", func() (bool, string) { n, _ := keys.Calls(); return n > 0, "not" })
	app.Signal(t, syscall.SIGTERM)
	if code := app.Wait(t, AnswerLimit); code != 0 {
		t.Errorf("ended with %d: %s", code, app.Stderr())
	}
	d.CheckNoPanic(t, app)
}

// There is no keyring at first, and one later.
func TestDesktopFaultKeyringMissing(t *testing.T) {
	t.Parallel()
	d := newEmptyDesktop(t, "MAIN_MENU")
	d.Panel = StartPanel(t, d.Bus)
	d.Notes = StartNotifications(t, d.Bus)
	app := d.Start(t, "alt:V: Main menu")
	base := d.Baseline(t, app)
	refused(t, d, "no keyring")
	d.Answers(t)
	base.Check(t)
	StartSecrets(t, d.Bus, []byte(Password))
	d.ReconnectWorks(t)
	base.Recovered(t, "alt:V: In game")
}

// Another program has stored something that is no password: bytes that are no text, or
// the UTF-16 of a Windows dialog.
func TestDesktopFaultKeyringForeign(t *testing.T) {
	t.Parallel()
	var wide []byte
	for _, unit := range utf16.Encode([]rune(Password)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	for _, c := range []struct{ name, value string }{
		{"utf-16", string(wide)},
		{"no text", Password + "\xff\xfe\x80"},
		{"NUL", Password + "\x00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, keys := newSecretsDesktop(t, c.value)
			app := d.Start(t, "alt:V: Main menu")
			base := d.Baseline(t, app)
			refused(t, d, "not plain text")
			d.Answers(t)
			base.Check(t)
			if files := d.Env.FilesWith(t, c.value); len(files) > 0 {
				t.Errorf("files with what was stored: %q", files)
			}
			keys.Set(Password)
			d.ReconnectWorks(t)
			base.Recovered(t, "alt:V: In game")
		})
	}
}

// The keyring dies after it was read: that password is not used again.
func TestDesktopFaultKeyringDies(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	app := d.Start(t, "alt:V: Main menu")
	d.ReconnectWorks(t)
	base := d.Baseline(t, app)
	for range 5 {
		d.Keyring.Kill(t)
		refused(t, d, "no keyring")
		d.Answers(t)
		base.Check(t)
		d.Keyring = StartKeyring(t, d.Bus, d.Env)
		d.ReconnectWorks(t)
	}
	base.Recovered(t, "alt:V: In game")
}

// The keyring dies during a request, or while its prompt is open: that is reported at
// once, and the next keyring gets a new request.
func TestDesktopFaultKeyringDiesAsked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		begin func(*Secrets)
		asked func(*Secrets) int
	}{
		{"no answer", func(s *Secrets) { s.Hang(true) }, func(s *Secrets) int { calls, _ := s.Calls(); return calls }},
		{"question open", (*Secrets).Ask, func(s *Secrets) int { _, prompts := s.Calls(); return prompts }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, keys := newSecretsDesktop(t, Password)
			app := d.Start(t, "alt:V: Main menu")
			d.ReconnectWorks(t)
			base := d.Baseline(t, app)
			for range 5 {
				c.begin(keys)
				before, sent, shown := c.asked(keys), len(d.Port.Reconnects()), len(d.Notes.Shown())
				d.Click(t, "Reconnect now")
				Until(t, 5*time.Second, "the keyring is asked", func() (bool, string) { return c.asked(keys) > before, "not" })
				d.Answers(t)
				keys.Close(t)
				d.Notes.Wait(t, shown, AnswerLimit, "keyring")
				if now := d.Port.Reconnects(); len(now) != sent {
					t.Errorf("sent: %+v", now[sent:])
				}
				keys = StartSecrets(t, d.Bus, []byte(Password))
				d.ReconnectWorks(t)
			}
			base.Recovered(t, "alt:V: In game")
		})
	}
}
