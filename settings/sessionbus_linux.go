package settings

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/godbus/dbus/v5"
)

// SetSessionBusAddress sets the address of the user's session bus, if the environment has
// none: without one godbus would start a daemon that nobody ends. It is the address
// of systemd's bus; connecting fails while there is none.
func SetSessionBusAddress() {
	const variable = "DBUS_SESSION_BUS_ADDRESS"
	// Only these two make godbus start one.
	if address := os.Getenv(variable); address != "" && address != "autolaunch:" {
		return
	}
	folder := os.Getenv("XDG_RUNTIME_DIR")
	if !filepath.IsAbs(folder) {
		folder = fmt.Sprintf("/run/user/%d", os.Getuid())
	}
	_ = os.Setenv(variable, "unix:path="+dbus.EscapeBusAddressValue(filepath.Join(folder, "bus"))) // never fails for such a name
}
