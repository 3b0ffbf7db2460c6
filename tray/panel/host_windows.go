package panel

import "context"

// HasTray returns true: Windows always has a taskbar.
func HasTray() bool { return true }

// Connect does nothing: Windows always has a taskbar.
func Connect() error { return nil }

// bus stands for the connection that systray needs on other systems.
type bus struct{}

func (bus) live() bool { return true }

// loop runs systray, which shows the icon again when the taskbar restarts.
func (p *systrayPanel) loop(s systrayFuncs, ready func()) error {
	defer context.AfterFunc(p.ctx, s.quit)()
	s.run(ready, nil)
	return nil
}
