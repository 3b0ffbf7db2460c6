package cli

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// manPage writes the page in the man macros (man(7)).
func manPage(root *kong.Node, all []command) string {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	line(`.TH ALTV\-TRAY 1 "" "altv\-tray %s" "User Commands"`, roff(Version))
	line(".SH NAME\naltv\\-tray \\- alt:V reconnect tool in the system tray")
	line(".SH SYNOPSIS\n.B altv\\-tray\n[\\fIFLAG\\fR ...] [\\fICOMMAND\\fR]")
	line(".SH DESCRIPTION\n%s", roff(root.Help))
	line(".SH OPTIONS\nThese work with every command.")
	manFlags(line, all[0].flags)
	line(".SH COMMANDS")
	for _, c := range all[1:] {
		if len(c.children) > 0 {
			continue
		}
		line(".SS altv\\-tray%s\n%s", roff(strings.ReplaceAll(c.path, "/", " ")+c.synopsis), roff(c.help))
		manFlags(line, c.flags[len(all[0].flags):])
	}
	line(".SH EXIT STATUS")
	for _, code := range []struct {
		code Code
		text string
	}{
		{OK, "It did what it was asked to."},
		{Wrong, "Something is wrong: what, is said."},
		{Usage, "A wrong command line, or settings that cannot be used."},
		{NotRunning, "No client, or no tray app, runs."},
		{TimedOut, "There was no answer, or not in time."},
		{Failed, "The reconnect failed."},
		{NoPassword, "The keyring cannot be read, or has no password."},
		{NotAltV, "Something else than alt:V answers."},
	} {
		line(".TP\n.B %d\n%s", code.code, roff(code.text))
	}
	line(".SH FILES")
	for _, file := range []struct{ path, text string }{
		{"~/.config/altv-tray/settings.toml", "The settings."},
		{"~/.local/state/altv-tray/altv-tray.log", "The log."},
		{"~/.local/state/altv-tray/history.jsonl", "The history."},
	} {
		line(".TP\n.I %s\n%s", roff(file.path), roff(file.text))
	}
	return b.String()
}

func manFlags(line func(string, ...any), flags []*kong.Flag) {
	for _, f := range flags {
		name := `\fB` + roff("--"+f.Name) + `\fR`
		if f.Short != 0 {
			name = `\fB` + roff("-"+string(f.Short)) + `\fR, ` + name
		}
		if !f.IsBool() {
			name += `=\fI` + roff(f.FormatPlaceHolder()) + `\fR`
		}
		line(".TP\n%s\n%s", name, roff(f.Help))
	}
}

// roff keeps a text from being read as formatting, and hyphens copyable.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "~", `\(ti`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}
