package panel

// HasDesktop reports whether an icon would be seen: Windows always has a taskbar.
func HasDesktop() bool { return true }

// Reach returns no error: Windows always has a taskbar to talk to.
func Reach() error { return nil }

// panelLoop runs systray, which puts the icon back when the taskbar restarts.
type panelLoop struct {
	begin func(ready, exit func())
	end   func()
}

// newPanelLoop takes systray's functions, as only systray.go knows systray.
func newPanelLoop(_ func(ready, exit func()) (start, end func()), begin func(ready, exit func()), quit func()) *panelLoop {
	return &panelLoop{begin, quit}
}

func (l *panelLoop) run(ready, _ func()) error {
	l.begin(ready, nil)
	return nil
}

func (l *panelLoop) live() bool { return true }
