// Package tray is what the user sees: the icon with its tooltip and menu, the
// notifications, the dialogs, and the log.
//
// What is shown is decided by the pure function render; App's one goroutine
// hands its outcome to the panel, which is told of differences only.
package tray

import "altv-tray/assets"

// rowID names a row of the menu. The rows and their order never change: what
// cannot be done now is disabled, so that nothing moves under the pointer.
type rowID int

const (
	rowState rowID = iota
	rowServer
	rowLast
	rowReconnect
	rowAutomatic
	rowPause
	rowPause15
	rowPause60
	rowPauseForever
	rowResume
	rowProfile
	rowPassword
	rowPasswordSet
	rowPasswordTake
	rowPasswordClear
	rowPasswordKept
	rowNotifications
	rowNotifyReady
	rowNotifyJoined
	rowNotifyDropped
	rowNotifyFailed
	rowStart
	rowDebugOn
	rowAutostart
	rowSettings
	rowLogs
	rowChecks
	rowAbout
	rowQuit
	rowProfileFirst // the first of maxProfiles rows in rowProfile's submenu
	rowCount        = rowProfileFirst + maxProfiles
)

// maxProfiles is how many profiles the menu can show; the last row then says
// that there are more.
const maxProfiles = 32

// shape is what of a row never changes.
type shape struct {
	id        rowID
	parent    rowID // the row whose submenu it is in; itself for the top level
	checkable bool
	separator bool // a line comes before it
}

var menu = [...]shape{
	{id: rowState, parent: rowState},
	{id: rowServer, parent: rowServer},
	{id: rowLast, parent: rowLast},
	{id: rowReconnect, parent: rowReconnect, separator: true},
	{id: rowAutomatic, parent: rowAutomatic, checkable: true},
	{id: rowPause, parent: rowPause},
	{id: rowPause15, parent: rowPause},
	{id: rowPause60, parent: rowPause},
	{id: rowPauseForever, parent: rowPause},
	{id: rowResume, parent: rowResume},
	{id: rowProfile, parent: rowProfile, separator: true},
	{id: rowPassword, parent: rowPassword},
	{id: rowPasswordSet, parent: rowPassword},
	{id: rowPasswordTake, parent: rowPassword},
	{id: rowPasswordClear, parent: rowPassword},
	{id: rowPasswordKept, parent: rowPassword, separator: true},
	{id: rowNotifications, parent: rowNotifications},
	{id: rowNotifyReady, parent: rowNotifications, checkable: true},
	{id: rowNotifyJoined, parent: rowNotifications, checkable: true},
	{id: rowNotifyDropped, parent: rowNotifications, checkable: true},
	{id: rowNotifyFailed, parent: rowNotifications, checkable: true},
	{id: rowStart, parent: rowStart, separator: true},
	{id: rowDebugOn, parent: rowDebugOn},
	{id: rowAutostart, parent: rowAutostart, checkable: true},
	{id: rowSettings, parent: rowSettings, separator: true},
	{id: rowLogs, parent: rowLogs},
	{id: rowChecks, parent: rowChecks},
	{id: rowAbout, parent: rowAbout, separator: true},
	{id: rowQuit, parent: rowQuit},
}

// shapeOf gives a row's shape.
func shapeOf(id rowID) shape {
	if id >= rowProfileFirst {
		return shape{id: id, parent: rowProfile, checkable: true}
	}
	for _, s := range menu {
		if s.id == id {
			return s
		}
	}
	return shape{id: id, parent: id}
}

// row is what of a row may change. Without a label it is not there: only the
// rows of profiles come and go, at the end of their submenu.
type row struct {
	label   string
	enabled bool
	checked bool
}

// view is all that the panel shows. It is comparable; the zero value is
// nothing, so everything differs from it.
type view struct {
	icon    assets.Icon
	overlay assets.Overlay
	theme   assets.Theme // the taskbar's, which render does not know
	tooltip string
	rows    [rowCount]row
	cancels uint64 // the reconnect that rowReconnect calls off; 0: it asks for one
}

// change is one difference for the panel.
type change struct {
	what changed
	row  rowID
}

type changed uint8

const (
	iconChanged changed = iota
	tooltipChanged
	labelChanged
	enabledChanged
	checkedChanged
)

// diff lists what the panel must be told to come from one view to the next.
func diff(from, to *view) []change {
	if *from == *to {
		return nil
	}
	var all []change
	if from.icon != to.icon || from.overlay != to.overlay || from.theme != to.theme {
		all = append(all, change{what: iconChanged})
	}
	if from.tooltip != to.tooltip {
		all = append(all, change{what: tooltipChanged})
	}
	for id := range to.rows {
		a, b := from.rows[id], to.rows[id]
		if a.label != b.label {
			all = append(all, change{labelChanged, rowID(id)})
		}
		if b.label == "" {
			continue // a row that is not there must not be told anything
		}
		if a.enabled != b.enabled {
			all = append(all, change{enabledChanged, rowID(id)})
		}
		if a.checked != b.checked {
			all = append(all, change{checkedChanged, rowID(id)})
		}
	}
	return all
}
