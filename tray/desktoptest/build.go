//go:build linux

package desktoptest

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// Main runs the tests and then removes what Build, BuildWindows and StartWine
// have made for all of them. It returns the exit code.
func Main(m *testing.M) int {
	defer func() {
		if madeFolder != "" {
			os.RemoveAll(madeFolder)
		}
	}()
	// If they were ignored here, as under nohup, every program started would
	// ignore them.
	for _, s := range []os.Signal{syscall.SIGHUP, syscall.SIGINT} {
		if signal.Ignored(s) {
			signal.Notify(make(chan os.Signal, 1), s)
		}
	}
	return m.Run()
}

var madeFolder string

// made is the folder for what is built once for all tests.
var made = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "altv-tray-desktoptest")
	madeFolder = folder
	return folder, err
})

var linuxProgram = sync.OnceValues(func() (string, error) {
	return build("linux", "altv-tray", "-s -w")
})

var windowsPrograms = sync.OnceValues(func() (string, error) {
	if _, err := build("windows", "altv-tray.com", "-s -w"); err != nil {
		return "", err
	}
	return build("windows", "altv-tray.exe", "-H=windowsgui -s -w")
})

// Build returns the path of the program, built once in a test run the way a
// release is, without cgo.
func Build(t testing.TB) string {
	t.Helper()
	program, err := linuxProgram()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// BuildWindows returns the paths of altv-tray.exe and of its twin for the
// console, altv-tray.com, which lies beside it.
func BuildWindows(t testing.TB) (exe, com string) {
	t.Helper()
	exe, err := windowsPrograms()
	if err != nil {
		t.Fatal(err)
	}
	return exe, strings.TrimSuffix(exe, ".exe") + ".com"
}

func build(system, name, flags string) (string, error) {
	folder, err := made()
	if err != nil {
		return "", err
	}
	root, err := repository()
	if err != nil {
		return "", err
	}
	program := filepath.Join(folder, name)
	flags += " -X altv-tray/tray/cli.Home=https://altv-tray.example"
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", flags, "-o", program, ".")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH=amd64")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s in %s: %w\n%s", name, root, err, out)
	}
	return program, nil
}

// repository returns the folder of go.mod.
func repository() (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("find the module's folder: %w", err)
	}
	return filepath.Dir(strings.TrimSpace(string(out))), nil
}
