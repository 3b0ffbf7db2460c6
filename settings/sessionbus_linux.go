package settings

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/godbus/dbus/v5"
)

// NameSessionBus gives this process the address of the user's session bus where
// its environment has none. Asked for a connection without an address, godbus
// would start a daemon that is left over. At this address systemd has the bus;
// where there is none, connecting fails until there is.
func NameSessionBus() {
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
