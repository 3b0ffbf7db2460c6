package doctor

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"altv-tray/tray/lang"
)

const (
	width     = 80 // columns of a terminal
	levelWide = len(Warning) + 2
	idWide    = len("client_running") + 2
)

// Print writes the checks for a terminal, in 80 columns, and a summary. Checks
// for it come from an English Printer. The error is w's.
func Print(w io.Writer, checks []Check) error {
	p := lang.New("en")
	var text strings.Builder
	paragraph := func(start, words string) {
		for _, line := range wrapped(words, width-len(start)) {
			text.WriteString(start + line + "\n")
			start = strings.Repeat(" ", len(start))
		}
	}
	for _, c := range checks {
		paragraph(fmt.Sprintf("%-*s%-*s", levelWide, c.Level, idWide, c.ID), c.Text)
		if c.Advice != "" {
			paragraph(strings.Repeat(" ", levelWide+idWide)+"> ", c.Advice)
		}
	}
	text.WriteString("\n" + Summary(p, checks) + "\n")
	_, err := io.WriteString(w, text.String())
	return err
}

// wrapped breaks a text at its blanks. A word that is longer than a line, such
// as a path, stays whole so that it can be copied.
func wrapped(text string, columns int) []string {
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
