// Package lang has the texts of assets/translations in the user's language, or in English.
package lang

import (
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"

	"altv-tray/assets"
)

// Tags are the languages that there are catalogues for, English first.
var Tags = []string{"en", "zh-Hans", "de", "ru"}

// Printer has the texts in one language. Its methods may be called from any goroutine.
type Printer struct {
	tag  string
	text *i18n.Localizer
}

// New makes a Printer for a language of Tags, or "auto" for the system's; else for English.
func New(tag string) *Printer {
	if tag == "auto" {
		tag = match(systemLanguages())
	}
	if !slices.Contains(Tags, tag) {
		tag = "en"
	}
	b := i18n.NewBundle(language.English)
	b.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	for _, t := range []string{"en", tag} {
		if _, err := b.LoadMessageFileFS(assets.Translations, "translations/"+t+".toml"); err != nil {
			// A test reads them all. English keys are better than no program.
			continue
		}
	}
	return &Printer{tag: tag, text: i18n.NewLocalizer(b, tag, "en")}
}

// Tag is the language of the texts.
func (p *Printer) Tag() string { return p.tag }

// T returns the text of a key, or the key if there is none. Args are pairs of a
// placeholder's name and its value: T("state.row", "state", "In game").
func (p *Printer) T(key string, args ...string) string {
	return p.tell(&i18n.LocalizeConfig{MessageID: key}, args)
}

// N returns a text that depends on a number, which is the value of {n}.
func (p *Printer) N(key string, n int, args ...string) string {
	return p.tell(&i18n.LocalizeConfig{MessageID: key, PluralCount: n}, append([]string{"n", itoa(n)}, args...))
}

func (p *Printer) tell(c *i18n.LocalizeConfig, args []string) string {
	c.TemplateParser = template.IdentityParser{} // {name} is filled in below: texts need no more
	text, err := p.text.Localize(c)
	if text == "" && err != nil {
		text = c.MessageID
	}
	pairs := slices.Clone(args)
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(text) // not one after the other: what is filled in may have braces
}

// match finds the first wanted language with a catalogue, which traditional Chinese has not.
func match(wanted []string) string {
	for _, w := range wanted {
		tag, err := language.Parse(w)
		if err != nil {
			continue
		}
		base, _ := tag.Base()
		switch base.String() {
		case "en", "de", "ru":
			return base.String()
		case "zh":
			if script, _ := tag.Script(); script.String() == "Hans" {
				return "zh-Hans"
			}
		}
	}
	return "en"
}

// Table returns all texts whose keys begin with prefix, such as "dashboard.", each plural form
// for itself: "dashboard.rows.one". Placeholders are not filled in.
func (p *Printer) Table(prefix string) map[string]string {
	all, name := map[string]string{}, strings.TrimSuffix(prefix, ".")
	for _, tag := range []string{"en", p.tag} {
		var tables map[string]any
		if data, err := assets.Translations.ReadFile("translations/" + tag + ".toml"); err == nil {
			_ = toml.Unmarshal(data, &tables) // a test reads all of them
		}
		flatten(name, tables[name], all)
	}
	return all
}

func flatten(key string, value any, into map[string]string) {
	switch v := value.(type) {
	case string:
		into[key] = v
	case map[string]any:
		for name, below := range v {
			flatten(key+"."+name, below, into)
		}
	}
}
