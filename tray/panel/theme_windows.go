package panel

import (
	"context"
	"fmt"
	"runtime"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"altv-tray/assets"
)

// personalize is where Windows keeps whether the taskbar is light, apart from
// whether programs are.
const personalize = `Software\Microsoft\Windows\CurrentVersion\Themes\Personalize`

// watchTheme tells of the taskbar's theme at once, and again each time that it
// has changed, until ctx ends. An error means that changes are not seen.
func watchTheme(ctx context.Context, changed func(assets.Theme)) error {
	return watchThemeIn(ctx, personalize, changed)
}

// watchThemeIn does so with the values of a key below HKEY_CURRENT_USER.
func watchThemeIn(ctx context.Context, path string, changed func(assets.Theme)) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("following the taskbar's colour in the registry (HKCU\\%s): %w", path, err)
		}
	}()
	key, err := registry.OpenKey(registry.CURRENT_USER, path, registry.QUERY_VALUE|registry.NOTIFY)
	if err != nil {
		changed(assets.Dark)
		return err
	}
	defer key.Close() //nolint:errcheck // there is nothing to lose
	told := readTheme(key)
	changed(told)

	event, err := windows.CreateEvent(nil, 0, 0, nil)
	if err != nil {
		return err
	}
	defer windows.CloseHandle(event) //nolint:errcheck // there is nothing to lose
	woken := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(woken)
		_ = windows.SetEvent(event)
	})
	defer func() {
		if !stop() {
			<-woken // it still needs the event
		}
	}()

	// A thread that asked to be told and ends counts as a change.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for ctx.Err() == nil {
		// Asked before it is read: no change is missed in between.
		if err := windows.RegNotifyChangeKeyValue(windows.Handle(key), false, windows.REG_NOTIFY_CHANGE_LAST_SET, event, true); err != nil {
			return err
		}
		if now := readTheme(key); now != told {
			told = now
			changed(now)
		}
		if _, err := windows.WaitForSingleObject(event, windows.INFINITE); err != nil {
			return err
		}
	}
	return nil
}

// readTheme tells what the key says. Windows 10 comes without the value and with
// a dark taskbar; Windows 11 comes with it (seen on Wine's test machines, its
// bug 55771).
func readTheme(key registry.Key) assets.Theme {
	if light, _, err := key.GetIntegerValue("SystemUsesLightTheme"); err == nil && light != 0 {
		return assets.Light
	}
	return assets.Dark
}
