package settings

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// SetSessionBusAddress sets the environment variable for the user's session bus to systemd's
// bus, unless it is set. Without it godbus would start a bus that nobody ends. If systemd's bus
// is not there, connecting fails.
func SetSessionBusAddress() {
	const variable = "DBUS_SESSION_BUS_ADDRESS"
	if runtime.GOOS == "windows" || os.Getenv(variable) != "" {
		return
	}
	folder := cmp.Or(os.Getenv("XDG_RUNTIME_DIR"), fmt.Sprintf("/run/user/%d", os.Getuid()))
	_ = os.Setenv(variable, "unix:path="+filepath.Join(folder, "bus")) // cannot fail for this name
}
