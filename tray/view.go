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
	rowReconnect
	rowAutomatic
	rowPause
	rowPause15
	rowPause60
	rowPauseForever
	rowResume
	rowPassword
	rowPasswordSet
	rowPasswordClear
	rowSettings
	rowLogs
	rowAbout
	rowQuit
	rowCount
)

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
	{id: rowReconnect, parent: rowReconnect, separator: true},
	{id: rowAutomatic, parent: rowAutomatic, checkable: true},
	{id: rowPause, parent: rowPause},
	{id: rowPause15, parent: rowPause},
	{id: rowPause60, parent: rowPause},
	{id: rowPauseForever, parent: rowPause},
	{id: rowResume, parent: rowResume},
	{id: rowPassword, parent: rowPassword, separator: true},
	{id: rowPasswordSet, parent: rowPassword},
	{id: rowPasswordClear, parent: rowPassword},
	{id: rowSettings, parent: rowSettings, separator: true},
	{id: rowLogs, parent: rowLogs},
	{id: rowAbout, parent: rowAbout, separator: true},
	{id: rowQuit, parent: rowQuit},
}

// row is what of a row may change.
type row struct {
	label   string
	enabled bool
	checked bool
}

// view is all that the panel shows. It is comparable; the zero value is
// nothing, so everything differs from it.
type view struct {
	icon    assets.Icon
	tooltip string
	rows    [rowCount]row
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
	if from.icon != to.icon {
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
		if a.enabled != b.enabled {
			all = append(all, change{enabledChanged, rowID(id)})
		}
		if a.checked != b.checked {
			all = append(all, change{checkedChanged, rowID(id)})
		}
	}
	return all
}
