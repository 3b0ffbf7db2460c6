package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"altv-tray/monitor/control"
	"altv-tray/settings"
)

// storeWith opens settings with that text.
func storeWith(t *testing.T, text string) *settings.Store {
	t.Helper()
	file := filepath.Join(t.TempDir(), "settings.toml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	store, err := settings.Open(file, "")
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// client is an address that no other test process locks.
func client(n int) string { return fmt.Sprintf("127.7.7.%d:%d", n, 1+os.Getpid()%65_000) }

func settingsFor(n int) string { return fmt.Sprintf("[client]\naddress = %q\n", client(n)) }

func TestAppLockIsForTheFolderAndTheClient(t *testing.T) {
	dir := t.TempDir()
	first, err := lockApp(filepath.Join(dir, "a"), storeWith(t, settingsFor(1)))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, folder, settings string
		held                   bool
	}{
		{"same folder, same client", "a", settingsFor(1), true},
		{"same folder, other client", "a", settingsFor(2), true},
		{"other folder, same client", "b", settingsFor(1), true},
		{"other folder, other client", "b", settingsFor(2), false},
		{"other folder, broken settings", "b", "[client]\naddress = 1", false},
	} {
		l, err := lockApp(filepath.Join(dir, c.folder), storeWith(t, c.settings))
		if errors.Is(err, control.ErrHeld) != c.held || err != nil && !c.held {
			t.Errorf("%s: %v", c.name, err)
		}
		if !c.held {
			l.release()
		}
	}
	first.release()
	again, err := lockApp(filepath.Join(dir, "a"), storeWith(t, settingsFor(1)))
	if err != nil {
		t.Errorf("after the first one's end: %v", err)
	}
	again.release()
}

func TestAppLockFollowsTheSettings(t *testing.T) {
	dir := t.TempDir()
	other, err := lockApp(filepath.Join(dir, "other"), storeWith(t, settingsFor(11)))
	if err != nil {
		t.Fatal(err)
	}
	defer other.release()
	store := storeWith(t, settingsFor(12))
	l, err := lockApp(filepath.Join(dir, "own"), store)
	if err != nil {
		t.Fatal(err)
	}
	held := make(chan string)
	ctx, end := context.WithCancel(t.Context())
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		l.follow(ctx, store, func(address string) { held <- address })
	}()
	if err := store.Set("client.address", client(11)); err != nil {
		t.Fatal(err)
	}
	if address := <-held; address != client(11) {
		t.Errorf("told of %s", address)
	}
	before, err := control.LockClient(client(12))
	if err != nil {
		t.Fatalf("the client of before is not free: %v", err)
	}
	// A change of other settings is not reported again.
	if err := store.Set("auto_reconnect.enabled", false); err != nil {
		t.Fatal(err)
	}
	before()
	if err := store.Set("client.address", client(12)); err != nil {
		t.Fatal(err)
	}
	if err := store.Set("client.address", client(11)); err != nil { // told when it has let go of the other again
		t.Fatal(err)
	}
	if address := <-held; address != client(11) {
		t.Errorf("told of %s", address)
	}
	end()
	<-followed
	if err := store.Set("client.address", client(12)); err != nil {
		t.Fatal(err)
	}
	l.release()
}
