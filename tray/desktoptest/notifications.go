//go:build linux

package desktoptest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// Notification is one that the program has asked for.
type Notification struct {
	At                       time.Time
	App, Icon, Summary, Body string
	ID, Replaces             uint32
	Actions                  []string // pairs of a key and what stands on its button
}

// Buttons gives what stands on its buttons.
func (n Notification) Buttons() (all []string) {
	for i := 1; i < len(n.Actions); i += 2 {
		all = append(all, n.Actions[i])
	}
	return all
}

// Text gives all that the user reads of it.
func (n Notification) Text() string {
	return strings.Join(append([]string{n.Summary, n.Body}, n.Buttons()...), "\n")
}

// Notifications is the test's own notification daemon.
type Notifications struct {
	conn *dbus.Conn

	mu     sync.Mutex
	shown  []Notification
	closed []uint32      // what the program has taken away
	hang   chan struct{} // nil: answer at once; else answer when closed
	plain  bool          // it knows no buttons
}

// StartNotifications puts the daemon on the bus until the test ends.
func StartNotifications(t testing.TB, bus *Bus) *Notifications {
	t.Helper()
	conn := bus.Connect(t)
	n := &Notifications{conn: conn}
	if err := conn.Export((*notificationDaemon)(n), "/org/freedesktop/Notifications", "org.freedesktop.Notifications"); err != nil {
		t.Fatalf("offer notifications: %v", err)
	}
	own(t, conn, "org.freedesktop.Notifications")
	t.Cleanup(func() { n.Hang(false) })
	return n
}

// Hang makes the daemon accept calls without answering, or answer again.
func (n *Notifications) Hang(on bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.hang != nil {
		close(n.hang)
		n.hang = nil
	}
	if on {
		n.hang = make(chan struct{})
	}
}

// WithoutButtons makes it a daemon that knows none.
func (n *Notifications) WithoutButtons() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.plain = true
}

// Close crashes the daemon: it is off the bus at once.
func (n *Notifications) Close(t testing.TB) {
	t.Helper()
	if err := n.conn.Close(); err != nil {
		t.Fatalf("end the notification daemon: %v", err)
	}
	n.Hang(false)
}

// Shown returns all notifications so far, oldest first.
func (n *Notifications) Shown() []Notification {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.shown)
}

// Closed tells whether the program has taken a notification away.
func (n *Notifications) Closed(id uint32) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Contains(n.closed, id)
}

// Press presses a button of a notification, which need not stand any more.
func (n *Notifications) Press(t testing.TB, one Notification, label string) {
	t.Helper()
	at := slices.Index(one.Actions, label)
	if at < 1 {
		t.Fatalf("%q is on no button of %+v", label, one)
	}
	n.emit(t, "ActionInvoked", one.ID, one.Actions[at-1])
}

// Expire has a notification end by itself.
func (n *Notifications) Expire(t testing.TB, one Notification) {
	t.Helper()
	n.emit(t, "NotificationClosed", one.ID, uint32(1))
}

// ExpireAll has all notifications end by themselves. Where the bus is gone nobody hears
// of it.
func (n *Notifications) ExpireAll() {
	for _, one := range n.Shown() {
		_ = n.conn.Emit("/org/freedesktop/Notifications", "org.freedesktop.Notifications.NotificationClosed", one.ID, uint32(1))
	}
}

func (n *Notifications) emit(t testing.TB, signal string, values ...any) {
	t.Helper()
	if err := n.conn.Emit("/org/freedesktop/Notifications", "org.freedesktop.Notifications."+signal, values...); err != nil {
		t.Fatal(err)
	}
}

// Wait waits for a notification, not among the first skip ones, whose text
// holds all the words, in any case.
func (n *Notifications) Wait(t testing.TB, skip int, limit time.Duration, words ...string) Notification {
	t.Helper()
	var found Notification
	Until(t, limit, fmt.Sprintf("a notification with the words %q", words), func() (bool, string) {
		shown := n.Shown()
		for _, one := range shown[min(skip, len(shown)):] {
			text := strings.ToLower(one.Text())
			if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, strings.ToLower(w)) }) {
				found = one
				return true, ""
			}
		}
		return false, fmt.Sprintf("%+v", shown)
	})
	return found
}

// notificationDaemon holds the methods that the bus may call.
type notificationDaemon Notifications

// Notify is org.freedesktop.Notifications.Notify.
func (d *notificationDaemon) Notify(app string, replaces uint32, icon, summary, body string, actions []string, hints map[string]dbus.Variant, timeout int32) (uint32, *dbus.Error) {
	d.mu.Lock()
	id, hang := replaces, d.hang
	if id == 0 {
		id = uint32(len(d.shown)) + 1
	}
	d.shown = append(d.shown, Notification{
		At: time.Now(), App: app, Icon: icon, Summary: summary, Body: body, ID: id, Replaces: replaces, Actions: actions,
	})
	d.mu.Unlock()
	if hang != nil {
		<-hang
	}
	return id, nil
}

// CloseNotification is org.freedesktop.Notifications.CloseNotification.
func (d *notificationDaemon) CloseNotification(id uint32) *dbus.Error {
	d.mu.Lock()
	d.closed = append(d.closed, id)
	d.mu.Unlock()
	if err := d.conn.Emit("/org/freedesktop/Notifications", "org.freedesktop.Notifications.NotificationClosed", id, uint32(3)); err != nil {
		return dbus.MakeFailedError(err)
	}
	return nil
}

// GetCapabilities is org.freedesktop.Notifications.GetCapabilities.
func (d *notificationDaemon) GetCapabilities() ([]string, *dbus.Error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.plain {
		return []string{"body"}, nil
	}
	return []string{"body", "actions"}, nil
}

// GetServerInformation is org.freedesktop.Notifications.GetServerInformation.
func (d *notificationDaemon) GetServerInformation() (name, vendor, version, spec string, err *dbus.Error) {
	return "bench", "altv-tray", "1", "1.2", nil
}
