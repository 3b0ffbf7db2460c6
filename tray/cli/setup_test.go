package cli

import (
	"strings"
	"testing"
)

func TestUsersPath(t *testing.T) {
	const folder = `C:\Users\me\AppData\Local\Programs\altv-tray`
	long := strings.Repeat(`C:\a folder of many\bin;`, 400) + `%USERPROFILE%\bin`
	for _, path := range []string{"", `C:\bin`, `C:\bin;`, `;C:\bin`, `C:\bin;;"D:\more; or less"`, folder + ` 2;C:\bin`, long} {
		added := withFolder(path, folder)
		if !strings.HasPrefix(added, path) || !strings.HasSuffix(added, folder) || path != "" && added != path+";"+folder {
			t.Errorf("%.100q with the folder: %.100q", path, added)
		}
		if again := withFolder(added, folder); again != added {
			t.Errorf("%.100q with it twice: %.100q", path, again)
		}
		if back := withoutFolder(added, folder); back != path {
			t.Errorf("%.100q without it again: %.100q", path, back)
		}
	}
	for _, path := range []string{folder, strings.ToUpper(folder), folder + `\`, `"` + folder + `"`} {
		path = `C:\bin;` + path + `;D:\bin`
		if got := withFolder(path, folder); got != path {
			t.Errorf("%q had it, and yet: %q", path, got)
		}
		if got := withoutFolder(path, folder); got != `C:\bin;D:\bin` {
			t.Errorf("%q without it: %q", path, got)
		}
	}
}
