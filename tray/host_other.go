//go:build !linux

package tray

import "context"

// HasDesktop tells whether an icon would be seen: Windows always has a taskbar.
func HasDesktop() bool { return true }

func reachDesktop(context.Context) error { return nil }

func (a *App) awaitDesktop() bool { return true }

func (a *App) checkHost() {}

// awaitReturn: no panel says here that it is lost.
func (a *App) awaitReturn(error) bool {
	<-a.ctx.Done()
	return false
}
