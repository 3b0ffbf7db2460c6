package lang

import (
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

// TestMissingTextsAreToldInEnglish, also in the plural forms of English.
func TestMissingTextsAreToldInEnglish(t *testing.T) {
	b := i18n.NewBundle(language.English)
	b.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	for name, text := range map[string]string{
		"en.toml": "[menu]\nquit = \"Quit\"\nlogs = \"Logs of {who}\"\n[menu.more]\none = \"{n} more one\"\nother = \"{n} more ones\"",
		"ru.toml": "[menu]\nquit = \"Выход\"",
	} {
		b.MustParseMessageFileBytes([]byte(text), name)
	}
	p := &Printer{tag: "ru", text: i18n.NewLocalizer(b, "ru", "en")}
	for got, want := range map[string]string{
		p.T("menu.quit"):               "Выход",
		p.T("menu.logs", "who", "you"): "Logs of you",
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
