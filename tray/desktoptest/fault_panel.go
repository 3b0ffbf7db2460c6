//go:build linux

package desktoptest

import (
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// TakeOverPanel starts a panel in place of the present one, which stays on the bus and is
// in charge again when this one ends.
func TakeOverPanel(t testing.TB, bus *Bus) *Panel {
	t.Helper()
	p := newPanel(t, bus)
	reply, err := p.conn.RequestName(watcherName, dbus.NameFlagReplaceExisting)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("take the name %s over: reply %d, error %v", watcherName, reply, err)
	}
	return p
}

// Close crashes the panel: it is off the bus at once.
func (p *Panel) Close(t testing.TB) {
	t.Helper()
	p.Hang(false)
	if err := p.conn.Close(); err != nil {
		t.Fatalf("end the panel: %v", err)
	}
}

// Hang makes the panel accept registrations without answering, or answer again.
func (p *Panel) Hang(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hang != nil {
		close(p.hang)
		p.hang = nil
	}
	if on {
		p.hang = make(chan struct{})
	}
}

// Registrations says how often items have registered so far.
func (p *Panel) Registrations() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count
}

// Names returns the names on the bus that begin with a text.
func (b *Bus) Names(t testing.TB, prefix string) []string {
	t.Helper()
	var names []string
	if err := b.Connect(t).BusObject().Call("org.freedesktop.DBus.ListNames", 0).Store(&names); err != nil {
		t.Fatalf("list the names on the bus: %v", err)
	}
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, prefix) })
}
