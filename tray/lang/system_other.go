//go:build !windows

package lang

import (
	"cmp"
	"os"
	"strings"
)

// systemLanguages reads the environment as gettext does: the list in LANGUAGE, then LC_ALL,
// LC_MESSAGES or LANG. With the locale C or POSIX it ignores LANGUAGE.
func systemLanguages() []string {
	locale := cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
	wanted := strings.Split(os.Getenv("LANGUAGE")+":"+locale, ":")
	for i, name := range wanted {
		name, _, _ = strings.Cut(name, ".")
		wanted[i], _, _ = strings.Cut(name, "@") // "de_DE.UTF-8@euro" becomes "de_DE"
	}
	if own := wanted[len(wanted)-1]; own == "" || own == "C" || own == "POSIX" {
		return nil
	}
	return wanted
}
