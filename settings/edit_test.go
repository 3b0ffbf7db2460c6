package settings

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSet(t *testing.T) {
	for _, test := range []struct {
		name, before string
		key          string
		value        any
		after        string
	}{
		{"value with a comment", "[auto_reconnect]\n# why\nenabled = true  # said Jo\n\n[client]\n", "auto_reconnect.enabled", false,
			"[auto_reconnect]\n# why\nenabled = false  # said Jo\n\n[client]\n"},
		{"CRLF", "[auto_reconnect]\r\nenabled = true # x\r\n", "auto_reconnect.enabled", false,
			"[auto_reconnect]\r\nenabled = false # x\r\n"},
		{"byte order mark", "\ufefflanguage = 'de'\n", "language", "ru", "\ufefflanguage = \"ru\"\n"},
		{"dotted key", "auto_reconnect . enabled=true", "auto_reconnect.enabled", false, "auto_reconnect . enabled=false"},
		{"the right one of two", "[client]\nfolder = 'x'\n[[profiles]]\nname = 'default'\nfolder = 'x'\n", "client.folder", `C:\"a"` + "ä",
			"[client]\nfolder = \"C:\\\\\\\"a\\\"ä\"\n[[profiles]]\nname = 'default'\nfolder = 'x'\n"},
		{"duration", "[auto_reconnect]\ndelay = \"0s\"\n", "auto_reconnect.delay", 90 * time.Second, "[auto_reconnect]\ndelay = \"1m30s\"\n"},
		{"int", "[auto_reconnect]\nattempts = 0x5\n", "auto_reconnect.attempts", 6, "[auto_reconnect]\nattempts = 6\n"},

		{"same value", "[auto_reconnect]\nattempts = 0x5 #\n", "auto_reconnect.attempts", 5, "[auto_reconnect]\nattempts = 0x5 #\n"},
		{"the default where it is left out", "# mine", "language", LanguageAuto, "# mine"},
		{"same text in other quotes", "language = 'de'", "language", "de", "language = 'de'"},

		{"key into a table", "[notifications]\nready = true # a\n\n# next\n[client]\n", "notifications.joined", false,
			"[notifications]\nready = true # a\njoined = false\n\n# next\n[client]\n"},
		{"key into an empty table", "[notifications] # n\n\n[client]\r\n", "notifications.ready", false,
			"[notifications] # n\nready = false\n\n[client]\r\n"},
		{"key into an indented table", "[client]\n  [notifications]\n    ready = true\n", "notifications.joined", false,
			"[client]\n  [notifications]\n    ready = true\n    joined = false\n"},
		{"key into the last line", "[notifications]\r\nready = true", "notifications.joined", false,
			"[notifications]\r\nready = true\r\njoined = false\r\n"},
		{"table", "# mine\nlanguage = 'de'", "notifications.ready", false, "# mine\nlanguage = 'de'\n\n[notifications]\nready = false\n"},
		{"table after profiles", "[[profiles]]\r\nname = 'default'\r\n", "client.folder", "x",
			"[[profiles]]\r\nname = 'default'\r\n\r\n[client]\r\nfolder = \"x\"\r\n"},
		{"table into an empty file", "", "notifications.ready", false, "[notifications]\nready = false\n"},

		{"root key after others", "# a\nprofile = 'default' # b\n\n[client]\n", "language", "de", "# a\nprofile = 'default' # b\nlanguage = \"de\"\n\n[client]\n"},
		{"root key after a dotted table", "client.folder = 'x'\n[notifications]\n", "language", "de", "client.folder = 'x'\nlanguage = \"de\"\n[notifications]\n"},
		{"root key before the first table", "# of the file\n\n# of the table\n  [client]\n", "language", "de",
			"language = \"de\"\n\n# of the file\n\n# of the table\n  [client]\n"},
		{"root key at the top", "# of the table\r\n[client]\r\n", "language", "de", "language = \"de\"\r\n\r\n# of the table\r\n[client]\r\n"},
		{"root key before profiles", "[[profiles]]\nname = 'default'\n", "language", "de", "language = \"de\"\n\n[[profiles]]\nname = 'default'\n"},
		{"root key before comments", "# mine", "language", "de", "language = \"de\"\n\n# mine"},
		{"root key into nothing", "\ufeff", "language", "de", "\ufefflanguage = \"de\"\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := []byte(test.before)
			after, err := edit(before, "settings.toml", test.key, fmt.Sprint(test.value))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.after, string(after)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if string(before) != test.before {
				t.Error("the input was changed")
			}
			again, err := edit(after, "settings.toml", test.key, fmt.Sprint(test.value))
			if err != nil || string(again) != string(after) {
				t.Errorf("a second time: %q, %v", again, err)
			}
		})
	}
}

func TestSetErrors(t *testing.T) {
	for _, test := range []struct {
		name, before string
		key          string
		value        any
		want         string
	}{
		{"broken file", "language = de", "language", "ru", "settings.toml:1: language: not_toml"},
		{"file with a bad value", "\n[client]\nfolder = 1", "language", "ru", "settings.toml:3: client.folder: not_text"},
		{"bad value", "[auto_reconnect]\nattempts = 5", "auto_reconnect.attempts", 0, "settings.toml:2: auto_reconnect.attempts: not_in_range (low 1, high 100, value 0)"},
		{"wrong type", "", "auto_reconnect.enabled", "yes", "settings.toml: auto_reconnect.enabled: not_bool"},
		{"no such profile", "", "profile", "live", `settings.toml:1: profile: no_profile (name "live")`},
		{"remote address", "", "client.address", "10.0.0.1:9223", "settings.toml:2: client.address: not_local"},
		{"unknown key", "", "client.colour", 1, "settings.toml: client.colour: no_place"},
		{"no UTF-8", "", "client.folder", "\xff", "settings.toml: client.folder: no_place"},
		{"inline table", "client = { folder = 'a' }\n", "client.folder", "b", "settings.toml: client.folder: no_place"},
		{"key into an inline table", "client = { folder = 'a' }\n", "client.allow_remote", true, "settings.toml: client.allow_remote: no_place"},
		{"key beside dotted ones", "client.folder = 'a'\n", "client.allow_remote", true, "settings.toml: client.allow_remote: no_place"},
		{"value over lines", "[client]\nfolder = \"\"\"\\\n a\"\"\"\n", "client.folder", "b", "settings.toml: client.folder: no_place"},
		{"too large", strings.Repeat("#", maxFileSize), "language", "de", "settings.toml: file_too_large"},
	} {
		t.Run(test.name, func(t *testing.T) {
			after, err := edit([]byte(test.before), "settings.toml", test.key, fmt.Sprint(test.value))
			if err == nil || !strings.HasPrefix(err.Error(), test.want) || after != nil {
				t.Errorf("got %q, %v; want error %s…", after, err, test.want)
			}
		})
	}
}
