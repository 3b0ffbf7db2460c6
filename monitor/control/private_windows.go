package control

import (
	"errors"
	"io/fs"
)

// private: files under %LOCALAPPDATA% inherit a list of rights that names the
// user, the system and the administrators alone.
func private(info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return errors.New("it is not a plain file")
	}
	return nil
}
