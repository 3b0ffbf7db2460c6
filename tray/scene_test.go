package tray

import (
	"altv-tray/monitor"
	"altv-tray/settings"
	"altv-tray/tray/lang"
)

var english = lang.New("en")

// renderEnglish renders a scene of which nothing else is known.
func renderEnglish(s monitor.Snapshot, set settings.Settings, version string, now monitor.Time) (view, monitor.Time) {
	return render(scene{snap: s, set: &set, version: version, text: english}, now)
}
