package autostart

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"altv-tray/monitor/problem"
)

// This file writes and reads .desktop files as far as starting a program at
// login needs it (Desktop Entry Specification 1.5, freedesktop.org).

// reserved are the characters for whose sake an argument in Exec is quoted.
const reserved = " \t\n\r\"'\\><~|&;$*?#()`"

// The two layers of escapes, one around the other: the quoting of Exec's
// arguments, and that of every value of type string.
var (
	quoteArgument = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", `$`, `\$`)
	escapeString  = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`)
)

// exec gives the value of the Exec key that runs the program with these
// arguments. The error is that no desktop would run it.
//
// The specification has no = in the program's path. It has a % there, written
// twice, but GLib's desktops look for the program before they undo that, and
// pass over the whole file without a word (seen with GLib 2.74).
func exec(program string, args []string) (string, error) {
	if strings.ContainsAny(program, "=%") {
		return "", problem.New(problem.PathSigns).In(program)
	}
	var words []string
	for _, arg := range append([]string{program}, args...) {
		if !utf8.ValidString(arg) || strings.ContainsRune(arg, 0) {
			return "", problem.New(problem.PathNotText).In(strconv.Quote(arg))
		}
		if arg == "" || strings.ContainsAny(arg, reserved) {
			arg = `"` + quoteArgument.Replace(arg) + `"`
		}
		words = append(words, strings.ReplaceAll(arg, "%", "%%"))
	}
	return escapeString.Replace(strings.Join(words, " ")), nil
}

var errExec = errors.New("its Exec line is not as the Desktop Entry Specification wants it")

// parseExec undoes exec. Field codes, as %u, are left out: at login there is
// nothing to put in their place.
func parseExec(value string) ([]string, error) {
	value, err := unescapeString(value)
	if err != nil {
		return nil, err
	}
	var args []string
	for {
		value = strings.TrimLeft(value, " \t\n")
		if value == "" {
			return args, nil
		}
		arg, rest, err := firstArgument(value)
		if err != nil {
			return nil, err
		}
		if expanded := dropFieldCodes(arg); expanded != "" || arg == "" {
			args = append(args, expanded)
		}
		value = rest
	}
}

func unescapeString(value string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		c := value[i]
		if c == '\\' {
			i++
			if i == len(value) {
				return "", errExec
			}
			switch value[i] {
			case 's':
				c = ' '
			case 'n':
				c = '\n'
			case 't':
				c = '\t'
			case 'r':
				c = '\r'
			case '\\':
			default:
				// Not a known escape. What is written by hand often has one
				// backslash where two belong: it then means the next layer's.
				b.WriteByte('\\')
				c = value[i]
			}
		}
		b.WriteByte(c)
	}
	return b.String(), nil
}

// firstArgument takes one argument, quoted in whole or not at all, off a value
// that begins with one.
func firstArgument(value string) (arg, rest string, err error) {
	if value[0] != '"' {
		end := strings.IndexAny(value, " \t\n")
		if end < 0 {
			end = len(value)
		}
		return value[:end], value[end:], nil
	}
	var b strings.Builder
	for i := 1; i < len(value); i++ {
		switch c := value[i]; {
		case c == '"':
			return b.String(), value[i+1:], nil
		case c == '\\' && i+1 < len(value):
			i++
			b.WriteByte(value[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", "", errExec // no end quote
}

func dropFieldCodes(arg string) string {
	var b strings.Builder
	for i := 0; i < len(arg); i++ {
		if arg[i] != '%' {
			b.WriteByte(arg[i])
			continue
		}
		i++
		if i < len(arg) && arg[i] == '%' {
			b.WriteByte('%')
		}
	}
	return b.String()
}

// entryKeys gives the keys of a .desktop file's main group. Lines that are none
// are passed over.
func entryKeys(text string) map[string]string {
	const spaces = " \t\r\n" // no others: a path may end in one
	keys := map[string]string{}
	within := false
	for line := range strings.Lines(text) {
		line = strings.Trim(line, spaces)
		if strings.HasPrefix(line, "[") {
			within = line == "[Desktop Entry]"
			continue
		}
		key, value, is := strings.Cut(line, "=")
		if within && is && !strings.HasPrefix(line, "#") {
			keys[strings.Trim(key, spaces)] = strings.Trim(value, spaces)
		}
	}
	return keys
}
