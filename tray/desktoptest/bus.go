//go:build linux

package desktoptest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// Bus is a session bus of the test's own. It starts no services by itself:
// what a test does not start is missing.
type Bus struct {
	Address string // as DBUS_SESSION_BUS_ADDRESS wants it

	config string
	daemon *Process
}

const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// StartBus starts the bus, which ends with the test.
func StartBus(t testing.TB) *Bus {
	t.Helper()
	Need(t, "dbus-daemon")
	folder := shortDir(t)
	socket := filepath.Join(folder, "bus")
	b := &Bus{Address: "unix:path=" + socket, config: filepath.Join(folder, "bus.conf")}
	writeFile(t, b.config, fmt.Sprintf(busConfig, socket))
	b.Up(t)
	return b
}

// Up starts the bus again, at the same address.
func (b *Bus) Up(t testing.TB) {
	t.Helper()
	b.daemon = start(t, []string{"PATH=" + os.Getenv("PATH")}, "", "dbus-daemon", "--config-file="+b.config, "--nofork", "--nopidfile")
	Until(t, 10*time.Second, "the session bus answers", func() (bool, string) {
		conn, err := dbus.Connect(b.Address)
		if err == nil {
			conn.Close()
		}
		return err == nil, fmt.Sprint(err)
	})
}

// Kill ends the bus without warning. Its socket stays behind, as after a
// crash.
func (b *Bus) Kill(t testing.TB) {
	t.Helper()
	b.daemon.Signal(t, os.Kill)
	b.daemon.Wait(t, 5*time.Second)
}

// Connect opens a connection of its own to the bus, closed with the test.
func (b *Bus) Connect(t testing.TB) *dbus.Conn {
	t.Helper()
	conn, err := dbus.Connect(b.Address)
	if err != nil {
		t.Fatalf("connect to the test's bus: %v", err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// WaitForName waits until a program owns the name on the bus.
func (b *Bus) WaitForName(t testing.TB, name string, limit time.Duration) {
	t.Helper()
	conn := b.Connect(t)
	Until(t, limit, name+" is on the bus", func() (bool, string) {
		var owned bool
		err := conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, name).Store(&owned)
		return owned, fmt.Sprintf("owned: %v, error: %v", owned, err)
	})
}

// own takes a name that nobody else has.
func own(t testing.TB, conn *dbus.Conn, name string) {
	t.Helper()
	reply, err := conn.RequestName(name, dbus.NameFlagDoNotQueue)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("take the name %s on the test's bus: reply %d, error %v", name, reply, err)
	}
}
