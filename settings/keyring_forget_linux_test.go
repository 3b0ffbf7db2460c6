package settings

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A keyring that does not answer, as a locked one while its prompt is open, does not delay
// the end of a program.
func TestForgetAllPasswordsEndsWithItsContext(t *testing.T) {
	folder, err := os.MkdirTemp("", "altv") // a socket's path has room for some hundred bytes only
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	bus, err := net.Listen("unix", filepath.Join(folder, "bus"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bus.Close() }()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+bus.Addr().String())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- ForgetAllPasswords(ctx) }()
	asked := make(chan net.Conn, 1)
	go func() {
		if conn, err := bus.Accept(); err == nil {
			asked <- conn
		}
	}()
	limit := time.After(20 * time.Second)
	select {
	case conn := <-asked:
		defer func() { _ = conn.Close() }()
	case <-limit:
		t.Fatal("the keyring is not asked")
	}
	cancel()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("it ends with %v", err)
		}
	case <-limit:
		t.Fatal("it waits on")
	}
}

func TestForgetAllPasswordsWithoutAKeyring(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "no-bus"))
	if err := ForgetAllPasswords(t.Context()); err != nil {
		t.Error(err)
	}
}
