package panel

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

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

func TestThemeIsFollowed(t *testing.T) {
	path, key := newPersonalize(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	told := make(chan assets.Theme)
	ended := make(chan error, 1)
	go func() { ended <- watchThemeIn(ctx, path, func(theme assets.Theme) { told <- theme }) }()
	next := func(want assets.Theme) {
		t.Helper()
		select {
		case got := <-told:
			if got != want {
				t.Fatalf("told %v, want %v", got, want)
			}
		case err := <-ended:
			t.Fatalf("it has ended: %v", err)
		case <-time.After(20 * time.Second):
			t.Fatalf("never told %v", want)
		}
	}
	set := func(name string, value uint32) {
		t.Helper()
		if err := key.SetDWordValue(name, value); err != nil {
			t.Fatal(err)
		}
	}

	next(assets.Dark) // it has no value yet
	set("SystemUsesLightTheme", 1)
	next(assets.Light)
	set("AppsUseLightTheme", 0) // is not the taskbar's, and not told
	set("SystemUsesLightTheme", 0)
	next(assets.Dark)
	set("SystemUsesLightTheme", 1)
	next(assets.Light)

	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case theme := <-told:
		t.Errorf("told %v at the end", theme)
	case <-time.After(20 * time.Second):
		t.Error("it does not end")
	}
}

func TestThemeWithoutItsKeyIsDark(t *testing.T) {
	var told []assets.Theme
	err := watchThemeIn(t.Context(), `Software\altv-tray-test-`+rand.Text(), func(theme assets.Theme) { told = append(told, theme) })
	if !errors.Is(err, registry.ErrNotExist) {
		t.Errorf("error %v, want that there is no such key", err)
	}
	if len(told) != 1 || told[0] != assets.Dark {
		t.Errorf("told %v, want dark, once", told)
	}
}
