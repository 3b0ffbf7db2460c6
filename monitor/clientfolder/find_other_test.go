//go:build !windows

package clientfolder

import (
	"errors"
	"path/filepath"
	"testing"
)

func TestFindUnderWine(t *testing.T) {
	home := filepath.Join(t.TempDir(), "a home")
	t.Setenv("HOME", home)
	t.Setenv("WINEPREFIX", "")
	if _, err := Find(""); !errors.Is(err, ErrNotFound) {
		t.Fatalf("nothing there: %v", err)
	}
	own := filepath.Join(t.TempDir(), "prefix")
	// Each one made goes before those made earlier.
	for _, folder := range []string{
		filepath.Join(home, ".local/share/Steam/steamapps/compatdata/271590/pfx/drive_c/users/steamuser/AppData/Local/altv"),
		filepath.Join(home, ".wine/drive_c/users/me/AppData/Local/altv"),
		filepath.Join(own, "drive_c/users/me/AppData/Local/altv"),
	} {
		write(t, filepath.Join(folder, "altv.exe"), "")
		t.Setenv("WINEPREFIX", own)
		found, err := Find("")
		if err != nil || found != folder {
			t.Errorf("%s, %v; want %s", found, err, folder)
		}
	}
}
