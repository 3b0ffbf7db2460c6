package panel

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"altv-tray/tray/view"
)

// labelOf returns a row's label in the syntax of the system's menu. The character that marks a mnemonic
// is doubled: & on Windows, _ in a dbusmenu. On Windows the mark is put before the row's letter. If the
// text does not contain the letter, it is appended in brackets, as is usual in Chinese.
func labelOf(r view.Row, windows bool) string {
	if !windows {
		return strings.ReplaceAll(r.Label, "_", "__")
	}
	escape := func(text string) string { return strings.ReplaceAll(text, "&", "&&") }
	if r.Mnemonic == "" {
		return escape(r.Label)
	}
	letter, _ := utf8.DecodeRuneInString(r.Mnemonic)
	at := strings.IndexFunc(r.Label, func(c rune) bool { return unicode.ToUpper(c) == unicode.ToUpper(letter) })
	if at >= 0 {
		return escape(r.Label[:at]) + "&" + escape(r.Label[at:])
	}
	text, dots := strings.CutSuffix(r.Label, "…")
	text = escape(text) + "(&" + r.Mnemonic + ")"
	if dots {
		text += "…"
	}
	return text
}
