package settings

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// brokenTexts are files by what is wrong with them.
var brokenTexts = map[Code]string{
	TooLarge:    strings.Repeat("#", maxFileSize+1),
	TooManyKeys: strings.Repeat("[[a]]\n", mostKeys+1),
	UTF16:       "\xff\xfes\x00",
	NotUTF8:     "language = '\xe4'",
	NoValue:     "nope =",
	NoQuotes:    "language = de",
	QuoteOpen:   "language = 'de",
	BadEscape:   `client.folder = "C:\altv"`,
	BadChar:     "language == 'de'",
	LineGoesOn:  "schema = 1 2",
	NoEquals:    "language 'de'",
	NoBracket:   "[client",
	NoComma:     "profiles = [",
	Twice:       "[client]\n[client]",
	NotTOML:     "schema = 01",
	UnknownKey:  "nope = 1",
	NotTable:    "client = 1",
	NotEntries:  "profiles = 1",
	NotBool:     "client.allow_remote = 1",
	NotText:     "profile = 1",
	NotInRange:  "auto_reconnect.attempts = 0",
	NotOneOf:    "language = 'fr'",
	NotTime:     "auto_reconnect.delay = 1",
	NotAddress:  "client.address = ''",
	NotSource:   "[[profiles]]\nname = 'default'\npassword = 'x'",
	Control:     "[[profiles]]\nname = \"a\\nb\"",
	PathEscape:  `client.folder = "C:\new"`,
	NameMissing: "[[profiles]]",
	NameEmpty:   "[[profiles]]\nname = ''",
	NameLong:    "[[profiles]]\nname = '" + strings.Repeat("x", maxProfileName+1) + "'",
	NameTaken:   "[[profiles]]\nname = 'default'\n[[profiles]]\nname = 'default'",
	NotLocal:    "client.address = '192.0.2.7:9223'",
	NoProfile:   "profile = 'x'",
	NotSchema:   "schema = 0",
	NewerSchema: "schema = 99",
}

// brokenFiles are what is wrong with more than the text, by how it comes to be.
// They get the path of a file in a folder that is empty.
var brokenFiles = map[Code]func(t *testing.T, file string) error{
	NotRead: func(t *testing.T, file string) error {
		return readFile(filepath.Join(file, "\x00")).err
	},
	NotOpened: func(t *testing.T, file string) error {
		put(t, file, "")
		if err := os.Chmod(file, 0); err != nil {
			t.Fatal(err)
		}
		if f, err := os.Open(file); err == nil {
			f.Close()
			t.Skip("everything may be read here")
		}
		return readFile(file).err
	},
	NotWritten: func(t *testing.T, file string) error {
		put(t, file, "")
		return writeFile(filepath.Join(file, "below"), nil)
	},
	ReadOnly: func(t *testing.T, file string) error {
		put(t, file, "")
		if err := os.Chmod(file, 0o400); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(file, 0o600) }) // else Windows cannot remove it
		return writeFile(file, nil)
	},
	LinkCircle: func(t *testing.T, file string) error {
		symlink(t, file, file)
		return writeFile(file, nil)
	},
	IsFolder: func(t *testing.T, file string) error {
		return readFile(filepath.Dir(file)).err
	},
	NotRegular: func(t *testing.T, _ string) error {
		if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
			t.Skip("no file of another kind here")
		}
		return readFile(os.DevNull).err
	},
	NoOverride: func(t *testing.T, file string) error {
		_, err := Open(file, "nope")
		return err
	},
	NotMigratable: func(t *testing.T, file string) error {
		_, err := parseWith([]byte("folder = 'impossible'"), file, madeUp)
		return err
	},
	NoPlace: func(t *testing.T, file string) error {
		return wrong(NoPlace).at(file) // no text is known that leads to it
	},
}

func TestEveryProblemHasItsCode(t *testing.T) {
	check := func(t *testing.T, want Code, err error) {
		t.Helper()
		var found *Error
		if !errors.As(err, &found) {
			t.Fatalf("no *Error: %v", err)
		}
		if found.Code != want || found.Problem == "" || found.File == "" {
			t.Errorf("%s of %+v", found.Code, found)
		}
		for _, name := range regexp.MustCompile(`\{\w+\}`).FindAllString(english[want], -1) {
			if !slices.ContainsFunc(found.Args, func(a Arg) bool { return "{"+a.Name+"}" == name && a.Text != "" }) {
				t.Errorf("%s is not filled in: %v", name, found.Args)
			}
		}
	}
	for code, text := range brokenTexts {
		t.Run(string(code), func(t *testing.T) {
			_, err := Parse([]byte(text), "f")
			check(t, code, err)
		})
	}
	for code, make := range brokenFiles {
		t.Run(string(code), func(t *testing.T) {
			check(t, code, make(t, filepath.Join(t.TempDir(), "settings.toml")))
		})
	}
	for _, code := range slices.Sorted(maps.Keys(Codes())) {
		if brokenTexts[code] == "" && brokenFiles[code] == nil && !code.IsWord() {
			t.Errorf("no file is known that is %s", code)
		}
	}
}

// TestValuesHaveTheirCode: what a value is can be told in every language.
func TestValuesHaveTheirCode(t *testing.T) {
	for text, want := range map[string]Arg{
		"":           {"value", "missing", nothing},
		"{}":         {"value", "a table", aTable},
		"[]":         {"value", "an array", anArray},
		"1979-05-27": {"value", "a date or time", aDate},
		"12:00:00":   {"value", "a date or time", aDate},
		"1":          {"value", "1", ""},
		"yes":        {"value", "yes", ""},
		"'a table'":  {"value", `"a table"`, ""},
	} {
		_, err := Parse([]byte("notifications.ready = "+text), "f")
		var found *Error
		if !errors.As(err, &found) || fmt.Sprint(found.Args) != fmt.Sprint([]Arg{want}) {
			t.Errorf("%s: %+v, want %v", text, err, want)
		}
	}
}
