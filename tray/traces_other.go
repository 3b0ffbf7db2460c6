//go:build !windows

package tray

// removeNotificationName: only Windows keeps one.
func removeNotificationName() error { return nil }
