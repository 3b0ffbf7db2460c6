//go:build !windows

package notify

// RemoveTraces does nothing: only Windows has a registry.
func RemoveTraces() error { return nil }
