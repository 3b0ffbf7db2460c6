package tray

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor/simulator"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// secret has what quoting, trimming and encoding could spoil.
const secret = " pä\"ß\\'%41 \t$HOME`€😀\r\n&=?+#; "

func (f *fixture) answers(password string, err error) {
	f.dialogs.mu.Lock()
	defer f.dialogs.mu.Unlock()
	f.dialogs.password = func(context.Context, string) (string, error) { return password, err }
}

func TestPasswordFromTheDialogReachesTheClientByteForByte(t *testing.T) {
	t.Parallel()
	for _, password := range []string{secret, "x", strings.Repeat("ü", settings.MaxPassword/2)} {
		w := startWorld(t, simulator.Options{Password: password})
		inMenu(t, w)
		f := newFixture(t, w, settingsText(w, "keyring", manual)).run()
		f.panel.label(row("state"), "alt:V: Main menu")
		f.answers(password, nil)
		f.click(row("password_set"))
		if body := f.notice("Password stored"); !strings.Contains(body, "default") {
			t.Error(body)
		}
		if got, err := f.keys.Get(t.Context(), "default"); err != nil || got != password {
			t.Fatalf("stored %q, %v", got, err)
		}
		f.click(row("reconnect"))
		eventually(t, "joined", func() bool { return w.Client.Joins() == 1 })
		if posts := w.Client.Posts(); len(posts) != 1 || posts[0].Body != password || !posts[0].PasswordOK || posts[0].Method != "POST" {
			t.Errorf("sent %+v", posts)
		}
		if got := f.dialogs.questions(); len(got) != 1 || !strings.Contains(got[0], "default") {
			t.Errorf("asked %q", got)
		}
	}
}

func TestChangedPasswordIsSentNext(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{Password: "new"})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "keyring", manual))
	if err := f.keys.Set(t.Context(), "default", "old"); err != nil {
		t.Fatal(err)
	}
	f.run().panel.label(row("state"), "alt:V: Main menu")
	f.click(row("reconnect"))
	f.notice("Not reconnected")
	f.answers("new", nil)
	f.click(row("password_set"))
	f.notice("Password stored")
	f.click(row("reconnect"))
	eventually(t, "joined", func() bool { return w.Client.Joins() == 1 })
	posts := w.Client.Posts()
	if len(posts) != 2 || posts[0].Body != "old" || posts[1].Body != "new" {
		t.Errorf("sent %d", len(posts))
	}
}

func TestPasswordThatCannotBeStoredIsTold(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	for name, c := range map[string]struct {
		password string
		fail     error
		want     string
	}{
		"too long":      {strings.Repeat("canary", 1000), nil, "too long"},
		"a byte over":   {strings.Repeat("c", settings.MaxPassword+1), nil, "too long"},
		"empty":         {"", nil, "empty"},
		"not text":      {"canary\x00", nil, "not plain text"},
		"locked":        {"canary", settings.ErrLocked, "locked"},
		"no keyring":    {"canary", settings.ErrNoKeyring, "There is no keyring"},
		"something odd": {"canary", errors.New("odd"), "odd"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, w, settingsText(w, "keyring", manual))
			if c.fail != nil {
				f.keys.fail(c.fail)
			}
			f.answers(c.password, nil)
			f.run().click(row("password_set"))
			body := f.notice("The password was not stored")
			f.click(row("quit"))
			f.end()
			if !strings.Contains(body, c.want) {
				t.Errorf("told %q", body)
			}
			for _, text := range []string{body, f.said.String(), f.log.String()} {
				if strings.Contains(text, "canary") || strings.Contains(text, "ccc") {
					t.Errorf("the password is told: %s", text)
				}
			}
		})
	}
}

func TestDialogThatDoesNotWork(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "keyring", manual))
	f.answers("", errors.New("no dialog can be shown"))
	f.run().click(row("password_set"))
	if body := f.notice("The password was not set"); body != "The system says: no dialog can be shown." {
		t.Error(body)
	}
}

func TestDismissedDialogChangesNothing(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "keyring", manual))
	if err := f.keys.Set(t.Context(), "default", "old"); err != nil {
		t.Fatal(err)
	}
	f.answers("", fmt.Errorf("so: %w", action.ErrDismissed))
	f.run().click(row("password_set"))
	eventually(t, "the dialog", func() bool { return len(f.dialogs.questions()) == 1 })
	f.click(row("quit"))
	f.end()
	if got, err := f.keys.Get(t.Context(), "default"); got != "old" {
		t.Errorf("%q, %v", got, err)
	}
	if got := f.told.Titles(); len(got) != 0 {
		t.Errorf("told %v", got)
	}
}

