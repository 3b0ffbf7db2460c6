//go:build !windows

package notify

// RemoveTraces does nothing: there is no registry.
func RemoveTraces() error { return nil }
