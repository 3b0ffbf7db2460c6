package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"altv-tray/settings"
)

// ownFolders keeps a test away from the user's.
func ownFolders(t *testing.T) settings.Paths {
	t.Helper()
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"} {
		t.Setenv(name, filepath.Join(t.TempDir(), name))
	}
	paths, err := settings.DefaultPaths()
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// setting is a `password set` under way.
type setting struct {
	keyring settings.Keyring
	said    bytes.Buffer // for after its end
	end     context.CancelFunc
	code    chan Code
}

func startSetting(t *testing.T, stdin *os.File) *setting {
	t.Helper()
	paths := ownFolders(t)
	ctx, end := context.WithCancel(t.Context())
	t.Cleanup(end)
	s := &setting{keyring: settings.MemoryKeyring(), end: end, code: make(chan Code, 1)}
	e := Env{Paths: paths, Stdin: stdin, Stdout: io.Discard, Stderr: &s.said, Keyring: s.keyring}
	go func() { s.code <- PasswordSet{}.Run(ctx, &e) }()
	return s
}

// ends waits for its end and checks it.
func (s *setting) ends(t *testing.T, code Code, said, stored string) {
	t.Helper()
	select {
	case got := <-s.code:
		if got != code || s.said.String() != said {
			t.Errorf("exit %d, said %q; want %d, %q", got, s.said.String(), code, said)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it does not end")
	}
	switch got, err := s.keyring.Get(t.Context(), "default"); {
	case stored == "" && !errors.Is(err, settings.ErrNotStored), stored != "" && got != stored:
		t.Errorf("stored is %q, %v; want %q", got, err, stored)
	}
}

const saidStored = "The password of profile \"default\" is in the keyring.\n"

// A pipe that nobody closes does not keep the command from being interrupted.
func TestPasswordSetIsInterruptedOnAPipe(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	if _, err := io.WriteString(out, "half of it"); err != nil {
		t.Fatal(err)
	}
	s := startSetting(t, in)
	s.end()
	s.ends(t, Wrong, "altv-tray: interrupted: no password was stored\n", "")
}

func TestPasswordSetReadsAPipe(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	s := startSetting(t, in)
	_, err = io.WriteString(out, "pass word\r\n")
	if err := errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
	s.ends(t, OK, saidStored, "pass word")
}
