//go:build !windows

package lang

import (
	"os"
	"strings"
)

func systemLanguages() []string { return fromEnvironment(os.Getenv) }

// fromEnvironment reads the language as gettext does: LC_ALL, else LC_MESSAGES,
// else LANG decides whether there is one at all; LANGUAGE is a list of wishes
// that counts only then.
func fromEnvironment(getenv func(string) string) []string {
	var locale string
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale = getenv(name); locale != "" {
			break
		}
	}
	locale = plainTag(locale)
	if locale == "" {
		return nil
	}
	var all []string
	for _, wish := range strings.Split(getenv("LANGUAGE"), ":") {
		if tag := plainTag(wish); tag != "" {
			all = append(all, tag)
		}
	}
	return append(all, locale)
}

// plainTag makes "de_DE.UTF-8@euro" into "de-DE". C and POSIX are no language.
func plainTag(locale string) string {
	locale, _, _ = strings.Cut(locale, ".")
	locale, _, _ = strings.Cut(locale, "@")
	if locale == "C" || locale == "POSIX" {
		return ""
	}
	return strings.ReplaceAll(locale, "_", "-")
}
