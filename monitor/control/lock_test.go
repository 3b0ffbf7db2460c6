package control

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// hold is what the other process does: it takes all locks and keeps them until
// its standard input ends.
func hold(dir string) {
	tray, err := Lock(TrayFolder, dir)
	if err != nil {
		fmt.Println("tray:", err)
		os.Exit(1)
	}
	client, err := Lock(TrayClient, clientOf(dir))
	if err != nil {
		fmt.Println("client:", err)
		os.Exit(1)
	}
	reconnect, err := Lock(ClientReconnect, clientOf(dir))
	if err != nil {
		fmt.Println("reconnect:", err)
		os.Exit(1)
	}
	fmt.Println("held")
	_, _ = io.ReadAll(os.Stdin)
	reconnect()
	client()
	tray()
}

// clientOf is an address that no other test has locked.
func clientOf(dir string) string { return "localhost:" + dir }

// holder starts the other process and returns when it holds all locks.
func holder(t *testing.T, dir string) (p *exec.Cmd, release func()) {
	t.Helper()
	p = exec.Command(os.Args[0])
	p.Env = append(os.Environ(), "CONTROL_TEST_HOLDS="+dir)
	in, err := p.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill(); _ = p.Wait() })
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "held\n" {
		t.Fatalf("%q, %v", line, err)
	}
	return p, func() { _ = in.Close() }
}

func TestLocksHoldBetweenProcesses(t *testing.T) {
	for name, end := range map[string]func(p *exec.Cmd, release func()){
		"ended":  func(_ *exec.Cmd, release func()) { release() },
		"killed": func(p *exec.Cmd, _ func()) { _ = p.Process.Kill() },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			p, release := holder(t, dir)
			if _, err := Lock(TrayFolder, dir); !errors.Is(err, ErrLocked) {
				t.Errorf("the tray's: %v", err)
			}
			other := strings.ToLower(clientOf(dir))
			if _, err := Lock(TrayClient, other); !errors.Is(err, ErrLocked) {
				t.Errorf("the client's: %v", err)
			}
			if _, err := Lock(ClientReconnect, other); !errors.Is(err, ErrLocked) {
				t.Errorf("the commands': %v", err)
			}
			end(p, release)
			_ = p.Wait()
			reconnect, err := Lock(ClientReconnect, clientOf(dir))
			if err != nil {
				t.Fatal(err)
			}
			defer reconnect()
			client, err := Lock(TrayClient, clientOf(dir))
			if err != nil {
				t.Fatal(err)
			}
			defer client()
			tray, err := Lock(TrayFolder, dir)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Lock(TrayFolder, dir); !errors.Is(err, ErrLocked) {
				t.Errorf("taken twice in one process: %v", err)
			}
			tray()
			again, err := Lock(TrayFolder, dir)
			if err != nil {
				t.Fatalf("after its release: %v", err)
			}
			again()
		})
	}
}

// Each of the three can be had beside the others, and beside those of another
// folder and another client.
func TestLocksAreApart(t *testing.T) {
	dir := t.TempDir()
	for _, lock := range []struct{ what, name string }{
		{TrayFolder, dir}, {TrayFolder, filepath.Join(dir, "other")},
		{TrayClient, clientOf(dir)}, {TrayClient, clientOf(dir) + "0"},
		{ClientReconnect, clientOf(dir)}, {ClientReconnect, clientOf(dir) + "0"},
	} {
		release, err := Lock(lock.what, lock.name)
		if err != nil {
			t.Fatal(err)
		}
		defer release()
	}
}

// Whatever happens to the folder, another app does not get the tray app's lock.
func TestTrayLockWithoutItsFolder(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "state")
	release, err := Lock(TrayFolder, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	for _, c := range []struct {
		what string
		do   func() error
	}{
		{"made", func() error { return os.Mkdir(dir, 0o700) }},
		{"deleted", func() error { return os.Remove(dir) }},
		{"a file", func() error { return os.WriteFile(dir, nil, 0o600) }},
	} {
		if err := c.do(); err != nil {
			t.Fatal(err)
		}
		if _, err := Lock(TrayFolder, dir); !errors.Is(err, ErrLocked) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}
