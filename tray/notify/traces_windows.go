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
	appKey  = `Software\Classes\AppUserModelId\` + AppID // made by the library, below HKEY_CURRENT_USER
	schemes = `Software\Classes\`                        // each scheme has a key below this one
)

// schemeKeys returns the scheme's keys, from the top.
func schemeKeys(parent string) []string {
	top := parent + strings.TrimSuffix(Scheme, ":")
	return []string{top, top + `\shell`, top + `\shell\open`, top + `\shell\open\command`}
}

// registerScheme registers this program for the addresses of buttons, in place of an earlier copy at
// another path.
func registerScheme() error {
	exe, err := autostart.Executable()
	if err != nil {
		return fmt.Errorf("finding this program for the buttons of notifications: %w", err)
	}
	return writeScheme(schemes, exe)
}

func writeScheme(parent, exe string) error {
	keys := schemeKeys(parent)
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

// RemoveTraces removes what notifications and their buttons have written to the registry. It is no error
// if there is nothing.
func RemoveTraces() error { return removeTraces(appKey, schemes) }

func removeTraces(appKey, parent string) error {
	keys := schemeKeys(parent)
	var errs []error
	for _, key := range []string{appKey, keys[3], keys[2], keys[1], keys[0]} {
		if err := registry.DeleteKey(registry.CURRENT_USER, key); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, fmt.Errorf(`removing registry key HKCU\%s: %w`, key, err))
		}
	}
	return errors.Join(errs...)
}
