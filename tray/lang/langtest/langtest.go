// Package langtest helps tests check that texts are in the user's language.
package langtest

import (
	"regexp"
	"strings"
)

var (
	// quoted is a name or a value, and what is typed.
	quoted = regexp.MustCompile(`"[^"]*"|'[^']*'|“[^”]*”|„[^“]*“|«[^»]*»|altv-tray (password set|ready|doctor)|\w+ = \w+`)
	// row is words with but a blank between them. Paths and keys are none.
	row = regexp.MustCompile(`[\pL'’]+( [\pL'’]+)+`)
	// latin is a word that is in no alphabet but the English one's.
	latin = regexp.MustCompile(`^[A-Za-z'’]+$`)
)

// run is how many words in a row are no chance any more.
const run = 3

// LeftInEnglish returns what of a text in the language tag was left in English;
// empty: nothing. english is the same text in that language. Names in quotes,
// commands to type and the details, which come from elsewhere, do not count.
func LeftInEnglish(tag, english, text string, details ...string) string {
	text, english = bare(text, details), bare(english, details)
	known := map[string]bool{}
	for _, words := range rows(english) {
		known[strings.Join(words, " ")] = true
	}
	for _, words := range rows(text) {
		foreign := tag == "zh-Hans" || tag == "ru" // have letters of their own
		for _, w := range words {
			foreign = foreign && latin.MatchString(w)
		}
		if found := strings.Join(words, " "); foreign || known[found] {
			return found
		}
	}
	return ""
}

// rows returns every run of words.
func rows(text string) (all [][]string) {
	for _, found := range row.FindAllString(text, -1) {
		words := strings.Split(found, " ")
		for i := 0; i+run <= len(words); i++ {
			all = append(all, words[i:i+run])
		}
	}
	return all
}

func bare(text string, details []string) string {
	for _, d := range details {
		if d != "" {
			text = strings.ReplaceAll(text, d, "·")
		}
	}
	return quoted.ReplaceAllString(text, "·")
}
