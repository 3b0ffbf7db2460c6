package notify

import (
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/panel"
	"altv-tray/tray/view"
)

// Desktop shows notices: with their buttons if the desktop supports buttons, otherwise with beeep. Make
// it with NewDesktop.
type Desktop struct {
	Codes Codes // of the buttons that are shown
	do    func(action.Action)
	paths settings.Paths
	buttons
}

// NewDesktop makes a Desktop. When a button is pressed it calls do with the button's action, on any
// goroutine.
func NewDesktop(paths settings.Paths, do func(action.Action)) *Desktop {
	return &Desktop{do: do, paths: paths}
}

// Press does the action of a button's code. It returns false if the code is not valid.
func (d *Desktop) Press(code string) bool {
	a := d.Codes.Use(code)
	if a != nil {
		d.do(a)
	}
	return a != nil
}

// Show shows or removes a notice. It must not be called twice at the same time.
func (d *Desktop) Show(n view.Notice) error {
	if n.IsRemoval() {
		d.Codes.Issue(n, 0) // ends the codes of the notice
		return d.remove(n.Tag)
	}
	if n.HasButtons() {
		icon, err := panel.Picture(d.paths.CacheDir, n.Icon)
		if err != nil {
			icon = "" // a notice without a picture is better than one without buttons
		}
		if shown, err := d.show(n, icon); shown {
			return err
		}
	}
	return showByBeeep(d.paths.CacheDir, n)
}
