package cli

import "golang.org/x/sys/windows"

// hasConsole tells whether anything written is seen: a program made for the
// desktop has no standard error unless somebody gave it one.
func hasConsole() bool {
	h, err := windows.GetStdHandle(windows.STD_ERROR_HANDLE)
	return err == nil && h != 0 && h != windows.InvalidHandle
}
