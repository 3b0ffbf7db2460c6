package cli

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// allowForeground lets a process show a dialog in front of all other windows. Windows lets
// only the process that the user has just used, which is this one, give that right away.
func allowForeground(pid int) {
	_, _, _ = windows.NewLazySystemDLL("user32.dll").NewProc("AllowSetForegroundWindow").Call(uintptr(uint32(pid)))
}

// enableColours makes a console interpret ANSI colours. It returns false if the console
// cannot, as before Windows 10.
func enableColours(out *os.File) bool {
	var mode uint32
	console := windows.Handle(out.Fd())
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}

// changeUserPath changes this user's own PATH in the registry, and removes an empty one. The
// type of the value stays: Windows expands %NAMES% in one type only.
func changeUserPath(change func(string) string) error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, "Environment", registry.QUERY_VALUE|registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer key.Close()
	old, kind, err := key.GetStringValue("Path")
	if err != nil && !errors.Is(err, registry.ErrNotExist) {
		return err
	}
	switch path := change(old); {
	case path == old:
		return nil
	case path == "":
		return key.DeleteValue("Path")
	case kind == registry.SZ:
		return key.SetStringValue("Path", path)
	default:
		return key.SetExpandStringValue("Path", path)
	}
}
