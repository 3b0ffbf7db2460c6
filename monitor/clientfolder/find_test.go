package clientfolder

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor/folder"
	"altv-tray/monitor/folder/foldertest"
)

func TestProgramOf(t *testing.T) {
	tests := []struct{ command, folder, name string }{
		{`"C:\Users\A B\AppData\Local\altv\altv.exe" "%1"`, `C:\Users\A B\AppData\Local\altv`, "altv.exe"},
		{`"C:\altv\altv.exe"`, `C:\altv`, "altv.exe"},
		{`  "C:\altv\altv.exe" -connecturl "%1"`, `C:\altv`, "altv.exe"},
		{`C:\altv\altv.exe %1`, `C:\altv`, "altv.exe"},
		{`C:\Program Files\alt V\ALTV.EXE -debug`, `C:\Program Files\alt V`, "ALTV.EXE"},
		{`C:\tools.exefiles\altv.exe`, `C:\tools.exefiles`, "altv.exe"},
		{`D:/games/altv/altv.exe`, `D:/games/altv`, "altv.exe"},
		{`altv.exe -debug`, "", "altv.exe"},
		{`"C:\not closed\altv.exe`, `C:\not closed`, "altv.exe"},
		{`rundll32 x.dll,y`, "", "rundll32"},
		{"", "", ""},
		{`"`, "", ""},
		{`""`, "", ""},
	}
	for _, test := range tests {
		if folder, name := programOf(test.command); folder != test.folder || name != test.name {
			t.Errorf("%s: %q, %q; want %q, %q", test.command, folder, name, test.folder, test.name)
		}
	}
}

func FuzzProgramOf(f *testing.F) {
	f.Add(`"C:\altv\altv.exe" "%1"`)
	f.Add(`C:\a b.exe\altv.exe -x`)
	f.Fuzz(func(t *testing.T, command string) {
		folder, name := programOf(command)
		if !strings.Contains(command, folder) || !strings.Contains(command, name) || strings.ContainsAny(name, `\/`) {
			t.Errorf("%q: %q, %q", command, folder, name)
		}
	})
}

func TestFindSet(t *testing.T) {
	for _, name := range []string{"altv.exe", "altv.toml"} {
		folder := t.TempDir()
		write(t, filepath.Join(folder, name), "")
		found, err := Find(t.Context(), folder)
		if want := (Folder{folder, SourceSet}); err != nil || found != want {
			t.Errorf("%s: %+v, %v; want %+v", name, found, err, want)
		}
	}
	empty := t.TempDir()
	if err := os.Mkdir(filepath.Join(empty, "altv.exe"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{empty, filepath.Join(empty, "none")} {
		_, err := Find(t.Context(), folder)
		if !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), folder) {
			t.Errorf("%s: %v", folder, err)
		}
	}
}

func TestFirstClient(t *testing.T) {
	client := t.TempDir()
	write(t, filepath.Join(client, "altv.toml"), "")
	t.Chdir(client)
	places := []Folder{{"", SourceRunKey}, {".", SourceRunKey}, {t.TempDir(), SourceDefault},
		{client + string(filepath.Separator), SourceLink}, {client, SourceRunning}}
	found, err := firstClient(t.Context(), slices.Values(places))
	if want := (Folder{client, SourceLink}); err != nil || found != want {
		t.Errorf("%+v, %v; want %+v", found, err, want)
	}
	if found, err := firstClient(t.Context(), slices.Values(places[:3])); err != ErrNotFound {
		t.Errorf("found %+v, %v", found, err)
	}
	// One that does not answer is passed over, and said where there is no other.
	foldertest.Silence(t, places[2].Path)
	if found, err := firstClient(t.Context(), slices.Values(places)); err != nil || found.Path != client {
		t.Errorf("beside a silent one: %+v, %v", found, err)
	}
	if found, err := firstClient(t.Context(), slices.Values(places[:3])); !errors.Is(err, folder.ErrSilent) {
		t.Errorf("only a silent one: %+v, %v", found, err)
	}
}

// Nothing waits for a folder that does not answer.
func TestSilentClientFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "altv.toml"), "debug = false")
	answers := foldertest.Silence(t, dir)
	_, findErr := Find(t.Context(), dir)
	_, readErr := ReadConfig(dir)
	_, logErr := LastFailure(dir, time.Time{})
	_, switchErr := SwitchDebugOn(dir)
	for i, err := range []error{findErr, readErr, logErr, switchErr} {
		if !errors.Is(err, folder.ErrSilent) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%d: %v", i, err)
		}
	}
	answers()
	if _, err := Find(t.Context(), dir); err != nil {
		t.Error(err)
	}
	onlyFiles(t, dir, "altv.toml")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
