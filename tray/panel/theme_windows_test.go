package panel

import (
	"crypto/rand"
	"testing"

	"golang.org/x/sys/windows/registry"

	"altv-tray/assets"
)

// newPersonalize makes a key of the test's own.
func newPersonalize(t *testing.T) (string, registry.Key) {
	t.Helper()
	path := `Software\altv-tray-test-` + rand.Text()
	key, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.ALL_ACCESS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = key.Close()
		if err := registry.DeleteKey(registry.CURRENT_USER, path); err != nil {
			t.Error(err)
		}
	})
	return path, key
}

func TestThemeIsRead(t *testing.T) {
	path, key := newPersonalize(t)
	want := func(want assets.Theme) {
		t.Helper()
		if got := readTheme(path); got != want {
			t.Errorf("it is %v, want %v", got, want)
		}
	}
	set := func(name string, value uint32) {
		t.Helper()
		if err := key.SetDWordValue(name, value); err != nil {
			t.Fatal(err)
		}
	}
	want(assets.Dark) // it has no value yet
	set("SystemUsesLightTheme", 1)
	want(assets.Light)
	set("AppsUseLightTheme", 0) // is not the taskbar's
	want(assets.Light)
	set("SystemUsesLightTheme", 0)
	want(assets.Dark)
}

func TestThemeWithoutItsKeyIsDark(t *testing.T) {
	if got := readTheme(`Software\altv-tray-test-` + rand.Text()); got != assets.Dark {
		t.Errorf("it is %v", got)
	}
}
