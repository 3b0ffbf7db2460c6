//go:build linux

package desktoptest

import (
	"os"
	"testing"
	"time"
)

// Keyring is a real gnome-keyring-daemon, unlocked, on a test's bus.
type Keyring struct {
	env    *Env
	daemon *Process
}

// StartKeyring starts the daemon, which ends with the test. Its store lies in
// the environment's data folder.
func StartKeyring(t testing.TB, bus *Bus, env *Env) *Keyring {
	t.Helper()
	Need(t, "gnome-keyring-daemon", "secret-tool")
	daemon := env.Start(t, "bench", "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
	bus.WaitForName(t, "org.freedesktop.secrets", 10*time.Second)
	return &Keyring{env: env, daemon: daemon}
}

// Kill ends the daemon without warning. Its store stays.
func (k *Keyring) Kill(t testing.TB) {
	t.Helper()
	k.daemon.Signal(t, os.Kill)
	k.daemon.Wait(t, 5*time.Second)
}

// Lookup returns the password in the keyring for a profile; false if there is none. It
// uses another program than the one under test.
func (k *Keyring) Lookup(t testing.TB, profile string) (string, bool) {
	t.Helper()
	result := k.env.Run(t, "", "secret-tool", "lookup", "service", "altv-tray", "username", profile)
	return result.Stdout, result.Code == 0
}
