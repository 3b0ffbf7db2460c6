package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

// takesColours has a console understand ANSI colours, which it does not by itself.
// One before Windows 10 cannot.
func takesColours(out *os.File) bool {
	var mode uint32
	console := windows.Handle(out.Fd())
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
