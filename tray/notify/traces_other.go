//go:build !windows

package notify

// RemoveTraces has nothing to do: only Windows keeps something of notifications.
func RemoveTraces() error { return nil }
