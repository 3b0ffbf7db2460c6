package autostart

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"altv-tray/monitor/atomicfile"
)

// entryFile is this user's entry (Desktop Application Autostart Specification).
func entryFile() (string, error) {
	config, err := os.UserConfigDir()
	return filepath.Join(config, "autostart", name+".desktop"), err
}

// enabled knows that Xfce and KDE switch an entry off by Hidden, and GNOME by a key of its own.
func enabled(exe string) (bool, error) {
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
	own := execLine(exe)
	lines := strings.Split(string(text), "\n")
	return slices.ContainsFunc(lines, func(line string) bool { return line == own || strings.HasPrefix(line, own+" ") }) &&
		!slices.Contains(lines, "Hidden=true") && !slices.Contains(lines, "X-GNOME-Autostart-enabled=false"), nil
}

func enable(exe string) error {
	file, err := entryFile()
	if err != nil {
		return err
	}
	text := "[Desktop Entry]\nType=Application\nName=" + name + "\n" + execLine(exe) + "\nTerminal=false\nStartupNotify=false\n"
	return atomicfile.Write(file, []byte(text)) // it replaces a link, such as one to /dev/null
}

// disable keeps the folder, which other programs use too.
func disable() error {
	file, err := entryFile()
	if err != nil {
		return err
	}
	if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Exec has two layers of escapes (Desktop Entry Specification 1.5).
var (
	quoteArgument = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", `$`, `\$`)
	escapeString  = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`)
)

// execLine returns the line of an entry that starts the program. No desktop starts a program
// whose path has = or %: the specification forbids the first, GLib 2.74 the second.
func execLine(exe string) string {
	if strings.ContainsAny(exe, " \t\n\r\"'\\><~|&;$*?#()`") { // the specification's reserved characters
		exe = `"` + quoteArgument.Replace(exe) + `"`
	}
	return "Exec=" + escapeString.Replace(exe)
}
