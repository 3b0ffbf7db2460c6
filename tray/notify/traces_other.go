//go:build !windows

package notify

// RemoveName has nothing to do: only Windows keeps a name for notifications.
func RemoveName() error { return nil }
