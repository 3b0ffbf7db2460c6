// Package sessionbus tells whether there is a D-Bus session bus, without
// connecting to it. godbus, asked for a connection where there is none, starts a
// daemon that is left over; so ask here first.
package sessionbus

import "errors"

// ErrNone means that there is no session bus. It is in every error of Available.
var ErrNone = errors.New("there is no D-Bus session bus: run altv-tray within a desktop session, or under dbus-run-session")
