package notify

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/windows/registry"
)

// notificationName is the key below HKEY_CURRENT_USER that the notification
// library makes.
const notificationName = `Software\Classes\AppUserModelId\` + AppID

// RemoveName takes back the name under which Windows knows the notifications.
// There being none is no error.
func RemoveName() error {
	err := registry.DeleteKey(registry.CURRENT_USER, notificationName)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf(`removing registry key HKCU\%s: %w`, notificationName, err)
	}
	return nil
}
