package panel

import "context"

// HasTray reports whether an icon would be seen: Windows always has a taskbar.
func HasTray() bool { return true }

// Connect returns no error: Windows always has a taskbar to talk to.
func Connect() error { return nil }

// bus is what systray talks over: nothing that could go.
type bus struct{}

func (bus) live() bool { return true }

// loop runs systray, which puts the icon back when the taskbar restarts.
func (p *systrayPanel) loop(s systrayFuncs, ready func()) error {
	defer context.AfterFunc(p.ctx, s.quit)()
	s.run(ready, nil)
	return nil
}
