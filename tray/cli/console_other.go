//go:build !windows

package cli

func hasConsole() bool { return true }
