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

// enabled: Xfce and KDE switch an entry off by Hidden, GNOME by its own key.
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
	return atomicfile.Write(file, []byte(text)) // which does not write through a link, such as one to /dev/null
}

// disable leaves the folder, which other programs use too.
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

// The two layers of escapes of Exec (Desktop Entry Specification 1.5).
var (
	quoteArgument = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", `$`, `\$`)
	escapeString  = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`)
)

// execLine is the line of an entry that starts the program. No desktop starts one whose path
// has = or %: the specification does not allow the first, nor GLib 2.74 the second.
func execLine(exe string) string {
	if strings.ContainsAny(exe, " \t\n\r\"'\\><~|&;$*?#()`") { // the specification's reserved characters
		exe = `"` + quoteArgument.Replace(exe) + `"`
	}
	return "Exec=" + escapeString.Replace(exe)
}
