//go:build !windows

package lang

import (
	"cmp"
	"os"
	"strings"
)

// systemLanguages reads the environment as gettext does: LC_ALL, LC_MESSAGES or LANG, after
// the list in LANGUAGE, which counts only with a locale other than C and POSIX.
func systemLanguages() []string {
	locale := cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
	wanted := strings.Split(os.Getenv("LANGUAGE")+":"+locale, ":")
	for i, name := range wanted {
		name, _, _ = strings.Cut(name, ".")
		wanted[i], _, _ = strings.Cut(name, "@") // of "de_DE.UTF-8@euro" the first
	}
	if own := wanted[len(wanted)-1]; own == "" || own == "C" || own == "POSIX" {
		return nil
	}
	return wanted
}
