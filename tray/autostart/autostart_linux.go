package autostart

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

// withWindow: on Linux one program serves the desktop and the terminal.
func withWindow(exe string) string { return exe }

// entryFile is where this user's entry lies (Desktop Application Autostart
// Specification, XDG Base Directory Specification). As the latter says, a
// relative XDG_CONFIG_HOME is ignored.
func entryFile() (string, error) {
	config := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(config) {
		home, err := os.UserHomeDir()
		if err != nil || !filepath.IsAbs(home) {
			return "", problem.New(problem.NoHome)
		}
		config = filepath.Join(home, ".config")
	}
	return filepath.Join(config, "autostart", name+".desktop"), nil
}

func systemEnabled(program string) (bool, error) {
	file, err := entryFile()
	if err != nil {
		return false, err
	}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return starts(string(text), program), nil
}

// starts tells whether an autostart entry starts that program. Desktops switch
// an entry off by Hidden (Xfce, KDE) or by X-GNOME-Autostart-enabled (GNOME).
func starts(entry, program string) bool {
	keys := entryKeys(entry)
	if keys["Type"] != "Application" || strings.EqualFold(keys["Hidden"], "true") || strings.EqualFold(keys["X-GNOME-Autostart-enabled"], "false") {
		return false
	}
	command, err := parseExec(keys["Exec"])
	return err == nil && len(command) > 0 && filepath.IsAbs(command[0]) && same(command[0], program)
}

func systemEnable(exe string, args []string) error {
	file, err := entryFile()
	if err != nil {
		return err
	}
	command, err := exec(exe, args)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	text := "[Desktop Entry]\nType=Application\nName=" + name + "\nExec=" + command + "\nTerminal=false\nStartupNotify=false\n"
	return atomicfile.Write(file, []byte(text), 0o600) // a link, as to /dev/null, must not be written through
}

// systemDisable leaves the folder: it is every program's, and whether it was
// there before is not known any more.
func systemDisable() error {
	file, err := entryFile()
	if err != nil {
		return err
	}
	if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
