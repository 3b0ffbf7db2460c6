package sessionbus

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Available returns nil where godbus will find a session bus, else an error that
// says what to do.
func Available() error {
	return available(os.Getenv, os.Stat, os.Getuid())
}

func available(getenv func(string) string, stat func(string) (fs.FileInfo, error), uid int) error {
	// godbus reads this very text as "none set".
	if address := getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && address != "autolaunch:" {
		return usable(address, stat)
	}
	// The one place where godbus looks by itself; as it does, "may not look" is
	// taken for "is there".
	if _, err := stat(fmt.Sprintf("/run/user/%d/bus", uid)); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if folder := getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(folder) {
		socket := filepath.Join(folder, "bus")
		if _, err := stat(socket); err == nil {
			return fmt.Errorf("%w; one is at %s: set DBUS_SESSION_BUS_ADDRESS=unix:path=%s to use it", ErrNone, socket, socket)
		}
	}
	return ErrNone
}

// usable tells whether any of the addresses, separated by semicolons, may work:
// a shell that outlived its session still has the address of a socket that is
// gone.
func usable(addresses string, stat func(string) (fs.FileInfo, error)) error {
	for address := range strings.SplitSeq(addresses, ";") {
		transport, keys, _ := strings.Cut(address, ":")
		if transport == "autolaunch" || transport == "" {
			continue
		}
		path, found := "", false
		for key := range strings.SplitSeq(keys, ",") {
			if value, ok := strings.CutPrefix(key, "path="); ok {
				path, found = value, true
			}
		}
		if transport != "unix" || !found {
			return nil
		}
		if plain, err := url.PathUnescape(path); err == nil {
			path = plain
		}
		if _, err := stat(path); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%w; DBUS_SESSION_BUS_ADDRESS is %q, where nothing is", ErrNone, addresses)
}
