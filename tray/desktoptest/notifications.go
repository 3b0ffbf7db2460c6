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
}

// Text gives all that the user reads of it.
func (n Notification) Text() string { return n.Summary + "\n" + n.Body }

// Notifications is a notification daemon of the test's own. Where none is
// started, the bus has none.
type Notifications struct {
	conn *dbus.Conn

	mu    sync.Mutex
	shown []Notification
	hang  chan struct{} // nil: answer at once; else answer when closed
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

// Hang makes the daemon take calls and not answer them, or answer again.
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

// Close crashes the daemon: it is off the bus at once.
func (n *Notifications) Close(t testing.TB) {
	t.Helper()
	if err := n.conn.Close(); err != nil {
		t.Fatalf("end the notification daemon: %v", err)
	}
	n.Hang(false)
}

// Shown gives all notifications so far, oldest first.
func (n *Notifications) Shown() []Notification {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.shown)
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
	d.shown = append(d.shown, Notification{At: time.Now(), App: app, Icon: icon, Summary: summary, Body: body})
	id, hang := uint32(len(d.shown)), d.hang
	d.mu.Unlock()
	if hang != nil {
		<-hang
	}
	return id, nil
}

// CloseNotification is org.freedesktop.Notifications.CloseNotification.
func (d *notificationDaemon) CloseNotification(id uint32) *dbus.Error { return nil }

// GetCapabilities is org.freedesktop.Notifications.GetCapabilities.
func (d *notificationDaemon) GetCapabilities() ([]string, *dbus.Error) {
	return []string{"body", "actions"}, nil
}

// GetServerInformation is org.freedesktop.Notifications.GetServerInformation.
func (d *notificationDaemon) GetServerInformation() (name, vendor, version, spec string, err *dbus.Error) {
	return "bench", "altv-tray", "1", "1.2", nil
}
