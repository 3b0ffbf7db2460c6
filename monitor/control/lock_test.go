package control

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"
)

// hold is what the other process does: it takes both locks and keeps them until
// its standard input ends.
func hold(dir string) {
	tray, err := LockTray(dir)
	if err != nil {
		fmt.Println("tray:", err)
		os.Exit(1)
	}
	command, waited, err := LockCommand(context.Background(), dir)
	if err != nil {
		fmt.Println("command:", err)
		os.Exit(1)
	}
	fmt.Println("held", waited)
	_, _ = io.Copy(io.Discard, os.Stdin)
	command()
	tray()
}

// holder starts the other process and returns when it holds both locks.
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
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "held false\n" {
		t.Fatalf("%q, %v", line, err)
	}
	return p, func() { _ = in.Close() }
}

func TestLocksHoldBetweenProcesses(t *testing.T) {
	for name, end := range map[string]func(p *exec.Cmd, release func()){
		"released": func(_ *exec.Cmd, release func()) { release() },
		"killed":   func(p *exec.Cmd, _ func()) { _ = p.Process.Kill() },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			p, release := holder(t, dir)
			if _, err := LockTray(dir); !errors.Is(err, ErrHeld) {
				t.Errorf("the tray's: %v", err)
			}
			soon, cancel := context.WithTimeout(t.Context(), 120*time.Millisecond)
			defer cancel()
			if _, waited, err := LockCommand(soon, dir); !waited || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the commands': %t, %v", waited, err)
			}
			end(p, release)
			letGo, waited, err := LockCommand(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("waited: %t", waited)
			letGo()
			_ = p.Wait()
			tray, err := LockTray(dir)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := LockTray(dir); !errors.Is(err, ErrHeld) {
				t.Errorf("taken twice in one process: %v", err)
			}
			tray()
			again, err := LockTray(dir)
			if err != nil {
				t.Fatalf("after its release: %v", err)
			}
			again()
		})
	}
}

func TestLocksAreTwo(t *testing.T) {
	dir := t.TempDir()
	tray, err := LockTray(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tray()
	command, waited, err := LockCommand(t.Context(), dir)
	if err != nil || waited {
		t.Fatalf("%t, %v", waited, err)
	}
	command()
}

func TestLockWithoutAFolder(t *testing.T) {
	dir := t.TempDir() + "/not/there"
	if _, err := LockTray(dir); err == nil || errors.Is(err, ErrHeld) {
		t.Errorf("the tray's: %v", err)
	}
	if _, _, err := LockCommand(t.Context(), dir); err == nil {
		t.Error("the commands': no error")
	}
}
