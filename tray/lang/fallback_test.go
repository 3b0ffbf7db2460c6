package lang

import "testing"

// TestMissingTextsAreToldInEnglish, also those that depend on a number.
func TestMissingTextsAreToldInEnglish(t *testing.T) {
	p := &Printer{tag: "ru", texts: map[string]string{}}
	p.add("", map[string]any{"menu": map[string]any{"quit": "Quit", "logs": "Logs of {who}", "more": map[string]any{"one": "{n} more one", "other": "{n} more ones"}}})
	p.add("", map[string]any{"menu": map[string]any{"quit": "Выход"}})
	for got, want := range map[string]string{
		p.T("menu.quit"):               "Выход",
		p.T("menu.logs", "who", "you"): "Logs of you",
		p.T("menu.nothing"):            "menu.nothing",
		p.N("menu.nothing", 5):         "menu.nothing.other",
		p.N("menu.more", 1):            "1 more one",
		p.N("menu.more", 22):           "22 more ones",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestMatch has what systems name their languages.
func TestMatch(t *testing.T) {
	for _, test := range []struct {
		wanted []string
		want   string
	}{
		{nil, "en"},
		{[]string{"de-AT"}, "de"},
		{[]string{"de-Latn-DE-1996"}, "de"},
		{[]string{"ru-RU"}, "ru"},
		{[]string{"zh-CN"}, "zh-Hans"},
		{[]string{"zh-SG"}, "zh-Hans"},
		{[]string{"zh"}, "zh-Hans"},
		{[]string{"zh-Hans-HK"}, "zh-Hans"},
		{[]string{"zh-TW"}, "en"},
		{[]string{"zh-HK"}, "en"},
		{[]string{"zh-Hant"}, "en"},
		{[]string{"fr-FR", "ru-RU", "de-DE"}, "ru"},
		{[]string{"zh-TW", "zh-CN"}, "zh-Hans"},
		{[]string{"en-GB", "de-DE"}, "en"},
		{[]string{"not a language", "de-DE"}, "de"},
		{[]string{"fr-FR", "pl-PL"}, "en"},
	} {
		if got := match(test.wanted); got != test.want {
			t.Errorf("match(%q) = %s, want %s", test.wanted, got, test.want)
		}
	}
}
