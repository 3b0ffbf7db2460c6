package settings

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"altv-tray/monitor/problem"
)

// The form has each key of the file, with its default, and says what each is.
func TestKeysAreThoseOfTheFile(t *testing.T) {
	global, own := Keys()
	check := func(keys []Key, values map[string]string, others int) {
		t.Helper()
		for _, k := range keys {
			if got, ok := values[k.Name]; !ok || got != k.Default || (k.Kind == Choice) != (len(k.Choices) > 0) {
				t.Errorf("%+v; the default is %q", k, got)
			}
		}
		if len(values) != len(keys)+others {
			t.Errorf("%d keys, %d values: %v", len(keys), len(values), values)
		}
	}
	check(global, Values(Default()), 1+len(own)) // schema and the profile's are none of them
	check(own, Values(Default().Profiles[0]), 0)
}

// Each choice that there is is offered, and valid in the file.
func TestChoices(t *testing.T) {
	want := map[string][]string{
		"language":                    {string(LanguageAuto), "en", "zh-Hans", "de", "ru"},
		"auto_reconnect.when_dropped": {string(DroppedServerDown), string(DroppedAlways), string(DroppedNever)},
		"ready":                       {string(ReadyPort), string(ReadyLog), string(ReadySignal)},
		"password":                    {string(PasswordKeyring), string(PasswordNone)},
	}
	global, own := Keys()
	for _, k := range slices.Concat(global, own) {
		if !slices.Equal(k.Choices, want[k.Name]) {
			t.Errorf("%s: %q, want %q", k.Name, k.Choices, want[k.Name])
		}
	}
}

const two = `# mine
profile = "live" # in use

[client]
address = "127.0.0.1:9223"

# the first
[[profiles]]
name = "default" # its name
  server = "127.0.0.1:7788"

# the second
[[profiles]]
name = "live"
`

