package control

import (
	"io/fs"

	"altv-tray/monitor/problem"
)

// distrust: files under %LOCALAPPDATA% inherit a list of rights that names the
// user, the system and the administrators alone.
func distrust(info fs.FileInfo) problem.Code {
	if !info.Mode().IsRegular() {
		return problem.NotPlain
	}
	return ""
}
