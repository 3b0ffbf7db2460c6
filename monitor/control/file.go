// Package control lets commands reach the running tray app over HTTP, on a loopback port that
// the system picks. The address and a random token are in a file that only its owner can read.
package control

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"

	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

// FileName is the name of the file in the state folder.
const FileName = "control.json"

// address is the file's content.
type address struct {
	Address string `json:"address"` // host:port on loopback
	Token   string `json:"token"`   // 260 random bits
	PID     int    `json:"pid"`
}

// ErrNoTray means that no tray app runs for this user.
var ErrNoTray = errors.New("altv-tray is not running")

// write replaces the file in one step. It also makes the folder, as a clean-up tool may have
// deleted it.
func write(dir string, a address) error {
	data, _ := json.Marshal(a) // strings and a number alone
	return atomicfile.Write(filepath.Join(dir, FileName), data)
}

// remove deletes the file if it still has this token.
func remove(dir, token string) {
	name := filepath.Join(dir, FileName)
	if data, err := os.ReadFile(name); err == nil && bytes.Contains(data, []byte(token)) {
		_ = os.Remove(name)
	}
}

// read returns the file's content, unless others can read it or the address is not on loopback.
// On Windows, files under %LOCALAPPDATA% inherit access for the user, the system and the
// administrators only.
func read(dir string) (a address, err error) {
	name := filepath.Join(dir, FileName)
	switch info, err := os.Lstat(name); {
	case errors.Is(err, fs.ErrNotExist):
		return a, ErrNoTray
	case err != nil:
		return a, fmt.Errorf("looking for the running altv-tray: %w", err)
	case !info.Mode().IsRegular():
		return a, problem.New(problem.NotPlain).In(name)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return a, problem.New(problem.OthersRead).In(name)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return a, fmt.Errorf("looking for the running altv-tray: %w", err)
	}
	if err := json.Unmarshal(data, &a); err != nil {
		return a, problem.New(problem.Unreadable).In(name).Because(err)
	}
	if at, err := netip.ParseAddrPort(a.Address); err != nil || !at.Addr().IsLoopback() {
		return a, problem.New(problem.ElsewhereApp).In(name)
	}
	return a, nil
}
