package panel

import (
	"golang.org/x/sys/windows/registry"

	"altv-tray/assets"
)

// personalize is the key with the taskbar's theme, below HKEY_CURRENT_USER.
const personalize = `Software\Microsoft\Windows\CurrentVersion\Themes\Personalize`

// TaskbarTheme returns the taskbar's theme.
func TaskbarTheme() assets.Theme { return readTheme(personalize) }

// readTheme reads the theme from a key. Without the value, as on Windows 10, the taskbar is dark.
func readTheme(path string) assets.Theme {
	key, err := registry.OpenKey(registry.CURRENT_USER, path, registry.QUERY_VALUE)
	if err != nil {
		return assets.Dark
	}
	defer key.Close() //nolint:errcheck // there is nothing to lose
	if light, _, err := key.GetIntegerValue("SystemUsesLightTheme"); err == nil && light != 0 {
		return assets.Light
	}
	return assets.Dark
}
