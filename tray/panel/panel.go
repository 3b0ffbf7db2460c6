// Package panel is the tray itself: the icon with its menu, and the taskbar's theme.
package panel

import (
	"errors"

	"altv-tray/tray/view"
)

// Panel is a system tray. It is used from one goroutine, but for Run and Quit.
type Panel interface {
	// Run shows the icon and blocks until Quit, on the main goroutine. ready is called once the
	// menu can be built, in the first Run. The error is that the panel broke; after ErrLost,
	// Run may be called again when there is a desktop, and shows the newest view.
	Run(first view.View, ready func()) error
	// Show shows another view. What is in it as before costs nothing.
	Show(to *view.View)
	// Clicks receives the rows that were clicked.
	Clicks() <-chan view.RowID
	// Quit ends Run. It may be called more than once and before Run.
	Quit()
}

// ErrLost means that the desktop that shows the panel has gone.
var ErrLost = errors.New("the panel has gone")
