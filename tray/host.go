package tray

import (
	"errors"
	"fmt"
)

// noTray says that there is no icon for now, and what helps.
func noTray(cause error) error {
	const text = "no system tray was found, so there is no icon until one appears; it works all the same, and the commands do (see `altv-tray --help`). GNOME needs its AppIndicator extension"
	if cause == nil {
		return errors.New(text)
	}
	return fmt.Errorf(text+" (%w)", cause)
}
