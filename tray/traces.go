package tray

import "altv-tray/tray/autostart"

// RemoveTraces takes back what the program has told the system: the start at
// login and, on Windows, the name that its notifications come under. There being
// nothing is no error.
func RemoveTraces() error {
	if err := autostart.Disable(); err != nil {
		return err
	}
	return removeNotificationName()
}
