package tray

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"altv-tray/monitor/simulator"
	"altv-tray/settings"
	"altv-tray/tray/surroundings"
	"altv-tray/tray/view"
)

// A link to a server can carry its password, which then stands in altv.toml.
func TestPasswordInLastIPIsNotTold(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", ""))
	f.goesTo("https://user:geheim@play.example/?password=geheim")
	f.run().panel.until("where it goes", func(v view.View) bool { return strings.HasSuffix(v.Rows[row("server")].Label, "https://play.example") })
	f.click(row("reconnect"))
	f.notice("alt:V goes to another server")
	f.logged("wrong_server")
	f.click(row("quit"))
	f.end()
	for _, n := range f.told.All() {
		if strings.Contains(n.Body, "geheim") {
			t.Errorf("told: %s", n.Body)
		}
	}
	if strings.Contains(f.log.String(), "geheim") {
		t.Errorf("logged: %s", f.log)
	}
}

// A client that was last on the server's CDN goes to the right server.
func TestCDNIsTheProfilesServer(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, "")
	server := f.serverFolder("useCdn = true\ncdnUrl = \"https://203.0.113.9\"\n")
	f.goesTo("https://203.0.113.9")
	f.run().panel.until("the server's folder is read", func(v view.View) bool { return strings.HasPrefix(v.Rows[row("state")].Label, "alt:V: Main menu") })
	f.write(server, "useCdn = true\ncdnUrl = \"https://203.0.113.10\"\n")
	f.surroundings.Refresh()
	f.panel.until("another CDN's", func(v view.View) bool { return strings.Contains(v.Rows[row("server")].Label, "https://203.0.113.9") })
	f.write(server, "useCdn = true\ncdnUrl = \"https://203.0.113.9\" # again\n")
	f.surroundings.Refresh()
	f.panel.until("its own", func(v view.View) bool { return !strings.Contains(v.Rows[row("server")].Label, "203.0.113") })
}

// A client that was nowhere when the app started is found when it comes up.
func TestClientIsFoundWhenItAppears(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", manual))
	f.goesTo("203.0.113.7:7788")
	there := f.find
	var finds atomic.Int32
	f.find = func(set string) (string, error) {
		if finds.Add(1); !w.Client.Status().Ready() {
			return "", os.ErrNotExist
		}
		return there(set)
	}
	if err := w.Command("client quit"); err != nil {
		t.Fatal(err)
	}
	f.run().panel.label(row("state"), "alt:V: Not running")
	eventually(t, "a first look", func() bool { return finds.Load() == 1 })
	f.surroundings.Refresh()
	if err := w.Command("client start"); err != nil {
		t.Fatal(err)
	}
	f.panel.label(row("state"), "alt:V: Main menu")
	f.surroundings.Refresh()
	f.panel.until("where it goes", func(v view.View) bool { return strings.Contains(v.Rows[row("server")].Label, "203.0.113.7") })
	f.surroundings.Refresh()
	if n := finds.Load(); n != 2 {
		t.Errorf("looked for %d times", n)
	}
}

// While the client's settings cannot be read, nothing is sent by itself to where
// they last said that it goes.
func TestUnreadableClientSettingsChangeNothing(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", ""))
	f.goesTo("203.0.113.7:7788")
	f.run().panel.until("where it goes", func(v view.View) bool { return strings.Contains(v.Rows[row("server")].Label, "203.0.113.7") })
	file := filepath.Join(f.dir, "altv", "altv.toml")
	f.write(file, "debug = \n")
	f.surroundings.Refresh()
	f.click(row("reconnect"))
	f.logged("wrong_server")
	eventually(t, "joined", func() bool { return w.Client.Joins() == 1 })
	w.Server.Restart(0)
	f.logged("reconnect_held")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	f.surroundings.Refresh()
	f.panel.until("nothing is known", func(v view.View) bool { return !strings.Contains(v.Rows[row("server")].Label, "203.0.113.7") })
}

// countingKeyring counts how often it is read.
type countingKeyring struct {
	settings.Keyring
	gets atomic.Int32
}

func (k *countingKeyring) Get(ctx context.Context, profile string) (string, error) {
	k.gets.Add(1)
	return k.Keyring.Get(ctx, profile)
}

// A keyring that has locked itself would ask the user; it is not read for the
// menu alone until it could be read for a reconnect.
func TestLockedKeyringIsNotAskedForTheMenu(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	var k *countingKeyring
	f := newFixture(t, w, settingsText(w, "keyring", manual), func(o *Options) {
		k = &countingKeyring{Keyring: o.Keyring}
		o.Keyring = k
	})
	f.run().panel.label(row("state"), "alt:V: Main menu")
	f.answers("one", nil)
	f.click(row("password_set"))
	eventually(t, "one is stored", func() bool { return f.surroundings.Facts().Password == surroundings.PasswordStored })
	f.keys.fail(settings.ErrLocked)
	f.surroundings.CheckPassword()
	eventually(t, "a read that fails", func() bool { return f.surroundings.Facts().Password == surroundings.PasswordUnknown })
	before := k.gets.Load()
	for range 3 {
		f.surroundings.CheckPassword()
	}
	f.click(row("logs"))
	<-f.opened
	if n := k.gets.Load() - before; n != 0 {
		t.Errorf("a locked keyring was read %d times", n)
	}
	f.keys.works()
	f.click(row("reconnect"))
	eventually(t, "read again", func() bool { return f.surroundings.Facts().Password == surroundings.PasswordStored })
}

// The program that shows a file may run until its user closes it.
func TestQuitDoesNotWaitForAnEditor(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual))
	closed := make(chan struct{})
	f.doer.Open = func(path string) error { f.opened <- path; <-closed; return nil }
	f.run().click(row("logs"))
	<-f.opened
	f.click(row("quit"))
	f.end()
	close(closed)
}
