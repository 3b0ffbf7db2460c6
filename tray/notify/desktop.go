package notify

import (
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/panel"
	"altv-tray/tray/view"
)

// Desktop shows notices: with their buttons if the desktop has buttons, otherwise by Beeep.
// Make it with NewDesktop.
type Desktop struct {
	icons *panel.IconFiles
	plain func(view.Notice) error
	do    func(action.Action)
	codes *Codes
	paths settings.Paths
	buttons
}

// NewDesktop makes a Desktop. It calls do, on another goroutine, with the action of a button
// that was pressed. On Windows that goroutine is the app's, which looks the action up in codes.
func NewDesktop(paths settings.Paths, codes *Codes, do func(action.Action)) *Desktop {
	icons := panel.NewIconFiles(paths.CacheDir)
	return &Desktop{icons: icons, plain: Beeep(icons), do: do, codes: codes, paths: paths}
}

// Show shows a notice, or takes one away. It must not be called twice at the same time.
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
