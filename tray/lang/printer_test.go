package lang_test

import (
	"testing"
	"time"

	"altv-tray/tray/lang"
)

func TestPluralsAreRight(t *testing.T) {
	for _, test := range []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 1, "(1 attempt)"}, {"en", 2, "(2 attempts)"}, {"en", 0, "(0 attempts)"},
		{"de", 1, "(1 Versuch)"}, {"de", 2, "(2 Versuche)"}, {"de", 21, "(21 Versuche)"},
		{"ru", 1, "(1 попытка)"}, {"ru", 21, "(21 попытка)"}, {"ru", 101, "(101 попытка)"},
		{"ru", 2, "(2 попытки)"}, {"ru", 4, "(4 попытки)"}, {"ru", 22, "(22 попытки)"},
		{"ru", 0, "(0 попыток)"}, {"ru", 5, "(5 попыток)"}, {"ru", 11, "(11 попыток)"},
		{"ru", 12, "(12 попыток)"}, {"ru", 14, "(14 попыток)"}, {"ru", 100, "(100 попыток)"}, {"ru", 111, "(111 попыток)"},
		{"zh-Hans", 1, "（已尝试 1 次）"}, {"zh-Hans", 5, "（已尝试 5 次）"},
	} {
		if got := lang.New(test.tag).N("failure.attempts", test.n); got != test.want {
			t.Errorf("%s: %q, want %q", test.tag, got, test.want)
		}
	}
}

func TestDurationsAreRight(t *testing.T) {
	for _, test := range []struct {
		d                time.Duration
		minutes, seconds map[string]string
	}{
		{
			3*time.Second + 499*time.Millisecond,
			map[string]string{"en": "0 min", "de": "0 min", "ru": "0 мин", "zh-Hans": "0 分钟"},
			map[string]string{"en": "3 s", "de": "3 s", "ru": "3 с", "zh-Hans": "3 秒"},
		},
		{
			65 * time.Second,
			map[string]string{"en": "1 min", "de": "1 min", "ru": "1 мин", "zh-Hans": "1 分钟"},
			map[string]string{"en": "1 min 5 s", "de": "1 min 5 s", "ru": "1 мин 5 с", "zh-Hans": "1 分 5 秒"},
		},
		{
			12 * time.Minute,
			map[string]string{"en": "12 min", "de": "12 min", "ru": "12 мин", "zh-Hans": "12 分钟"},
			map[string]string{"en": "12 min", "de": "12 min", "ru": "12 мин", "zh-Hans": "12 分钟"},
		},
		{
			2 * time.Hour,
			map[string]string{"en": "2 h", "de": "2 h", "ru": "2 ч", "zh-Hans": "2 小时"},
			map[string]string{"en": "2 h", "de": "2 h", "ru": "2 ч", "zh-Hans": "2 小时"},
		},
		{
			time.Hour + 5*time.Minute + 30*time.Second,
			map[string]string{"en": "1 h 5 min", "de": "1 h 5 min", "ru": "1 ч 5 мин", "zh-Hans": "1 小时 5 分钟"},
			map[string]string{"en": "1 h 5 min", "de": "1 h 5 min", "ru": "1 ч 5 мин", "zh-Hans": "1 小时 5 分钟"},
		},
	} {
		for _, tag := range lang.Tags {
			p := lang.New(tag)
			if got := p.Minutes(test.d); got != test.minutes[tag] {
				t.Errorf("%s: Minutes(%v) = %q, want %q", tag, test.d, got, test.minutes[tag])
			}
			if got := p.Seconds(test.d); got != test.seconds[tag] {
				t.Errorf("%s: Seconds(%v) = %q, want %q", tag, test.d, got, test.seconds[tag])
			}
		}
	}
}

// TestEachLanguageTellsItsOwnTexts: every text comes out of its own catalogue,
// not of the English one that stands in.
func TestEachLanguageTellsItsOwnTexts(t *testing.T) {
	for _, tag := range lang.Tags {
		p := lang.New(tag)
		if p.Tag() != tag {
			t.Errorf("New(%q) tells %s", tag, p.Tag())
		}
		for key, text := range catalogue(t, tag) {
			want := text[""]
			if text.plural() {
				key, want = key+".other", text["other"]
			}
			if got := p.T(key); got != want {
				t.Errorf("%s: %s is told as %q, want %q", tag, key, got, want)
			}
		}
	}
}

func TestLanguagesThatAreNotThere(t *testing.T) {
	for _, tag := range []string{"", "fr", "zh", "DE", "../en"} {
		if p := lang.New(tag); p.Tag() != "en" || p.T("state.in_game") != "In game" {
			t.Errorf("New(%q) tells %s", tag, p.Tag())
		}
	}
}

func TestPlaceholdersAreFilledIn(t *testing.T) {
	p := lang.New("de")
	if got, want := p.T("state.attempt", "n", "2", "of", "5"), "Versuch 2 von 5"; got != want {
		t.Errorf("T = %q, want %q", got, want)
	}
	// What is filled in is no template and no text of the catalogue.
	if got, want := p.T("state.unknown_word", "word", "{{.X}}"), "Unbekannter Zustand {{.X}}"; got != want {
		t.Errorf("T = %q, want %q", got, want)
	}
}
