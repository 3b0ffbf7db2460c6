package tray

// panel is a system tray. It is used from one goroutine, but for Run and Quit.
type panel interface {
	// Run shows the icon and blocks until Quit. It must be called on the main
	// goroutine. ready is called once the menu can be built. The error is that
	// the panel broke and shows nothing any more.
	Run(first view, ready func()) error
	// Show brings the panel from one view to the next.
	Show(to *view, changes []change)
	// Clicks gives the rows that were clicked.
	Clicks() <-chan rowID
	// Quit ends Run. It may be called more than once and before Run.
	Quit()
}
