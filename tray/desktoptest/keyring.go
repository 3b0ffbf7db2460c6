//go:build linux

package desktoptest

import (
	"testing"
	"time"
)

// Keyring is a real gnome-keyring-daemon, unlocked, on a test's bus.
type Keyring struct {
	env *Env
}

// StartKeyring starts the daemon, which ends with the test. Its store lies in
// the environment's data folder.
func StartKeyring(t testing.TB, bus *Bus, env *Env) *Keyring {
	t.Helper()
	Need(t, "gnome-keyring-daemon", "secret-tool")
	env.Start(t, "bench", "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
	bus.WaitForName(t, "org.freedesktop.secrets", 10*time.Second)
	return &Keyring{env: env}
}

// Lookup gives the password that the keyring holds for a profile; false where
// it holds none. It asks another program than the one under test.
func (k *Keyring) Lookup(t testing.TB, profile string) (string, bool) {
	t.Helper()
	result := k.env.Run(t, "", "secret-tool", "lookup", "service", "altv-tray", "username", profile)
	return result.Stdout, result.Code == 0
}
