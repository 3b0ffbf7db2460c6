package doctor

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"altv-tray/tray/lang"
)

// Terminal describes where the checks are printed.
type Terminal struct {
	Columns int
	Colour  bool // it interprets ANSI colours
}

// minTextColumns is the least width of the texts beside the names. A narrower terminal breaks the
// lines itself.
const minTextColumns = 30

// colours are the ANSI codes of the levels: green, yellow, bold red.
var colours = map[Level]string{OK: "32", Warning: "33", Failure: "1;31"}

// Print writes the checks, which must be in English, and a summary to a terminal. The error is
// w's.
func Print(w io.Writer, terminal Terminal, checks []Check) error {
	p := lang.English()
	name := func(c Check) string { return p.T("dashboard.check." + c.ID) }
	levelWide, nameWide := len(Warning)+2, 0
	for _, c := range checks {
		nameWide = max(nameWide, utf8.RuneCountInString(name(c))+2)
	}
	indent := levelWide + nameWide
	margin, room := strings.Repeat(" ", indent), max(minTextColumns, terminal.Columns-indent)
	var text strings.Builder
	for _, c := range checks {
		lines := wrap(c.Text, room)
		mark := "> "
		for _, line := range wrap(c.Advice, room-len(mark)) {
			if line != "" {
				lines = append(lines, mark+line)
			}
			mark = "  "
		}
		level := string(c.Level)
		if terminal.Colour {
			level = "\x1b[" + colours[c.Level] + "m" + level + "\x1b[0m"
		}
		head := level + strings.Repeat(" ", levelWide-len(c.Level)) + fmt.Sprintf("%-*s", nameWide, name(c))
		for _, line := range lines {
			text.WriteString(head + line + "\n")
			head = margin
		}
	}
	text.WriteString("\n" + Summary(p, checks) + "\n")
	_, err := io.WriteString(w, text.String())
	return err
}

// DialogText returns the checks that are not OK, and a summary, for a dialog. p must be the
// Printer of the checks.
func DialogText(p *lang.Printer, checks []Check) string {
	var text strings.Builder
	for _, c := range checks {
		if c.Level != OK {
			text.WriteString(p.T("dashboard.check."+c.ID) + "\n" + strings.TrimSpace(c.Text+" "+c.Advice) + "\n\n")
		}
	}
	return text.String() + Summary(p, checks)
}

// wrap breaks a text into lines. A word that is longer than a line, such as a path, stays whole,
// so that it can be copied.
func wrap(text string, columns int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= columns:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}
