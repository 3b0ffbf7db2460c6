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

// The desktop notifications specification.
const (
	daemonName = "org.freedesktop.Notifications"
	daemonPath = dbus.ObjectPath("/org/freedesktop/Notifications")
)

// buttons shows notices with buttons by the notification daemon. Its connection to the bus is
// made for the first, and kept.
type buttons struct {
	showing sync.Mutex // held while a notice is shown: what is said of it waits for its number

	mu       sync.Mutex
	conn     *dbus.Conn       // nil: none yet
	standing map[uint32]stand // the notices on the desktop, by the daemon's number
}

type stand struct{ tag, code string } // the code of one of its buttons

// buttonLife is how long a button works. Only the daemon can press it.
const buttonLife = 24 * time.Hour

// Open does nothing here.
func (d *Desktop) Open() error { return nil }

// show shows a notice with its buttons; false if the daemon has none. It waits for the daemon
// as long as there is a connection.
func (d *Desktop) show(n view.Notice, icon string) (shown bool, err error) {
	conn, err := d.connect()
	if err != nil {
		return false, nil // beeep fails too, and says why
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
	codes := d.Codes.Issue(n, buttonLife)
	for i, code := range codes {
		actions = append(actions, code, n.Buttons[i].Label)
	}
	expire := int32(-1) // as the daemon likes
	if n.Timeout > 0 {
		expire = int32(n.Timeout.Milliseconds())
	}
	hints := map[string]dbus.Variant{"urgency": dbus.MakeVariant(byte(1))} // normal
	d.showing.Lock()
	defer d.showing.Unlock()
	d.mu.Lock()
	replaces := d.tagged(n.Tag)
	d.mu.Unlock()
	var id uint32
	err = daemon.Call(daemonName+".Notify", 0, AppID, replaces, icon, view.OneLine(n.Title), body, actions, hints, expire).Store(&id)
	if err != nil {
		return true, fmt.Errorf("showing a notification with buttons: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.standing, replaces)
	d.standing[id] = stand{n.Tag, codes[0]}
	return true, nil
}

// tagged returns the number of the notice with that tag, 0 for none. d.mu is held.
func (d *Desktop) tagged(tag string) uint32 {
	for id, one := range d.standing {
		if tag != "" && one.tag == tag {
			return id
		}
	}
	return 0
}

// connect returns the connection, and makes it if there is none.
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
	d.conn, d.standing = conn, make(map[uint32]stand)
	go func() { // until the connection ends
		for s := range signals {
			d.said(conn, s)
		}
	}()
	return conn, nil
}

// said handles a signal of the daemon or the bus.
func (d *Desktop) said(conn *dbus.Conn, s *dbus.Signal) {
	var id, reason uint32
	var key, name, old, next string
	var pressed action.Action
	d.showing.Lock()
	d.mu.Lock()
	switch {
	case s.Name == daemonName+".ActionInvoked" && dbus.Store(s.Body, &id, &key) == nil && d.standing[id].code != "":
		if pressed, _ = d.Codes.Use(key); pressed != nil {
			closeNotice(conn, id) // not every daemon does
			d.forget(id)
		}
	case s.Name == daemonName+".NotificationClosed" && dbus.Store(s.Body, &id, &reason) == nil:
		d.forget(id)
	case s.Name == "org.freedesktop.DBus.NameOwnerChanged" && dbus.Store(s.Body, &name, &old, &next) == nil && old != "":
		for id := range d.standing { // the next daemon gives these numbers to others
			d.forget(id)
		}
	}
	d.mu.Unlock()
	d.showing.Unlock()
	if pressed != nil {
		d.do(pressed)
	}
}

// forget ends the codes of a notice that has gone. d.mu is held.
func (d *Desktop) forget(id uint32) {
	d.Codes.Use(d.standing[id].code)
	delete(d.standing, id)
}

// closeNotice does not wait for an answer. With Call instead of Go it would wait forever
// on a connection that has just ended.
func closeNotice(conn *dbus.Conn, id uint32) {
	conn.Object(daemonName, daemonPath).Go(daemonName+".CloseNotification", dbus.FlagNoReplyExpected, nil, id)
}

func (d *Desktop) takeAway(tag string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if id := d.tagged(tag); id != 0 {
		closeNotice(d.conn, id)
		delete(d.standing, id)
	}
	return nil
}

// Close closes the notices on the desktop, as their buttons no longer work. It comes after
// the last Show.
func (d *Desktop) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn == nil {
		return
	}
	for id := range d.standing {
		closeNotice(d.conn, id)
	}
	_ = d.conn.Close()
}
