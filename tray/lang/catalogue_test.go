package lang_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/assets"
	"altv-tray/tray/lang"
)

// text is one text of a catalogue: by plural category where it depends on a
// number, else under "".
type text map[string]string

func (t text) plural() bool { return t[""] == "" }

// categories are the plural categories of each language for whole numbers, and
// "other" (Unicode CLDR, plural rules).
var categories = map[string][]string{
	"en":      {"one", "other"},
	"de":      {"one", "other"},
	"ru":      {"few", "many", "one", "other"},
	"zh-Hans": {"other"},
}

// catalogue reads a language's texts by their keys.
func catalogue(t *testing.T, tag string) map[string]text {
	t.Helper()
	data, err := assets.Translations.ReadFile("translations/" + tag + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		t.Fatalf("%s: %v", tag, err)
	}
	all := map[string]text{}
	flatten(t, tree, "", all)
	return all
}

func flatten(t *testing.T, tree map[string]any, prefix string, all map[string]text) {
	_, plural := tree["other"].(string)
	for name, value := range tree {
		switch value := value.(type) {
		case string:
			key, category := prefix+name, ""
			if plural {
				key, category = strings.TrimSuffix(prefix, "."), name
			}
			if all[key] == nil {
				all[key] = text{}
			}
			all[key][category] = value
		case map[string]any:
			flatten(t, value, prefix+name+".", all)
		default:
			t.Fatalf("%s%s is no text: %v", prefix, name, value)
		}
	}
}

func TestEveryLanguageHasACatalogue(t *testing.T) {
	files, err := assets.Translations.ReadDir("translations")
	if err != nil {
		t.Fatal(err)
	}
	var there []string
	for _, f := range files {
		there = append(there, strings.TrimSuffix(f.Name(), ".toml"))
	}
	want := slices.Sorted(slices.Values(lang.Tags))
	if slices.Sort(there); !slices.Equal(there, want) {
		t.Errorf("there are catalogues for %v, want %v", there, want)
	}
}

func TestCataloguesHaveTheSameKeys(t *testing.T) {
	english := catalogue(t, "en")
	for _, tag := range lang.Tags {
		all := catalogue(t, tag)
		for _, key := range slices.Sorted(maps.Keys(english)) {
			if all[key] == nil {
				t.Errorf("%s lacks %s = %q", tag, key, english[key])
			}
		}
		for _, key := range slices.Sorted(maps.Keys(all)) {
			if english[key] == nil {
				t.Errorf("%s has %s, which en does not have", tag, key)
			}
		}
	}
}

func TestPluralsHaveTheCategoriesOfTheirLanguage(t *testing.T) {
	for _, tag := range lang.Tags {
		n := 0
		for key, text := range catalogue(t, tag) {
			if !text.plural() {
				continue
			}
			n++
			if got := slices.Sorted(maps.Keys(text)); !slices.Equal(got, categories[tag]) {
				t.Errorf("%s: %s has %v, want %v", tag, key, got, categories[tag])
			}
		}
		if n == 0 {
			t.Errorf("%s: no text depends on a number", tag)
		}
	}
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

func placeholders(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(placeholder.FindAllString(text, -1))))
}

func TestTextsHaveTheSamePlaceholders(t *testing.T) {
	english := catalogue(t, "en")
	for _, tag := range lang.Tags {
		for key, text := range catalogue(t, tag) {
			want := placeholders(english[key][""])
			if text.plural() {
				want = placeholders(english[key]["other"])
			}
			for category, text := range text {
				if got := placeholders(text); !slices.Equal(got, want) {
					t.Errorf("%s: %s %s has %v, want %v", tag, key, category, got, want)
				}
				if strings.TrimSpace(text) != text || text == "" {
					t.Errorf("%s: %s %s is empty or has blanks around it: %q", tag, key, category, text)
				}
			}
		}
	}
}

