package notify

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/windows/registry"

	"altv-tray/tray/autostart"
)

const (
	// notificationName is the key below HKEY_CURRENT_USER that the notification
	// library makes.
	notificationName = `Software\Classes\AppUserModelId\` + AppID
	// schemes is the key in which each scheme has its own.
	schemes = `Software\Classes\`
)

// schemeKeys are a scheme's keys, from the top.
func schemeKeys(place string) []string {
	top := place + strings.TrimSuffix(Scheme, ":")
	return []string{top, top + `\shell`, top + `\shell\open`, top + `\shell\open\command`}
}

// registerScheme makes Windows call this program for the addresses of buttons, and no longer
// an earlier copy at another path.
func registerScheme() error {
	exe, err := autostart.Executable()
	if err != nil {
		return fmt.Errorf("finding this program for the buttons of notifications: %w", err)
	}
	return writeScheme(schemes, exe)
}

func writeScheme(place, exe string) error {
	keys := schemeKeys(place)
	for _, value := range []struct{ key, name, text string }{
		{keys[0], "", "URL:" + AppID},
		{keys[0], "URL Protocol", ""},
		{keys[3], "", `"` + exe + `" "%1"`},
	} {
		key, _, err := registry.CreateKey(registry.CURRENT_USER, value.key, registry.SET_VALUE)
		if err == nil {
			err = errors.Join(key.SetStringValue(value.name, value.text), key.Close())
		}
		if err != nil {
			return fmt.Errorf(`registry key HKCU\%s: %w`, value.key, err)
		}
	}
	return nil
}

// RemoveTraces removes the name of the notifications and the scheme of their buttons from the
// registry. There being none is no error.
func RemoveTraces() error { return removeTraces(notificationName, schemes) }

func removeTraces(name, place string) error {
	keys := schemeKeys(place)
	var errs []error
	for _, key := range []string{name, keys[3], keys[2], keys[1], keys[0]} {
		if err := registry.DeleteKey(registry.CURRENT_USER, key); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, fmt.Errorf(`removing registry key HKCU\%s: %w`, key, err))
		}
	}
	return errors.Join(errs...)
}