func TestChange(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		change Change
		want   string       // "": none
		code   problem.Code // of the problem
	}{
		"a key":                 {two, Change{Key: "client.address", Value: "127.0.0.1:9224"}, strings.Replace(two, "9223", "9224", 1), ""},
		"a number":              {"", Change{Key: "auto_reconnect.attempts", Value: "7"}, "[auto_reconnect]\nattempts = 7\n", ""},
		"a switch":              {"", Change{Key: "notifications.ready", Value: "false"}, "[notifications]\nready = false\n", ""},
		"no number":             {"", Change{Key: "auto_reconnect.attempts", Value: "many"}, "", problem.NotInRange},
		"no switch":             {"", Change{Key: "notifications.ready", Value: "on"}, "", problem.NotBool},
		"no time":               {"", Change{Key: "auto_reconnect.delay", Value: "3"}, "", problem.NotTime},
		"a password as source":  {"", Change{Set: "default", ProfileKey: "password", Value: canary}, "", problem.NotSource},
		"a key as typed":        {"", Change{Key: "hotkey.reconnect", Value: "ctrl+f9"}, "[hotkey]\nreconnect = \"Ctrl+F9\"\n", ""},
		"another in use":        {two, Change{Key: "profile", Value: "default"}, strings.Replace(two, `"live" # in`, `"default" # in`, 1), ""},
		"add":                   {two, Change{Add: `te"st`}, two + "\n[[profiles]]\nname = \"te\\\"st\"\n", ""},
		"add the first":         {"", Change{Add: "test"}, "[[profiles]]\nname = \"default\"\n\n[[profiles]]\nname = \"test\"\n", ""},
		"add a taken one":       {two, Change{Add: "LIVE"}, "", problem.NameTaken},
		"add an empty one":      {two, Change{Add: " "}, "", problem.NameEmpty},
		"a profile's key":       {two, Change{Set: "default", ProfileKey: "server", Value: "127.0.0.1:7799"}, strings.Replace(two, "7788", "7799", 1), ""},
		"a new one":             {two, Change{Set: "live", ProfileKey: "folder", Value: `C:\srv`}, two + "folder = \"C:\\\\srv\"\n", ""},
		"of the unwritten one":  {"", Change{Set: "default", ProfileKey: "ready", Value: "log"}, "[[profiles]]\nname = \"default\"\nready = \"log\"\n", ""},
		"a wrong one":           {two, Change{Set: "live", ProfileKey: "ready", Value: "guess"}, "", problem.NotOneOf},
		"an unknown one":        {two, Change{Set: "live", ProfileKey: "x", Value: "y"}, "", problem.NoPlace},
		"of nobody":             {two, Change{Set: "gone", ProfileKey: "ready", Value: "log"}, "", problem.ProfileGone},
		"rename":                {two, Change{Rename: "default", To: "first"}, strings.Replace(two, `"default"`, `"first"`, 1), ""},
		"rename the one in use": {two, Change{Rename: "live", To: "prod"}, strings.ReplaceAll(two, `"live"`, `"prod"`), ""},
		"rename to a taken one": {two, Change{Rename: "live", To: "default"}, "", problem.NameTaken},
		"remove":                {two, Change{Remove: "default"}, strings.Replace(two, two[strings.Index(two, "[[profiles]]"):strings.Index(two, "# the second")], "", 1), ""},
		"remove the one in use": {two, Change{Remove: "live"}, strings.Replace(two[:strings.LastIndex(two, "[[profiles]]")], `"live"`, `"default"`, 1), ""},
		"remove the last":       {"", Change{Remove: "default"}, "", problem.LastProfile},
		"in an array":           {"profiles = [{name = \"default\"}]\n", Change{Set: "default", ProfileKey: "ready", Value: "log"}, "", problem.NoPlace},
		"of a broken file":      {"x = 1\n", Change{Add: "test"}, "", problem.UnknownKey},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.change.apply([]byte(c.text), "f")
			if string(got) != c.want || problem.CodeOf(err) != c.code {
				t.Errorf("%v\n%s\nwant\n%s", err, got, c.want)
			}
			mark, err := c.change.apply(slices.Concat(byteOrderMark, []byte(strings.ReplaceAll(c.text, "\n", "\r\n"))), "f")
			if want := string(byteOrderMark) + strings.ReplaceAll(c.want, "\n", "\r\n"); err == nil && c.text != "" && string(mark) != want {
				t.Errorf("from Windows:\n%q\nwant\n%q", mark, want)
			}
		})
	}
}

func TestStoreChange(t *testing.T) {
	file := filepath.Join(t.TempDir(), "settings.toml")
	s, err := Open(file, "")
	if err != nil {
		t.Fatal(err)
	}
	version, _ := s.Version()
	next, err := s.Change(version, Change{Key: "auto_reconnect.attempts", Value: "7"})
	if err != nil || next == version || s.Current().AutoReconnect.Attempts != 7 {
		t.Fatalf("%d after %d, %v", next, version, err)
	}
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), "# 1 to 100 tries") {
		t.Errorf("%v\n%s", err, text)
	}
	if again, err := s.Change(version, Change{Add: "other"}); !errors.Is(err, ErrStale) || again != next {
		t.Errorf("another page writes over it: %d, %v", again, err)
	}
	if same, err := s.Change(next, Change{Key: "auto_reconnect.attempts", Value: "0"}); problem.CodeOf(err) != problem.NotInRange || same != next || s.Problem() != nil {
		t.Errorf("%d, %v, %v", same, err, s.Problem())
	}
	if err := os.WriteFile(file, append(text, "# edited\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Change(next, Change{Add: "other"}); !errors.Is(err, ErrStale) {
		t.Errorf("an edit is written over: %v", err)
	}
	version, _ = s.Version()
	if _, err := s.Change(version, Change{Add: "other"}); err != nil || len(s.Current().Profiles) != 2 {
		t.Errorf("%v, %+v", err, s.Current().Profiles)
	}
}
