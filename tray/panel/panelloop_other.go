//go:build !linux

package panel

import "sync"

// panelLoop runs systray, which sees to a taskbar that starts anew by itself.
type panelLoop struct {
	begin func(ready, exit func())
	quit  func()
	once  sync.Once
}

// newPanelLoop takes systray's two ways to run and its end; only systray.go
// knows it.
func newPanelLoop(_ func(ready, exit func()) (start, end func()), begin func(ready, exit func()), quit func()) panelLoop {
	return panelLoop{begin: begin, quit: quit}
}

func (l *panelLoop) run(ready, _ func()) error {
	l.begin(ready, nil)
	return nil
}

func (l *panelLoop) live() bool { return true }

func (l *panelLoop) end() { l.once.Do(l.quit) }
