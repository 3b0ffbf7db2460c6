// Package lang provides the texts of assets/translations in the user's language.
package lang

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"altv-tray/assets"
)

// Tags are the languages of assets/translations, in the order of matcher.
var Tags = []string{"en", "zh-Hans", "de", "ru"}

// Printer holds the texts of one language. Its methods may be called from any goroutine.
type Printer struct {
	tag   string
	texts map[string]string // by key; each plural form has its own: "menu.profile_more.one"
}

// New returns a Printer for a language of Tags, or with "auto" for the system's language. For
// all others, it returns one for English.
func New(tag string) *Printer {
	if tag == "auto" {
		tag = match(systemLanguages())
	}
	if !slices.Contains(Tags, tag) {
		tag = "en"
	}
	p := &Printer{tag: tag, texts: map[string]string{}}
	for _, tag := range slices.Compact([]string{"en", tag}) { // a missing text stays English
		var tables map[string]any
		data, _ := assets.Translations.ReadFile("translations/" + tag + ".toml") // a test reads all files
		_ = toml.Unmarshal(data, &tables)
		p.add("", tables)
	}
	return p
}

// English returns a Printer for English.
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

// Tag returns the language of the texts, one of Tags.
func (p *Printer) Tag() string { return p.tag }

// T returns the text of a key, or the key itself if there is no text. args are pairs of a
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
	return strings.NewReplacer(pairs...).Replace(text) // all at once, because a value may contain braces
}

// forms are the suffixes of the plural forms in the files.
var forms = map[plural.Form]string{plural.One: ".one", plural.Few: ".few", plural.Many: ".many"}

// N returns a text in the plural form for n, which is the value of {n}.
func (p *Printer) N(key string, n int, args ...string) string {
	form := key + forms[plural.Cardinal.MatchPlural(language.Make(p.tag), n, 0, 0, 0, 0)]
	if p.texts[form] == "" {
		form = key + ".other"
	}
	return p.T(form, append([]string{"n", strconv.Itoa(n)}, args...)...)
}

var matcher = language.NewMatcher([]language.Tag{language.English, language.SimplifiedChinese, language.German, language.Russian})

// match returns the tag of the first wanted language that has a file. Traditional Chinese has
// none.
func match(wanted []string) string {
	for _, w := range wanted {
		if _, i, sure := matcher.Match(language.Make(w)); sure >= language.High {
			return Tags[i]
		}
	}
	return "en"
}

// Tables returns all texts of some tables, such as "dashboard", by their keys, such as
// "dashboard.rows.one". It does not fill in placeholders.
func (p *Printer) Tables(names ...string) map[string]string {
	all := maps.Clone(p.texts)
	maps.DeleteFunc(all, func(key, _ string) bool {
		name, _, _ := strings.Cut(key, ".")
		return !slices.Contains(names, name)
	})
	return all
}

// Minutes returns a duration in whole minutes, rounded down: "12 min", "1 h 5 min".
func (p *Printer) Minutes(d time.Duration) string {
	m := int(d / time.Minute)
	switch {
	case m < 60:
		return p.T("duration.minutes", "m", strconv.Itoa(m))
	case m%60 == 0:
		return p.T("duration.hours", "h", strconv.Itoa(m/60))
	}
	return p.T("duration.hours_minutes", "h", strconv.Itoa(m/60), "m", strconv.Itoa(m%60))
}

// Seconds returns a duration in whole seconds, rounded: "1 min 5 s". From an hour on it is the same
// as Minutes.
func (p *Printer) Seconds(d time.Duration) string {
	d = d.Round(time.Second)
	s := int(d / time.Second)
	switch {
	case s < 60:
		return p.T("duration.seconds", "s", strconv.Itoa(s))
	case s >= 3600 || s%60 == 0:
		return p.Minutes(d)
	}
	return p.T("duration.minutes_seconds", "m", strconv.Itoa(s/60), "s", strconv.Itoa(s%60))
}