func TestClearPassword(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "keyring", manual))
	if err := f.keys.Set(t.Context(), "default", "pw"); err != nil {
		t.Fatal(err)
	}
	f.run().click(row("password_clear"))
	f.notice("Password removed")
	if _, err := f.keys.Get(t.Context(), "default"); !errors.Is(err, settings.ErrNotStored) {
		t.Error(err)
	}
	f.panel.label(row("state"), "alt:V: Main menu")
	f.click(row("reconnect"))
	eventually(t, "joined", func() bool { return w.Client.Joins() == 1 })
	f.panel.until("there is none to clear", func(v view.View) bool { return !v.Rows[row("password_clear")].Enabled })
	f.keys.fail(settings.ErrLocked)
	f.click(row("password_clear"))
	if body := f.notice("The password was not removed"); !strings.Contains(body, "locked") {
		t.Error(body)
	}
	if posts := w.Client.Posts(); len(posts) != 1 || !posts[0].Empty {
		t.Errorf("sent %+v, want one request without a password", posts)
	}
}

func TestKeyringThatCannotBeReadSendsNothing(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{Password: "pw"})
	inMenu(t, w)
	for fail, want := range map[error]string{
		settings.ErrLocked: "Unlock it", settings.ErrNoKeyring: "no keyring", errors.New("odd"): "Unlock it",
	} {
		f := newFixture(t, w, settingsText(w, "keyring", manual))
		f.keys.fail(fail)
		f.run().panel.label(row("state"), "alt:V: Main menu")
		f.click(row("reconnect"))
		if body := f.notice("Not reconnected"); !strings.Contains(body, want) {
			t.Errorf("%v: %s", fail, body)
		}
	}
	if n := len(w.Client.Posts()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// slowKeyring takes its time to store: for each change it says that it is there,
// and goes on when it may.
type slowKeyring struct {
	settings.Keyring
	there, goOn chan struct{}
}

func (k slowKeyring) Set(ctx context.Context, profile, password string) error {
	k.there <- struct{}{}
	<-k.goOn
	return k.Keyring.Set(ctx, profile, password)
}

// A keyring may take long to answer.
func TestClickBesideAKeyringIsNotLost(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	k := slowKeyring{there: make(chan struct{}), goOn: make(chan struct{})}
	f := newFixture(t, w, settingsText(w, "keyring", manual), func(o *Options) {
		k.Keyring = o.Keyring
		o.Keyring = k
	})
	comes := func(what string, c <-chan struct{}) {
		t.Helper()
		select {
		case <-c:
		case <-time.After(patience):
			t.Fatalf("it never came: %s", what)
		}
	}
	f.answers("first", nil)
	f.run().click(row("password_set"))
	comes("the first password", k.there)
	f.answers("second", nil)
	f.click(row("password_set"))
	eventually(t, "the second question", func() bool { return len(f.dialogs.questions()) == 2 })
	k.goOn <- struct{}{}
	f.notice("Password stored")
	comes("the second password", k.there) // one change after the other
	if got, err := f.keys.Get(t.Context(), "default"); got != "first" {
		t.Errorf("%q, %v", got, err)
	}
	k.goOn <- struct{}{}
	eventually(t, "the second password", func() bool {
		got, _ := f.keys.Get(t.Context(), "default")
		return got == "second"
	})
}

func TestOneDialogAtATime(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "keyring", manual))
	open := make(chan struct{})
	f.dialogs.password = func(ctx context.Context, _ string) (string, error) {
		close(open) // twice would panic
		<-ctx.Done()
		return "", ctx.Err()
	}
	f.run().click(row("password_set"))
	<-open
	for range 3 {
		f.click(row("password_set"))
		f.doer.Do(action.About{}, "menu")
	}
	// The menu lives on under it.
	f.click(row("logs"))
	<-f.opened
	// And Quit takes the dialog away.
	f.click(row("quit"))
	f.end()
	if got := f.dialogs.questions(); len(got) != 1 {
		t.Errorf("asked %q", got)
	}
	if got := f.told.Titles(); len(got) != 0 {
		t.Errorf("told %v", got)
	}
}
