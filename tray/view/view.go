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

// Scene is everything that a view depends on except the time. It is comparable.
type Scene struct {
	Snap           monitor.Snapshot
	Settings       *settings.Settings // must not be modified
	SettingsBroken bool               // the settings file is broken, so Settings are older
	Version        string
	Text           *lang.Printer
	Facts          surroundings.Facts
	Last           history.Entry  // the last reconnect, of this run or an earlier one; the zero value: none
	Failure        monitor.Reason // why a reconnect failed; cleared by the next success or click
	System         string         // runtime.GOOS
	Story          string         // what happens in the demo; empty elsewhere
	Hotkey         hotkey.State
}

// View is everything that the panel shows.
type View struct {
	Icon    assets.Icon
	Overlay assets.Overlay
	Theme   assets.Theme // the theme of the taskbar; set by Painter
	Tooltip string
	Rows    []Row // by RowID
}

// Row is the part of a row that may change. A row without a label is hidden.
type Row struct {
	Label    string
	Mnemonic string // on Windows, the letter that chooses the row; empty: none
	Enabled  bool
	Checked  bool
	Action   action.Action // what a click does; nil: nothing
}

// Render returns the view of a scene at a time of the monitor's clock. Next is when the view changes
// even if the scene does not, as minutes and seconds pass; monitor.Forever if never.
func Render(sc *Scene, now monitor.Time) (v View, next monitor.Time) {
	f := frame{Scene: sc, now: now, next: monitor.Forever, switches: sc.Settings.Notifications.Switches()}
	v.Icon = icon(sc.Snap.Client)
	v.Overlay = overlay(sc)
	v.Rows = make([]Row, RowCount())
	for i := range menu {
		v.Rows[i] = menu[i].row(&f)
	}
	for i, p := range sc.Settings.Profiles {
		id := Profile(i)
		if i == maxProfiles-1 && len(sc.Settings.Profiles) > maxProfiles {
			v.Rows[id] = Row{Label: sc.Text.N("menu.profile_more", len(sc.Settings.Profiles)-i)}
			break
		}
		v.Rows[id] = Row{
			Label: cut(OneLine(p.Name), profileUnits), Enabled: true, Checked: p.Name == sc.Settings.Profile,
			Action: action.UseProfile{Name: p.Name},
		}
	}
	v.Tooltip = tooltip(&f)
	return v, f.next
}

// profileUnits limits a profile's name, in UTF-16 units, so that the menu does not become wide.
const profileUnits = 40

// Painter renders scenes, but only if the view may have changed.
type Painter struct {
	Shown View         // the newest view
	Next  monitor.Time // as Render's next
	scene Scene
}

// Paint renders a scene into Shown. It returns false if Shown is up to date.
func (p *Painter) Paint(sc Scene, theme assets.Theme, now monitor.Time) (changed bool) {
	if sc == p.scene && theme == p.Shown.Theme && now < p.Next {
		return false
	}
	scene := sc // a copy, so that an unchanged scene allocates nothing
	p.Shown, p.Next = Render(&scene, now)
	p.Shown.Theme, p.scene = theme, sc
	return true
}
