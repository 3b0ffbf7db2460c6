package settings

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/godbus/dbus/v5"
)

// SetSessionBusAddress sets the environment variable for the user's session bus to systemd's
// bus, unless it has an address. Without one godbus would start a bus that nobody ends. If
// systemd's bus is not there, connecting fails.
func SetSessionBusAddress() {
	const variable = "DBUS_SESSION_BUS_ADDRESS"
	// With these two values godbus would start a bus.
	if address := os.Getenv(variable); address != "" && address != "autolaunch:" {
		return
	}
	folder := os.Getenv("XDG_RUNTIME_DIR")
	if !filepath.IsAbs(folder) {
		folder = fmt.Sprintf("/run/user/%d", os.Getuid())
	}
	_ = os.Setenv(variable, "unix:path="+dbus.EscapeBusAddressValue(filepath.Join(folder, "bus"))) // cannot fail for this name
}
