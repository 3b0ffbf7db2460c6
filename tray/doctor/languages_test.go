package doctor

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
	"altv-tray/tray/lang"
	"altv-tray/tray/lang/langtest"
)

// TestNothingIsLeftInEnglish puts every finding into every language: as
// sentences, with nothing in it of the English one.
func TestNothingIsLeftInEnglish(t *testing.T) {
	english := lang.New("en")
	for _, tag := range lang.Tags {
		p, ends := lang.New(tag), ".?"
		if tag == "zh-Hans" {
			ends = "。？"
		}
		for _, test := range cases {
			f := allWell()
			test.change(&f)
			for _, found := range examine(&f) {
				in, c := found.check(found.id, english), found.check(found.id, p)
				details := []string{"kSecFault"}
				for i := 1; i < len(found.args); i += 2 {
					if text, ok := found.args[i].(string); ok {
						details = append(details, text)
					}
				}
				for en, text := range map[string]string{in.Text: c.Text, in.Advice: c.Advice} {
					if text == "" {
						continue
					}
					if last := []rune(text); !strings.ContainsRune(ends, last[len(last)-1]) || strings.Contains(text, "..") || strings.Contains(text, "。。") {
						t.Errorf("%s: %s is no sentence: %s", tag, found.key(), text)
					}
					if strings.ContainsAny(text, "{}") || strings.Contains(text, "detail.") {
						t.Errorf("%s: %s is not filled in: %s", tag, found.key(), text)
					}
					if left := langtest.LeftInEnglish(tag, en, text, details...); tag != "en" && left != "" {
						t.Errorf("%s: %s has %q in English: %s", tag, found.key(), left, text)
					}
				}
			}
		}
	}
}

// TestInWords: the value of a placeholder is in the language of the rest.
func TestInWords(t *testing.T) {
	for _, test := range []struct {
		tag   string
		value any
		want  string
	}{
		{"de", "C:\\altv", "C:\\altv"},
		{"zh-Hans", 3 * time.Minute, "3 分钟"},
		{"ru", 90 * time.Second, "1 мин 30 с"},
		{"de", error(debugport.Reading{Why: problem.PortHTTPCode, HTTP: 404}.Problem()), "es antwortet mit HTTP 404"},
		{"en", fs.ErrPermission, "access was denied. Make sure that you have the rights for it."},
	} {
		if got := argText(lang.New(test.tag), test.value); got != test.want {
			t.Errorf("%s: got %q, want %q", test.tag, got, test.want)
		}
	}
}
