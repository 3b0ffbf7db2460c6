//go:build !linux

package tray

import (
	"sync"

	"fyne.io/systray"
)

// systrayLoop runs systray, which sees to a taskbar that starts anew by itself.
type systrayLoop struct{ once sync.Once }

func newSystrayLoop() systrayLoop { return systrayLoop{} }

func (l *systrayLoop) run(ready, _ func()) error {
	systray.Run(ready, nil)
	return nil
}

func (l *systrayLoop) live() bool { return true }

func (l *systrayLoop) end() { l.once.Do(systray.Quit) }
