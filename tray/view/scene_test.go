package view

import (
	"altv-tray/monitor"
	"altv-tray/settings"
	"altv-tray/tray/lang"
)

var english = lang.New("en")

// renderEnglish renders a scene of which nothing else is known.
func renderEnglish(s monitor.Snapshot, set settings.Settings, version string, now monitor.Time) (View, monitor.Time) {
	return Render(&Scene{Snap: s, Settings: &set, Version: version, Text: english}, now)
}

// bare is what of a row the panel shows.
func bare(r Row) Row {
	r.Action, r.Mnemonic = nil, ""
	return r
}
