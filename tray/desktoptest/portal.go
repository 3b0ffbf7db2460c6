//go:build linux

package desktoptest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	portalPath      = dbus.ObjectPath("/org/freedesktop/portal/desktop")
	portalShortcuts = "org.freedesktop.portal.GlobalShortcuts"
)

// ShortcutPortal is a portal for hotkeys, as Wayland desktops have one. Its user
// answers as the test says.
type ShortcutPortal struct {
	conn *dbus.Conn

	mu       sync.Mutex
	answer   uint32        // to BindShortcuts: 0 yes, 1 no
	ask      chan struct{} // nil: it answers at once; else when closed
	app      string        // the registered id
	session  dbus.ObjectPath
	sessions int
	bound    []PortalShortcut
	kept     bool // it remembers earlier shortcuts
}

// PortalShortcut is a shortcut as it goes over the bus.
type PortalShortcut struct {
	ID   string
	More map[string]dbus.Variant
}

// StartShortcutPortal puts the portal on the bus until the test ends.
func StartShortcutPortal(t testing.TB, bus *Bus) *ShortcutPortal {
	t.Helper()
	p := &ShortcutPortal{conn: bus.Connect(t)}
	for name, methods := range map[string]any{
		portalShortcuts:                        (*portalMethods)(p),
		"org.freedesktop.DBus.Properties":      portalProperties{},
		"org.freedesktop.host.portal.Registry": (*portalRegistry)(p),
	} {
		if err := p.conn.Export(methods, portalPath, name); err != nil {
			t.Fatalf("offer %s: %v", name, err)
		}
	}
	own(t, p.conn, "org.freedesktop.portal.Desktop")
	t.Cleanup(func() { p.Ask(false) })
	return p
}

// Refuse makes the user say no, or yes again.
func (p *ShortcutPortal) Refuse(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.answer = 0; on {
		p.answer = 1
	}
}

// Ask makes the user hesitate until it is switched off.
func (p *ShortcutPortal) Ask(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ask != nil {
		close(p.ask)
		p.ask = nil
	}
	if on {
		p.ask = make(chan struct{})
	}
}

// Keep makes the portal remember shortcuts from one session to the next, as KDE does.
func (p *ShortcutPortal) Keep() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept = true
}

// Close crashes the portal: it is off the bus at once.
func (p *ShortcutPortal) Close(t testing.TB) {
	t.Helper()
	p.Ask(false)
	if err := p.conn.Close(); err != nil {
		t.Fatalf("end the portal: %v", err)
	}
}

// Bound returns the program's id and the shortcuts that it asked for, oldest first.
func (p *ShortcutPortal) Bound() (app string, all []PortalShortcut) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.app, append([]PortalShortcut(nil), p.bound...)
}

// Press reports n times that the newest shortcut was pressed, without a release in
// between.
func (p *ShortcutPortal) Press(t testing.TB, n int) {
	t.Helper()
	for range n {
		p.signal(t, "Activated")
	}
}

// Up reports that the newest shortcut was released.
func (p *ShortcutPortal) Up(t testing.TB) {
	t.Helper()
	p.signal(t, "Deactivated")
}

func (p *ShortcutPortal) signal(t testing.TB, name string) {
	t.Helper()
	_, bound := p.Bound()
	p.mu.Lock()
	session := p.session
	p.mu.Unlock()
	for _, s := range []struct {
		session dbus.ObjectPath
		id      string
	}{{session, bound[len(bound)-1].ID}, {session, "another"}, {"/another", bound[len(bound)-1].ID}} {
		if err := p.conn.Emit(portalPath, portalShortcuts+"."+name, s.session, s.id, uint64(time.Now().UnixMilli()), map[string]dbus.Variant{}); err != nil {
			t.Fatal(err)
		}
	}
}

// EndSession closes the program's session, as a desktop may do for its user.
func (p *ShortcutPortal) EndSession(t testing.TB) {
	t.Helper()
	p.mu.Lock()
	session := p.session
	p.mu.Unlock()
	if err := p.conn.Emit(session, "org.freedesktop.portal.Session.Closed", map[string]dbus.Variant{}); err != nil {
		t.Fatal(err)
	}
}

// respond answers a request by a signal, as portals do.
func (p *ShortcutPortal) respond(sender dbus.Sender, options map[string]dbus.Variant, code uint32, results map[string]dbus.Variant) dbus.ObjectPath {
	who := strings.ReplaceAll(strings.TrimPrefix(string(sender), ":"), ".", "_")
	handle := dbus.ObjectPath(fmt.Sprintf("%s/request/%s/%s", portalPath, who, options["handle_token"].Value()))
	_ = p.conn.Emit(handle, "org.freedesktop.portal.Request.Response", code, results) // the portal may have been closed
	return handle
}

// portalMethods are the methods that the bus may call.
type portalMethods ShortcutPortal

// CreateSession is the portal's.
func (m *portalMethods) CreateSession(sender dbus.Sender, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	m.mu.Lock()
	m.sessions++
	m.session = dbus.ObjectPath(fmt.Sprintf("%s/session/%d/%s", portalPath, m.sessions, options["session_handle_token"].Value()))
	session := m.session
	m.mu.Unlock()
	return (*ShortcutPortal)(m).respond(sender, options, 0, map[string]dbus.Variant{"session_handle": dbus.MakeVariant(string(session))}), nil
}

// ListShortcuts is the portal's.
func (m *portalMethods) ListShortcuts(sender dbus.Sender, _ dbus.ObjectPath, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	list := []PortalShortcut{}
	m.mu.Lock()
	if m.kept {
		list = described(m.bound)
	}
	m.mu.Unlock()
	return (*ShortcutPortal)(m).respond(sender, options, 0, map[string]dbus.Variant{"shortcuts": dbus.MakeVariant(list)}), nil
}

// BindShortcuts is the portal's.
func (m *portalMethods) BindShortcuts(sender dbus.Sender, _ dbus.ObjectPath, wanted []PortalShortcut, _ string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	m.mu.Lock()
	answer, ask := m.answer, m.ask
	m.bound = append(m.bound, wanted...)
	m.mu.Unlock()
	results := map[string]dbus.Variant{}
	if answer == 0 {
		results["shortcuts"] = dbus.MakeVariant(described(wanted))
	}
	if ask == nil {
		return (*ShortcutPortal)(m).respond(sender, options, answer, results), nil
	}
	go func() {
		<-ask
		(*ShortcutPortal)(m).respond(sender, options, answer, results)
	}()
	return portalPath + "/request", nil
}

func described(all []PortalShortcut) (list []PortalShortcut) {
	for _, s := range all {
		trigger, _ := s.More["preferred_trigger"].Value().(string)
		list = append(list, PortalShortcut{s.ID, map[string]dbus.Variant{"trigger_description": dbus.MakeVariant("Press " + trigger)}})
	}
	return list
}

type portalProperties struct{}

// Get is org.freedesktop.DBus.Properties.Get.
func (portalProperties) Get(of, name string) (dbus.Variant, *dbus.Error) {
	if of != portalShortcuts || name != "version" {
		return dbus.Variant{}, dbus.MakeFailedError(fmt.Errorf("there is no %s of %s", name, of))
	}
	return dbus.MakeVariant(uint32(1)), nil
}

type portalRegistry ShortcutPortal

// Register is org.freedesktop.host.portal.Registry.Register.
func (r *portalRegistry) Register(app string, _ map[string]dbus.Variant) *dbus.Error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.app = app
	return nil
}
