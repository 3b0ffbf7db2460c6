package tray

import "errors"

// panel is a system tray. It is used from one goroutine, but for Run and Quit.
type panel interface {
	// Run shows the icon and blocks until Quit. It must be called on the main
	// goroutine. ready is called once the menu can be built, in the first Run
	// alone. The error is that the panel broke and shows nothing any more; with
	// errPanelLost, Run may be called again when there is a desktop again. What
	// Show was told meanwhile is shown then.
	Run(first view, ready func()) error
	// Show brings the panel from one view to the next.
	Show(to *view, changes []change)
	// Clicks gives the rows that were clicked.
	Clicks() <-chan rowID
	// Quit ends Run. It may be called more than once and before Run.
	Quit()
}

// errPanelLost means that whoever shows the panel has gone.
var errPanelLost = errors.New("the panel has gone")
