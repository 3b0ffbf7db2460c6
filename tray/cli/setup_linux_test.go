package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
)

// What is interrupted goes on with nothing.
func TestCleanIsInterrupted(t *testing.T) {
	paths := ownFolders(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "no-bus"))
	if err := os.MkdirAll(paths.StateDir, 0o700); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var said bytes.Buffer
	e := Env{Paths: paths, Stdout: &bytes.Buffer{}, Stderr: &said}
	if code := (Clean{WithSettings: true, WithPasswords: true}).Run(ctx, &e); code != Wrong || said.String() != "altv-tray: interrupted: not all was removed\n" {
		t.Errorf("exit %d, said %q", code, said.String())
	}
	if _, err := os.Stat(paths.StateDir); err != nil {
		t.Error(err)
	}
}
