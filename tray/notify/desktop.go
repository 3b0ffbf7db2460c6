package notify

import (
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/panel"
	"altv-tray/tray/view"
)

// Desktop shows notices the desktop's own way: with their buttons where it has
// such, and else by Beeep. Make it with NewDesktop.
type Desktop struct {
	icons *panel.IconFiles
	plain func(view.Notice) error
	do    func(action.Action)
	codes *Codes
	paths settings.Paths
	buttons
}

// NewDesktop makes a Desktop that calls do, on a goroutine of its own, with what a
// pressed button asks for. Codes are those of the app.
func NewDesktop(paths settings.Paths, codes *Codes, do func(action.Action)) *Desktop {
	icons := panel.NewIconFiles(paths.CacheDir)
	return &Desktop{icons: icons, plain: Beeep(icons), do: do, codes: codes, paths: paths}
}

// Show shows a notice, or takes one away. One at a time.
func (d *Desktop) Show(n view.Notice) error {
	if n.IsTakenAway() {
		return d.takeAway(n.Tag)
	}
	if n.HasButtons() {
		icon, err := d.icons.Picture(n.Icon)
		if err != nil {
			icon = "" // better without a picture than without buttons
		}
		if shown, err := d.show(n, icon); shown {
			return err
		}
	}
	return d.plain(n)
}

// beside is the body where the buttons are shown.
func beside(n view.Notice) string {
	if n.Beside != "" {
		return n.Beside
	}
	return n.Body
}
