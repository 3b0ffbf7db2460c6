package tray

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"
)

// TestMain takes the desktop away: the address of the session bus names a
// plain file, at which nobody answers.
func TestMain(m *testing.M) {
	_ = os.Setenv("LC_ALL", "C") // the tests read English
	dir, err := os.MkdirTemp("", "altv-tray-test-")
	if err != nil {
		panic(err)
	}
	bus := filepath.Join(dir, "bus")
	if err := os.WriteFile(bus, nil, 0o600); err != nil {
		panic(err)
	}
	if err := os.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+bus); err != nil {
		panic(err)
	}
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil { // the tests wait most of their time
		panic(err)
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		_ = os.RemoveAll(dir)
		os.Exit(code)
	}))
}
