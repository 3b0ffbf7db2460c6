// Package view decides what a user sees, as a pure function of what is known.
package view

import (
	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/history"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/hotkey"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

// Scene is all that a view depends on except the time. It is comparable.
type Scene struct {
	Snap           monitor.Snapshot
	Settings       *settings.Settings // never changed once it is here
	SettingsBroken bool               // the settings file is not in force
	Version        string
	Text           *lang.Printer
	Facts          surroundings.Facts
	Last           history.Entry  // the last reconnect, of this run or an earlier one; the zero value: none
	Failure        monitor.Reason // of a reconnect that failed, while neither a success nor a click has followed
	System         string         // as runtime.GOOS
	Story          string         // what the demo tells; empty elsewhere
	Hotkey         hotkey.State
}

// View is all that the panel shows. The zero value is nothing.
type View struct {
	Icon    assets.Icon
	Overlay assets.Overlay
	Theme   assets.Theme // the taskbar's, which Render does not know
	Tooltip string
	Rows    []Row // by RowID
}

// Row is what of a row may change. Without a label it is not there.
type Row struct {
	Label    string
	Mnemonic string // on Windows, the letter that chooses it; empty: none
	Enabled  bool
	Checked  bool
	Action   action.Action // what a click asks for; nil: nothing
}
