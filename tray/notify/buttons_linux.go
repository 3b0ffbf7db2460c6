package notify

import (
	"fmt"
	"html"
	"slices"
	"sync"

	"github.com/godbus/dbus/v5"

	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// The desktop notifications specification.
const (
	daemonName = "org.freedesktop.Notifications"
	daemonPath = dbus.ObjectPath("/org/freedesktop/Notifications")
)

// buttons shows notices with buttons by the notification daemon. It has a
// connection to the bus, and a goroutine that follows it, while one stands and no
// longer.
type buttons struct {
	mu       sync.Mutex
	closed   bool
	conn     *dbus.Conn // nil: none is needed
	standing standing
}

// Open has nothing to prepare here.
func (d *Desktop) Open() error { return nil }

// show shows a notice with its buttons; false where the daemon has none. It waits
// for the daemon for as long as there is a connection.
func (d *Desktop) show(n view.Notice, icon string) (shown bool, err error) {
	d.mu.Lock()
	d.standing.busy = true
	d.mu.Unlock()
	defer d.shown()
	conn, err := d.connect()
	if err != nil {
		return false, nil // the other way fails too, and says why
	}
	daemon := conn.Object(daemonName, daemonPath)
	var can []string
	if daemon.Call(daemonName+".GetCapabilities", 0).Store(&can) != nil || !slices.Contains(can, "actions") {
		return false, nil
	}
	d.mu.Lock()
	one, keys, replaces := d.standing.place(n)
	d.mu.Unlock()
	body := view.Plain(beside(n))
	if slices.Contains(can, "body-markup") {
		body = html.EscapeString(body)
	}
	var actions []string
	for i, key := range keys {
		actions = append(actions, key, n.Buttons[i].Label)
	}
	expire := int32(-1) // as the daemon likes
	if n.For > 0 {
		expire = int32(n.For.Milliseconds())
	}
	hints := map[string]dbus.Variant{"urgency": dbus.MakeVariant(byte(1))} // normal
	err = daemon.Call(daemonName+".Notify", 0, AppID, replaces, icon, view.Plain(n.Title), body, actions, hints, expire).Store(&one.id)
	if err != nil {
		return true, fmt.Errorf("showing a notification with buttons: %w", err)
	}
	d.mu.Lock()
	var pressed action.Action
	if d.conn == conn {
		pressed = d.standing.shown(one)
	}
	d.mu.Unlock()
	d.press(conn, one.id, pressed)
	return true, nil
}

// shown ends show.
func (d *Desktop) shown() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.standing.busy, d.standing.early = false, nil
	d.rest()
}

// rest closes a connection that nothing needs any more. d.mu is held.
func (d *Desktop) rest() {
	if d.conn != nil && d.standing.idle() {
		_ = d.conn.Close()
		d.conn = nil
	}
}

// connect gives the connection, and makes it where there is none.
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
	d.mu.Lock()
	defer d.mu.Unlock()
	if err == nil && d.closed {
		err = dbus.ErrClosed
	}
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	d.conn, d.standing.all = conn, nil
	go d.follow(conn, signals)
	return conn, nil
}

// follow handles what the daemon says until the connection ends.
func (d *Desktop) follow(conn *dbus.Conn, signals <-chan *dbus.Signal) {
	for s := range signals {
		d.said(conn, s)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn == conn {
		d.conn, d.standing.all = nil, nil
	}
}

func (d *Desktop) said(conn *dbus.Conn, s *dbus.Signal) {
	var id, reason uint32
	var key, name, old, next string
	var pressed action.Action
	d.mu.Lock()
	switch {
	case d.conn != conn:
	case s.Name == daemonName+".ActionInvoked" && dbus.Store(s.Body, &id, &key) == nil:
		pressed = d.standing.pressed(id, key)
	case s.Name == daemonName+".NotificationClosed" && dbus.Store(s.Body, &id, &reason) == nil:
		d.standing.gone(id)
	case s.Name == "org.freedesktop.DBus.NameOwnerChanged" && dbus.Store(s.Body, &name, &old, &next) == nil && old != "":
		d.standing.all = nil // the next daemon gives these numbers to others
	}
	d.mu.Unlock()
	d.press(conn, id, pressed)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn == conn {
		d.rest()
	}
}

// press does what a button asks for, nil: nothing, and takes its notice away: not
// every daemon does.
func (d *Desktop) press(conn *dbus.Conn, id uint32, what action.Action) {
	if what != nil {
		closeNotice(conn, id)
		d.do(what)
	}
}

// closeNotice waits for no answer. By Call in place of Go it would wait for ever
// on a connection that has just ended.
func closeNotice(conn *dbus.Conn, id uint32) {
	conn.Object(daemonName, daemonPath).Go(daemonName+".CloseNotification", dbus.FlagNoReplyExpected, nil, id)
}

func (d *Desktop) takeAway(tag string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if id := d.standing.tagged(tag); id != 0 {
		closeNotice(d.conn, id)
		d.standing.forget(id)
		d.rest()
	}
	return nil
}

// Close takes away what stands: nobody would hear of its buttons. Nothing is shown
// with buttons afterwards.
func (d *Desktop) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	if d.conn == nil {
		return
	}
	for _, one := range d.standing.all {
		closeNotice(d.conn, one.id)
	}
	_ = d.conn.Close()
	d.conn, d.standing.all = nil, nil
}
