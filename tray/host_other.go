//go:build !linux

package tray

// HasDesktop tells whether an icon would be seen: Windows always has a taskbar.
func HasDesktop() bool { return true }

func (a *App) awaitDesktop() bool { return true }

func (a *App) checkHost() {}