// kept are the words that are the same in all languages: they are typed, or
// stand in a file or on a screen.
var kept = regexp.MustCompile(`altv-tray( (ready|doctor|password set))?|alt:V|[a-z_.]+ = (true|\\?"[^"]*")|\b(altv|server)\.toml|altv\.exe|\b(client\.\w+|auto_reconnect\.\w+)|\bCDN\b|127\.0\.0\.1:\d+`)

func TestTextsKeepWhatIsTyped(t *testing.T) {
	english := catalogue(t, "en")
	for _, tag := range lang.Tags {
		for key, text := range catalogue(t, tag) {
			for _, word := range kept.FindAllString(english[key][""], -1) {
				if !strings.Contains(text[""], word) {
					t.Errorf("%s: %s lacks %s: %q", tag, key, word, text[""])
				}
			}
		}
	}
}

// TestTextsNameTheSameKeyrings: no text names fewer of them
// than in another.
func TestTextsNameTheSameKeyrings(t *testing.T) {
	for _, tag := range lang.Tags {
		found := 0
		for key, text := range catalogue(t, tag) {
			named := 0
			for _, name := range []string{"GNOME Keyring", "KWallet", "KeePassXC"} {
				if strings.Contains(text[""], name) {
					named++
				}
			}
			if named != 0 && named != 3 {
				t.Errorf("%s: %s names %d of 3 keyrings: %q", tag, key, named, text[""])
			}
			found += named
		}
		if found == 0 {
			t.Errorf("%s: no text names a keyring", tag)
		}
	}
}

// TestTextsNameTheMenuAsItIs: what a text says to click has the words of the
// menu in that language.
func TestTextsNameTheMenuAsItIs(t *testing.T) {
	rows := [][]string{
		{"menu.reconnect"},
		{"menu.debug_on"},
		{"menu.password", "menu.password_set"},
		{"menu.password", "menu.password_take"},
	}
	english := catalogue(t, "en")
	for _, tag := range lang.Tags {
		all := catalogue(t, tag)
		for _, row := range rows {
			named := 0
			for key := range english {
				if strings.HasPrefix(key, "menu.") || !strings.Contains(english[key][""], path(english, row)) {
					continue
				}
				named++
				if !strings.Contains(all[key][""], path(all, row)) {
					t.Errorf("%s: %s does not name %q: %q", tag, key, path(all, row), all[key][""])
				}
			}
			if named == 0 {
				t.Errorf("no text names %v", row)
			}
		}
	}
}

func path(all map[string]text, row []string) string {
	var labels []string
	for _, key := range row {
		labels = append(labels, all[key][""])
	}
	return strings.Join(labels, " › ")
}

// TestChinesePunctuation: beside a Chinese character stands Chinese
// punctuation.
func TestChinesePunctuation(t *testing.T) {
	const western = `,;:?!()"`
	for key, text := range catalogue(t, "zh-Hans") {
		for _, text := range text {
			runes := []rune(text)
			for i := 1; i < len(runes); i++ {
				a, b := runes[i-1], runes[i]
				if unicode.Is(unicode.Han, a) && strings.ContainsRune(western, b) ||
					unicode.Is(unicode.Han, b) && strings.ContainsRune(western, a) {
					t.Errorf("%s has %q: %s", key, string(runes[i-1:i+1]), text)
				}
			}
		}
	}
}

// TestChineseBlanks: between Chinese and other letters or digits stands a
// blank, and beside Chinese punctuation none.
func TestChineseBlanks(t *testing.T) {
	glued := regexp.MustCompile(`\p{Han}[A-Za-z0-9{]|[A-Za-z0-9}]\p{Han}`)
	loose := regexp.MustCompile(`[，。：；？！、（）“”] | [，。：；？！、（）“”]|\p{Han} \p{Han}`)
	for key, text := range catalogue(t, "zh-Hans") {
		for _, text := range text {
			if found := glued.FindString(text); found != "" {
				t.Errorf("%s lacks a blank in %q: %s", key, found, text)
			}
			if found := loose.FindString(text); found != "" {
				t.Errorf("%s has a blank in %q: %s", key, found, text)
			}
		}
	}
}
