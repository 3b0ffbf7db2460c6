package altcfg

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

func TestSwitchDebugOnLocked(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "altv.toml")
	write(t, file, "debug = false")
	name, err := windows.UTF16PtrFromString(file)
	if err != nil {
		t.Fatal(err)
	}
	handle, err := windows.CreateFile(name, windows.GENERIC_READ, windows.FILE_SHARE_READ, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	err = SwitchDebugOn(file)
	windows.CloseHandle(handle)
	if err == nil || !errors.Is(err, windows.ERROR_SHARING_VIOLATION) && !errors.Is(err, windows.ERROR_ACCESS_DENIED) || !strings.Contains(err.Error(), "altv.toml: ") {
		t.Error(err)
	}
	if got := content(t, file); got != "debug = false" {
		t.Errorf("now %q", got)
	}
	onlyFiles(t, folder, "altv.toml")
}
