package clientfolder

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// standIn is set for this test program when it plays an altv.exe: it lives until
// its input ends.
const standIn = "CLIENTFOLDER_STAND_IN"

func TestMain(m *testing.M) {
	if os.Getenv(standIn) != "" {
		_, _ = io.Copy(io.Discard, os.Stdin)
		return
	}
	m.Run()
}

func TestRunning(t *testing.T) {
	program := filepath.Join(t.TempDir(), "altv.exe")
	copySelf(t, program)
	plain := startStandIn(t, program, "-connecturl", "altv://connect/x?password=-debug")
	debug := startStandIn(t, program, "-connecturl", "altv://connect/x", "-Debug")
	found, err := Running()
	if err != nil {
		t.Fatal(err)
	}
	byID := map[int32]Process{}
	for _, process := range found {
		byID[process.PID] = process
	}
	for _, want := range []Process{{plain, program, false}, {debug, program, true}} {
		if got := byID[want.PID]; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if _, others := byID[int32(os.Getpid())]; others {
		t.Error("this program is taken for alt:V")
	}
}

func startStandIn(t *testing.T, program string, args ...string) int32 {
	t.Helper()
	command := exec.Command(program, args...)
	command.Env = append(os.Environ(), standIn+"=1")
	input, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		input.Close()
		if err := command.Wait(); err != nil {
			t.Error(err)
		}
	})
	return int32(command.Process.Pid)
}

func copySelf(t *testing.T, path string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o700); err != nil {
		t.Fatal(err)
	}
}
