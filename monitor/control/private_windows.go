package control

import (
	"io/fs"

	"altv-tray/monitor/fault"
)

// distrust: files under %LOCALAPPDATA% inherit a list of rights that names the
// user, the system and the administrators alone.
func distrust(info fs.FileInfo) fault.Code {
	if !info.Mode().IsRegular() {
		return fault.NotPlain
	}
	return ""
}
