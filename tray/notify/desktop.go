package notify

import (
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/panel"
	"altv-tray/tray/view"
)

// Desktop shows notices: with their buttons if the desktop has buttons, otherwise by beeep.
// Make it with NewDesktop.
type Desktop struct {
	Codes Codes // of the buttons that are shown

	do    func(action.Action)
	paths settings.Paths
	buttons
}

// NewDesktop makes a Desktop. It calls do with the action of a button that was pressed, on any
// goroutine.
func NewDesktop(paths settings.Paths, do func(action.Action)) *Desktop {
	return &Desktop{do: do, paths: paths}
}

// Press presses the button that a code stands for; false where that is not in force.
func (d *Desktop) Press(code string) bool {
	what, ok := d.Codes.Use(code)
	if ok {
		d.do(what)
	}
	return ok
}

// Show shows a notice, or takes one away. It must not be called twice at the same time.
func (d *Desktop) Show(n view.Notice) error {
	if n.IsRemoval() {
		d.Codes.Issue(n, 0) // none, and ends those that it has
		return d.takeAway(n.Tag)
	}
	if n.HasButtons() {
		icon, err := panel.Picture(d.paths.CacheDir, n.Icon)
		if err != nil {
			icon = "" // better without a picture than without buttons
		}
		if shown, err := d.show(n, icon); shown {
			return err
		}
	}
	return byBeeep(d.paths.CacheDir, n)
}
