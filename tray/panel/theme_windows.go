package panel

import (
	"golang.org/x/sys/windows/registry"

	"altv-tray/assets"
)

// personalize is the key below HKEY_CURRENT_USER where Windows keeps whether the
// taskbar is light, apart from whether programs are.
const personalize = `Software\Microsoft\Windows\CurrentVersion\Themes\Personalize`

func taskbarTheme() assets.Theme { return readTheme(personalize) }

// readTheme returns what the key says. Windows 10 comes without the value and with
// a dark taskbar; Windows 11 comes with it (seen on Wine's test machines, its
// bug 55771).
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
