package notify

import (
	"fmt"
	"html"
	"slices"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"

	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// Names from the Desktop Notifications Specification.
const (
	daemonName = "org.freedesktop.Notifications"
	daemonPath = dbus.ObjectPath("/org/freedesktop/Notifications")
)

// buttons shows notices with buttons through the notification daemon. It connects to the bus for the
// first one, and keeps the connection.
type buttons struct {
	showing sync.Mutex // held while a notice is shown, so that signals about it wait for its ID

	mu    sync.Mutex
	conn  *dbus.Conn        // nil: none yet
	shown map[uint32]string // the tags of the notices on the desktop, by the daemon's ID
}

// codeLimit is how long a button works. Only the daemon can press it.
const codeLimit = 24 * time.Hour

// Open does nothing on Linux.
func (d *Desktop) Open() error { return nil }

// show shows a notice with its buttons. Shown is false if the daemon does not support buttons. It waits
// for the daemon's answer as long as there is a connection.
func (d *Desktop) show(n view.Notice, icon string) (shown bool, err error) {
	conn, err := d.connect()
	if err != nil {
		return false, nil // beeep fails too, and its error says why
	}
	daemon := conn.Object(daemonName, daemonPath)
	var can []string
	if daemon.Call(daemonName+".GetCapabilities", 0).Store(&can) != nil || !slices.Contains(can, "actions") {
		return false, nil
	}
	body := view.OneLine(n.Body)
	if slices.Contains(can, "body-markup") {
		body = html.EscapeString(body)
	}
	var actions []string
	for i, code := range d.Codes.Issue(n, codeLimit) {
		actions = append(actions, code, n.Buttons[i].Label)
	}
	expire := int32(-1) // the daemon decides
	if n.Timeout > 0 {
		expire = int32(n.Timeout.Milliseconds())
	}
	hints := map[string]dbus.Variant{"urgency": dbus.MakeVariant(byte(1))} // normal
	d.showing.Lock()
	defer d.showing.Unlock()
	d.mu.Lock()
	replaces := d.shownID(n.Tag)
	d.mu.Unlock()
	var id uint32
	err = daemon.Call(daemonName+".Notify", 0, AppID, replaces, icon, view.OneLine(n.Title), body, actions, hints, expire).Store(&id)
	if err != nil {
		return true, fmt.Errorf("showing a notification with buttons: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.shown, replaces)
	d.shown[id] = n.Tag
	return true, nil
}

// shownID returns the ID of the notice with that tag; 0 if there is none. d.mu must be held.
func (d *Desktop) shownID(tag string) uint32 {
	for id, other := range d.shown {
		if tag != "" && other == tag {
			return id
		}
	}
	return 0
}

// connect returns the connection. It makes one if there is none.
func (d *Desktop) connect() (*dbus.Conn, error) {
	d.mu.Lock()
	conn := d.conn
	d.mu.Unlock()
	if conn != nil && conn.Connected() {
		return conn, nil
	}
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		return nil, err
	}
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	err = conn.AddMatchSignal(dbus.WithMatchSender(daemonName), dbus.WithMatchInterface(daemonName), dbus.WithMatchObjectPath(daemonPath))
	if err == nil {
		err = conn.AddMatchSignal(dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, daemonName))
	}
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.conn, d.shown = conn, make(map[uint32]string)
	go func() { // until the connection ends
		for s := range signals {
			d.handle(conn, s)
		}
	}()
	return conn, nil
}

// handle handles a signal of the daemon or the bus.
func (d *Desktop) handle(conn *dbus.Conn, s *dbus.Signal) {
	var id, reason uint32
	var key, name, old, next string
	var pressed action.Action
	d.showing.Lock()
	d.mu.Lock()
	switch {
	case s.Name == daemonName+".ActionInvoked" && dbus.Store(s.Body, &id, &key) == nil:
		if _, ours := d.shown[id]; ours {
			pressed = d.Codes.Use(key)
		}
		if pressed != nil {
			closeNotice(conn, id) // some daemons leave it open
			delete(d.shown, id)
		}
	case s.Name == daemonName+".NotificationClosed" && dbus.Store(s.Body, &id, &reason) == nil:
		delete(d.shown, id)
	case s.Name == "org.freedesktop.DBus.NameOwnerChanged" && dbus.Store(s.Body, &name, &old, &next) == nil && old != "":
		clear(d.shown) // the next daemon uses these IDs for other notices
	}
	d.mu.Unlock()
	d.showing.Unlock()
	if pressed != nil {
		d.do(pressed)
	}
}

// closeNotice does not wait for an answer. Call instead of Go would wait forever if the connection has
// just ended.
func closeNotice(conn *dbus.Conn, id uint32) {
	conn.Object(daemonName, daemonPath).Go(daemonName+".CloseNotification", dbus.FlagNoReplyExpected, nil, id)
}

func (d *Desktop) remove(tag string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if id := d.shownID(tag); id != 0 {
		closeNotice(d.conn, id)
		delete(d.shown, id)
	}
	return nil
}

// Close closes the notices on the desktop, as their buttons no longer work. Show must not be called
// after it.
func (d *Desktop) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn == nil {
		return
	}
	for id := range d.shown {
		closeNotice(d.conn, id)
	}
	_ = d.conn.Close()
}
