package tray

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
)

// A link to a server can carry its password, which then stands in altv.toml.
func TestPasswordInLastIPIsNotTold(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", ""))
	f.goesTo("https://user:geheim@play.example/?password=geheim")
	f.run().panel.until("where it goes", func(v view) bool { return strings.HasSuffix(v.rows[rowServer].label, "https://play.example") })
	f.click(rowReconnect)
	f.notice("alt:V goes to another server")
	f.logged("wrong_server")
	f.click(rowQuit)
	f.end()
	f.told.mu.Lock()
	defer f.told.mu.Unlock()
	for _, n := range f.told.all {
		if strings.Contains(n.body, "geheim") {
			t.Errorf("told: %s", n.body)
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
	f.run().panel.until("the server's folder is read", func(v view) bool { return strings.HasPrefix(v.rows[rowState].label, "alt:V: Main menu") })
	f.write(server, "useCdn = true\ncdnUrl = \"https://203.0.113.10\"\n")
	f.App.lookAgain()
	f.panel.until("another CDN's", func(v view) bool { return strings.Contains(v.rows[rowServer].label, "https://203.0.113.9") })
	f.write(server, "useCdn = true\ncdnUrl = \"https://203.0.113.9\" # again\n")
	f.App.lookAgain()
	f.panel.until("its own", func(v view) bool { return !strings.Contains(v.rows[rowServer].label, "203.0.113") })
}

// A client that was nowhere when the app started is found when it comes up.
func TestClientIsFoundWhenItAppears(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", manual))
	f.goesTo("203.0.113.7:7788")
	there := f.App.system.find
	var finds atomic.Int32
	f.App.system.find = func(ctx context.Context, set string) (clientfolder.Folder, error) {
		if finds.Add(1); !w.Client.Status().Ready() {
			return clientfolder.Folder{}, os.ErrNotExist
		}
		return there(ctx, set)
	}
	if err := w.Command("client quit"); err != nil {
		t.Fatal(err)
	}
	f.run().panel.label(rowState, "alt:V: Not running")
	eventually(t, "a first look", func() bool { return finds.Load() == 1 })
	f.App.lookAgain()
	if err := w.Command("client start"); err != nil {
		t.Fatal(err)
	}
	f.panel.label(rowState, "alt:V: Main menu")
	f.App.lookAgain()
	f.panel.until("where it goes", func(v view) bool { return strings.Contains(v.rows[rowServer].label, "203.0.113.7") })
	f.App.lookAgain()
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
	f.run().panel.until("where it goes", func(v view) bool { return strings.Contains(v.rows[rowServer].label, "203.0.113.7") })
	file := filepath.Join(f.dir, "altv", "altv.toml")
	f.write(file, "debug = \n")
	f.App.lookAgain()
	f.click(rowReconnect)
	f.logged("wrong_server")
	eventually(t, "joined", func() bool { return w.Client.Joins() == 1 })
	w.Server.Restart(0)
	f.logged("reconnect_held")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	f.App.lookAgain()
	f.panel.until("nothing is known", func(v view) bool { return !strings.Contains(v.rows[rowServer].label, "203.0.113.7") })
}

// countingKeyring counts how often it is read.
type countingKeyring struct {
	*settings.Memory
	gets atomic.Int32
}

func (k *countingKeyring) Get(ctx context.Context, profile string) (string, error) {
	k.gets.Add(1)
	return k.Memory.Get(ctx, profile)
}

// A keyring that has locked itself would ask the user; it is not read for the
// menu alone until it could be read for a reconnect.
func TestLockedKeyringIsNotAskedForTheMenu(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "keyring", manual))
	k := &countingKeyring{Memory: f.keys}
	f.Keyring = k
	f.run().panel.label(rowState, "alt:V: Main menu")
	f.answers("one", nil)
	f.click(rowPasswordSet)
	f.panel.label(rowPasswordKept, "One is stored")
	f.keys.Fail(settings.ErrLocked)
	f.App.lookAtPassword()
	eventually(t, "a read that fails", func() bool { return !f.App.keyringOpen.Load() })
	before := k.gets.Load()
	for range 3 {
		f.App.lookAtPassword()
	}
	f.click(rowLogs)
	<-f.opened
	if n := k.gets.Load() - before; n != 0 {
		t.Errorf("a locked keyring was read %d times", n)
	}
	f.keys.Fail(nil)
	f.click(rowReconnect)
	eventually(t, "read again", func() bool { return f.App.keyringOpen.Load() })
}

// The program that shows a file may run until its user closes it.
func TestQuitDoesNotWaitForAnEditor(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual))
	closed := make(chan struct{})
	f.App.open = func(path string) error { f.opened <- path; <-closed; return nil }
	f.run().click(rowLogs)
	<-f.opened
	f.click(rowQuit)
	f.end()
	close(closed)
}
