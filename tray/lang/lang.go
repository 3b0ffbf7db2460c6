// Package lang has the texts of assets/translations in the user's language, or in English.
package lang

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"altv-tray/assets"
)

// Tags are the languages that there are catalogues for, in the order of matcher.
var Tags = []string{"en", "zh-Hans", "de", "ru"}

// Printer has the texts in one language. Its methods may be called from any goroutine.
type Printer struct {
	tag   string
	texts map[string]string // by key, each plural form for itself: "menu.profile_more.one"
}

// New makes a Printer for a language of Tags, or "auto" for the system's; else for English.
func New(tag string) *Printer {
	if tag == "auto" {
		tag = match(systemLanguages())
	}
	if !slices.Contains(Tags, tag) {
		tag = "en"
	}
	p := &Printer{tag: tag, texts: map[string]string{}}
	for _, tag := range slices.Compact([]string{"en", tag}) { // what is missing stays English
		var tables map[string]any
		if data, err := assets.Translations.ReadFile("translations/" + tag + ".toml"); err == nil {
			_ = toml.Unmarshal(data, &tables) // a test reads all of them
		}
		p.add("", tables)
	}
	return p
}

// English has the English texts.
var English = sync.OnceValue(func() *Printer { return New("en") })

func (p *Printer) add(prefix string, tables map[string]any) {
	for name, value := range tables {
		switch v := value.(type) {
		case string:
			p.texts[prefix+name] = v
		case map[string]any:
			p.add(prefix+name+".", v)
		}
	}
}

// Tag is the language of the texts.
func (p *Printer) Tag() string { return p.tag }

// T returns the text of a key, or the key if there is none. Args are pairs of a
// placeholder's name and its value: T("state.row", "state", "In game").
func (p *Printer) T(key string, args ...string) string {
	text, known := p.texts[key]
	if !known {
		return key
	}
	pairs := slices.Clone(args)
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(text) // not one after the other: what is filled in may have braces
}

// forms are the names of the plural forms, as in the files.
var forms = map[plural.Form]string{plural.One: ".one", plural.Few: ".few", plural.Many: ".many"}

// N returns a text that depends on a number, which is the value of {n}.
func (p *Printer) N(key string, n int, args ...string) string {
	form := key + forms[plural.Cardinal.MatchPlural(language.Make(p.tag), n, 0, 0, 0, 0)]
	if p.texts[form] == "" {
		form = key + ".other"
	}
	return p.T(form, append([]string{"n", strconv.Itoa(n)}, args...)...)
}

var matcher = language.NewMatcher([]language.Tag{language.English, language.SimplifiedChinese, language.German, language.Russian})

// match finds the first wanted language with a catalogue, which traditional Chinese has not.
func match(wanted []string) string {
	for _, w := range wanted {
		if _, i, sure := matcher.Match(language.Make(w)); sure >= language.High {
			return Tags[i]
		}
	}
	return "en"
}

// Tables returns all texts of some tables, such as "dashboard", by their keys, each plural form
// for itself: "dashboard.rows.one". Placeholders are not filled in.
func (p *Printer) Tables(names ...string) map[string]string {
	all := maps.Clone(p.texts)
	maps.DeleteFunc(all, func(key, _ string) bool {
		name, _, _ := strings.Cut(key, ".")
		return !slices.Contains(names, name)
	})
	return all
}
