package settings

import "testing"

func TestDefaultPaths(t *testing.T) {
	t.Setenv("APPDATA", `C:\Roaming`)
	t.Setenv("LOCALAPPDATA", `C:\Local`)
	got, err := DefaultPaths()
	want := Paths{`C:\Roaming\altv-tray\settings.toml`, `C:\Local\altv-tray`, `C:\Local\altv-tray\cache`}
	if got != want || err != nil {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	t.Setenv("LOCALAPPDATA", "")
	if _, err := DefaultPaths(); err == nil {
		t.Error("no error without LOCALAPPDATA")
	}
}
