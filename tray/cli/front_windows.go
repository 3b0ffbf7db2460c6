package cli

import "golang.org/x/sys/windows"

// letToTheFront lets the process show a dialog before all other windows. Windows
// allows that only to the one that the user has just used, which is this one, and
// to whom that names.
func letToTheFront(pid int) {
	_, _, _ = windows.NewLazySystemDLL("user32.dll").NewProc("AllowSetForegroundWindow").Call(uintptr(uint32(pid)))
}
