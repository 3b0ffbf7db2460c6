package action

import (
	"os"
	"os/exec"
	"path/filepath"
	"unsafe"

	"github.com/cli/browser"
	"golang.org/x/sys/windows"
)

// openPath opens a file or folder. If no program opens files of that kind, as is usual for .toml, it
// starts Notepad: all files that altv-tray opens are text.
func openPath(path string) error {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() || hasProgram(filepath.Ext(path)) {
		return browser.OpenURL(path)
	}
	system, err := windows.GetSystemDirectory()
	if err != nil {
		return err
	}
	notepad := exec.Command(filepath.Join(system, "notepad.exe"), path)
	if err := notepad.Start(); err != nil {
		return err
	}
	return notepad.Process.Release()
}

var assocQueryString = windows.NewLazySystemDLL("shlwapi.dll").NewProc("AssocQueryStringW")

// hasProgram reports whether a program opens files of that kind. A packaged app has a
// delegate instead of an executable.
// https://learn.microsoft.com/windows/win32/api/shlwapi/nf-shlwapi-assocquerystringw
func hasProgram(extension string) bool {
	const (
		ignoreUnknown     = 0x400 // ASSOCF_INIT_IGNOREUNKNOWN: the dialog that asks for a program does not count
		executable        = 2     // ASSOCSTR_EXECUTABLE
		delegateExecute   = 18    // ASSOCSTR_DELEGATEEXECUTE
		ok, lengthIsKnown = 0, 1  // S_OK, S_FALSE
	)
	kind, err := windows.UTF16PtrFromString(extension)
	if err != nil || extension == "" {
		return false
	}
	for _, what := range []uintptr{executable, delegateExecute} {
		var length uint32
		result, _, _ := assocQueryString.Call(ignoreUnknown, what, uintptr(unsafe.Pointer(kind)), 0, 0, uintptr(unsafe.Pointer(&length)))
		if result == ok || result == lengthIsKnown {
			return true
		}
	}
	return false
}
