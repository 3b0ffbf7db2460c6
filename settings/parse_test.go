package settings

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseDefaults(t *testing.T) {
	for name, text := range map[string]string{
		"empty":                "",
		"byte order mark":      "\ufeff",
		"blank":                "\r\n\r\n# nothing\r\n",
		"default file":         string(defaultFile),
		"default file as CRLF": "\ufeff" + strings.ReplaceAll(string(defaultFile), "\n", "\r\n"),
		"tables without keys":  "[client]\n[auto_reconnect]\n[notifications]\n",
		"profile with a name":  "[[profiles]]\nname = \"default\"\n",
		"profiles without any": "profiles = []\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Parse([]byte(text), "settings.toml")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(Default(), got); diff != "" {
				t.Errorf("not the defaults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseAll(t *testing.T) {
	const text = `
schema = 1
language = "zh-Hans"
profile = "live"
client = { address = "[::1]:9300", allow_remote = false, folder = 'C:\altv' }
auto_reconnect.enabled = false
auto_reconnect.on_launch = false
auto_reconnect.when_dropped = "always"
auto_reconnect.delay = "1h"
auto_reconnect.attempts = 100
auto_reconnect.join_timeout = "1s"
[notifications]
ready = false
joined = false
dropped = false
failed = false
[[profiles]]
name = "live"
folder = "/srv/altv"
server = "play.example.org:7788"
ready = "signal"
ready_delay = "10m"
password = "none"
[[profiles]]
name = "test"
`
	want := Settings{
		Schema:   1,
		Language: LanguageChinese,
		Profile:  "live",
		Client:   Client{Address: "[::1]:9300", Folder: `C:\altv`},
		AutoReconnect: AutoReconnect{
			WhenDropped: DroppedAlways,
			Delay:       Duration(time.Hour),
			Attempts:    100,
			JoinTimeout: Duration(time.Second),
		},
		Profiles: []Profile{
			{Name: "live", Folder: "/srv/altv", Server: "play.example.org:7788", Ready: ReadySignal,
				ReadyDelay: Duration(10 * time.Minute), Password: PasswordNone},
			defaultProfile("test"),
		},
	}
	got, err := Parse([]byte(text), "settings.toml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got.Active().Name != "live" {
		t.Errorf("active is %q", got.Active().Name)
	}
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		// One for each key.
		{"schema type", `schema = "1"`, `f:1: schema: must be 1, is "1"`},
		{"schema zero", "\nschema = 0", `f:2: schema: must be 1, is 0`},
		{"schema newer", "other = 1\nschema = 7", `f:2: schema: was made by a newer altv-tray (schema 7, this one knows 1): update altv-tray, or use another file with --settings`},
		{"language", `language = "fr"`, `f:1: language: must be "auto", "en", "zh-Hans", "de" or "ru", is "fr"`},
		{"language case", `language = "zh-hans"`, `f:1: language: must be "auto", "en", "zh-Hans", "de" or "ru", is "zh-hans"`},
		{"profile unknown", "\n\nprofile = \"live\"", `f:3: profile: there is no profile named "live": set it to the name of one of the [[profiles]]`},
		{"profile left out", "[[profiles]]\nname = \"live\"", `f: profile: there is no profile named "default": set it to the name of one of the [[profiles]]`},
		{"profile type", "profile = 3", `f:1: profile: must be a text in quotes, is 3`},
		{"attempts low", "[auto_reconnect]\n# comment\nattempts = 0", `f:3: auto_reconnect.attempts: must be 1 to 100, is 0`},
		{"attempts high", "auto_reconnect.attempts = 101", `f:1: auto_reconnect.attempts: must be 1 to 100, is 101`},
		{"attempts float", "auto_reconnect = { enabled = true, attempts = 1.5 }", `f:1: auto_reconnect.attempts: must be 1 to 100, is 1.5`},
		{"enabled", "[auto_reconnect]\r\n\r\nenabled = \"yes\"\r\n", `f:3: auto_reconnect.enabled: must be true or false, is "yes"`},
		{"on_launch", "[auto_reconnect]\non_launch = 1979-05-27", `f:2: auto_reconnect.on_launch: must be true or false, is a date or time`},
		{"when_dropped", "[auto_reconnect]\nwhen_dropped = []", `f:2: auto_reconnect.when_dropped: must be "server_down", "always" or "never", is an array`},
		{"delay", "[auto_reconnect]\ndelay = \"61m\"", `f:2: auto_reconnect.delay: must be 0s to 1h, is "61m"`},
		{"delay negative", "[auto_reconnect]\ndelay = \"-1ns\"", `f:2: auto_reconnect.delay: must be 0s to 1h, is "-1ns"`},
		{"delay number", "[auto_reconnect]\ndelay = 5", `f:2: auto_reconnect.delay: must be a duration in quotes such as "500ms", "10s" or "3m", is 5`},
		{"delay without unit", "[auto_reconnect]\ndelay = \"5\"", `f:2: auto_reconnect.delay: must be a duration in quotes such as "500ms", "10s" or "3m", is "5"`},
		{"join_timeout", "[auto_reconnect]\njoin_timeout = \"999ms\"", `f:2: auto_reconnect.join_timeout: must be 1s to 1h, is "999ms"`},
		{"notifications", "[notifications]\nready = true\njoined = 1", `f:3: notifications.joined: must be true or false, is 1`},
		{"client folder", `client.folder = "C:\new"`, `f:1: client.folder: has a control character in it: put a Windows path in single quotes, like 'C:\altv\server'`},
		{"allow_remote", "[client]\nallow_remote = \"true\"", `f:2: client.allow_remote: must be true or false, is "true"`},
		{"second profile", "profile = \"a\"\n[[profiles]]\nname = \"a\"\nready_delay = \"1s\"\n\n[[profiles]]\nname = \"b\"\nready_delay = \"11m\"",
			`f:8: profiles.ready_delay: must be 0s to 10m, is "11m"`},
		{"second profile inline", "profile = \"a\"\nprofiles = [\n { name = \"a\" },\n # two\n { name = \"b\", ready = \"now\" },\n]",
			`f:5: profiles.ready: must be "port", "log" or "signal", is "now"`},
		{"profile without name", "[[profiles]]\nname = \"default\"\n[[profiles]]\nfolder = \"x\"", `f:3: profiles.name: is missing: give this entry a name`},
		{"profile blank name", "[[profiles]]\nname = \" \"", `f:2: profiles.name: is empty: give this entry a name`},
		{"profile same name", "[[profiles]]\nname = \"default\"\n[[profiles]]\nready_delay=\"1s\"\nname = \"Default\"",
			`f:5: profiles.name: is "Default", as another profile is ("default"): give each a name of its own, different in more than upper and lower case`},
		{"profile long name", "profiles = [{ name = \"" + strings.Repeat("ä", 65) + "\" }]", `f:1: profiles.name: is longer than 64 characters: shorten it`},
		{"profile control", "[[profiles]]\nname = \"a\\nb\"", `f:2: profiles.name: has a control character in it: remove it`},
		{"profile server", "[[profiles]]\nname = \"default\"\nserver = \"7788\"", `f:3: profiles.server: must be an address and a port such as "127.0.0.1:7788", is "7788"`},
		{"not an entry", "[profiles]\nname = \"default\"", `f:1: profiles: must be entries that each begin with a line [[profiles]]`},
		{"not tables", "\nprofiles = [1]", `f:2: profiles: must be entries that each begin with a line [[profiles]]`},
		{"table in entry", "[[profiles]]\nname = \"default\"\n[profiles.more]\nx = 1", `f:3: profiles.more: is not a known key here: correct or remove it (known: folder, name, password, ready, ready_delay, server)`},
		{"not a table", "client = 1", `f:1: client: must be a table, begun by a line [client]`},
		{"two tables", "[[client]]\nfolder = \"\"", `f:1: client: must be a table, begun by a line [client]`},

		// What is not known.
		{"unknown key", "[notifications]\nreddy = true", `f:2: notifications.reddy: is not a known key here: correct or remove it (known: dropped, failed, joined, ready)`},
		{"unknown table", "[client]\n[colours.dark]\nx=1", `f:2: colours: is not a known key here: correct or remove it (known: auto_reconnect, client, language, notifications, profile, profiles, schema)`},
		{"dot in a key", `"client.folder" = 1`, `f:1: "client.folder": is not a known key here: correct or remove it (known: auto_reconnect, client, language, notifications, profile, profiles, schema)`},
		{"line end in a key", `"a\nb" = 1`, `f:1: "a\nb": is not a known key here: correct or remove it (known: auto_reconnect, client, language, notifications, profile, profiles, schema)`},

		// The first in the file, whatever kind it is.
		{"order", "[auto_reconnect]\nnope = 1\nattempts = 0\n[client]\naddress = 3", `f:2: auto_reconnect.nope: is not a known key here: correct or remove it (known: attempts, delay, enabled, join_timeout, on_launch, when_dropped)`},
		{"order of tables", "[notifications]\nready = 1\n[client]\nallow_remote = 1", `f:2: notifications.ready: must be true or false, is 1`},
		{"order with both", "[client]\naddress = \"10.0.0.1:9223\"\nfolder = 1", `f:2: client.address: "10.0.0.1:9223" is not this machine, and the server's password would be sent there: use 127.0.0.1:9223, or set client.allow_remote = true`},

		// Syntax.
		{"no value", "schema = 1\nlanguage =", `f:2: language: must be "auto", "en", "zh-Hans", "de" or "ru", is missing`},
		{"no quotes", "language = german", `f:1: language: what is neither a number nor true or false must stand in quotes: put them around it`},
		{"Windows path", "\n[client]\nfolder = \"C:\\altv\"", `f:3: client.folder: a \ in double quotes does not stand for itself: put a Windows path in single quotes, like 'C:\altv\server'`},
		{"no value, a line after it", "language =\nschema = 1", `f:1: language: must be "auto", "en", "zh-Hans", "de" or "ru", is missing`},
		{"no value, a comment", "language = # de", `f:1: language: must be "auto", "en", "zh-Hans", "de" or "ru", is missing`},
		{"no quotes after a digit", "auto_reconnect.delay = 10s", `f:1: auto_reconnect.delay: what is neither a number nor true or false must stand in quotes: put them around it`},
		{"no quotes, like a word of TOML", "language = none", `f:1: language: what is neither a number nor true or false must stand in quotes: put them around it`},
		{"two equals signs", "language == 'de'", `f:1: language: the character '=' cannot stand here: correct this line`},
		{"typographic quotes", "language = “de”", `f:1: language: the character '“' cannot stand here: correct this line`},
		{"odd key", "# x\nä = 1", `f:2: the character 'ä' cannot stand here: correct this line`},
		{"more on the line", "schema = 1 'x'", `f:1: schema: the line should end before the character "'": correct this line`},
		{"invisible", "schema = 1 \x02", `f:1: schema: the line should end before the character U+0002: correct this line`},
		{"quote open", "language = \"de\nschema = 1", `f:1: language: the closing quote is missing: add it`},
		{"quote open at the end", "language = 'de", `f:1: language: the closing quote is missing: add it`},
		{"control character", "language = \"\x01\"", `f:1: language: has a control character in it: remove it`},
		{"no equals sign", "language 'de'", `f:1: language: there is no = sign after the key: correct this line`},
		{"header open", "[client\n", `f:1: the closing ] is missing: add it`},
		{"entry open", "[[profiles]\n", `f:1: the closing ]] is missing: add it`},
		{"array open", "profiles = [", `f:1: profiles: a comma or the closing ] is missing: add it`},
		{"no comma", "client = { folder = '' allow_remote = true }", `f:1: client.folder: a comma or the closing } is missing: add it`},
		{"other syntax", "schema = 01", `f:1: schema: is not valid TOML here (integers cannot have leading zeroes): correct this line`},
		{"key twice", "[client]\nfolder = ''\nfolder = ''", `f:3: client.folder: is there already: remove one of the two`},
		{"table twice", "[client]\n\n[client]", `f:3: client: is there already: remove one of the two`},
		{"not UTF-8", "[client]\nfolder = '\xe4'", `f:2: client.folder: is not UTF-8: save the file as UTF-8`},
		{"UTF-16", "\xff\xfes\x00", `f:1: is saved as UTF-16: save it as UTF-8`},
		{"too many keys", strings.Repeat("[[a]]\nb = [{c = 1}, [{d = 1}]]\n", mostKeys/4+1), `f: has more than 10000 keys, so it is hardly a settings file: choose another one with --settings, or delete it to begin anew`},
		{"too large", strings.Repeat("#", maxFileSize+1), `f: is larger than 1 MiB, so it is hardly a settings file: choose another one with --settings, or delete it to begin anew`},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, mark := range []string{"", "\ufeff"} {
				if mark != "" && (test.name == "UTF-16" || test.name == "too large") {
					continue
				}
				_, err := Parse([]byte(mark+test.text), "f")
				if err == nil {
					t.Fatal("no error")
				}
				if got := err.Error(); got != test.want {
					t.Errorf("got  %s\nwant %s", got, test.want)
				}
				var located *Error
				if !errors.As(err, &located) || located.File != "f" || strings.HasPrefix(test.want, "f:1") != (located.Line == 1) {
					t.Fatalf("not an *Error with file and line: %#v", err)
				}
				if told := (&problem{located.Code, located.Args}).String(); told != located.Problem || strings.ContainsAny(english[located.Code], "{") && located.Args == nil {
					t.Errorf("its code tells %q", told)
				}
			}
		})
	}
}

func TestParseColumn(t *testing.T) {
	_, err := Parse([]byte("profile = \"a\"\nprofiles = [{ name = \"a\", ready = 1 }]"), "f")
	var located *Error
	if !errors.As(err, &located) || located.Line != 2 || located.Column != 27 || located.Key != "profiles.ready" {
		t.Errorf("got %+v, want line 2, column 27, profiles.ready", located)
	}
}

func TestParseLargest(t *testing.T) {
	if _, err := Parse([]byte(strings.Repeat("#", maxFileSize)), "f"); err != nil {
		t.Errorf("1 MiB exactly: %v", err)
	}
}

func TestParseAddress(t *testing.T) {
	const (
		local  = "local"
		remote = "remote"
		bad    = "bad"
	)
	for address, want := range map[string]string{
		"127.0.0.1:9223":          local,
		"127.255.0.9:1":           local,
		"[::1]:65535":             local,
		"[::ffff:127.0.0.1]:9223": local,
		"localhost:9223":          local,
		"LocalHost:9223":          local,
		"0.0.0.0:9223":            remote,
		"[::]:9223":               remote,
		"192.168.1.5:9223":        remote,
		"128.0.0.1:9223":          remote,
		"[fe80::1%eth0]:9223":     remote,
		"localhost.example:9223":  remote,
		"dev_pc:9223":             remote,
		"müller.example.:9223":    remote,
		"127.1:9223":              remote,
		"127.0.0.1":               bad,
		"127.0.0.1:":              bad,
		"127.0.0.1:0":             bad,
		"127.0.0.1:65536":         bad,
		"127.0.0.1:http":          bad,
		":9223":                   bad,
		"::1:9223":                bad,
		"http://127.0.0.1:9223":   bad,
		"a b:9223":                bad,
		"user@127.0.0.1:9223":     bad,
		"a..b:9223":               bad,
		"":                        bad,
	} {
		got := bad
		if _, err := Parse([]byte(`client = { allow_remote = true, address = "`+address+`" }`), "f"); err == nil {
			got = remote
			if _, err := Parse([]byte(`client.address = "`+address+`"`), "f"); err == nil {
				got = local
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// Some will write the password into the file. No message may carry it on to a
// log or a notification.
func TestParseErrorsWithoutPassword(t *testing.T) {
	for _, text := range []string{
		`[[profiles]]` + "\n" + `name = "default"` + "\n" + `password = "` + canary + `"`,
		`[[profiles]]` + "\n" + `name = "default"` + "\n" + `password = ["` + canary + `"]`,
		`[[profiles]]` + "\n" + `name = "default"` + "\n" + `password = { ` + canary + ` = 1 }`,
		`[[profiles]]` + "\n" + `password = ` + canary,
		`[[profiles]]` + "\n" + `password = "` + canary,
		`[[profiles]]` + "\n" + `password "` + canary + `"`,
		`[[profiles]]` + "\n" + `pasword = "` + canary + `"`,
		`password = "` + canary + `"`,
		`[client]` + "\n" + `password = "` + canary + `"`,
		`password = "` + canary + `"` + "\n" + `password = "` + canary + `"`,
		`password = "` + canary + `\w"`,
	} {
		_, err := Parse([]byte(text), "f")
		if err == nil {
			t.Errorf("no error for\n%s", text)
		} else if strings.Contains(err.Error(), canary) {
			t.Errorf("the password is in the error: %v", err)
		}
	}
}

func TestActiveOfUnknownProfile(t *testing.T) {
	s := Default()
	s.Profile = "gone"
	s.Profiles[0].Password = PasswordNone
	if got := s.Active(); got != defaultProfile("gone") {
		t.Errorf("got %+v, which is another profile's", got)
	}
}

func TestDurationText(t *testing.T) {
	for text, want := range map[string]string{
		"500ms": "500ms", "0s": "0s", "0": "0s", "3m": "3m", "180s": "3m", "1h": "1h", "90m": "1h30m",
		"1h0m5s": "1h0m5s", "10s": "10s", "20m": "20m", "10h": "10h", "1m30s": "1m30s",
	} {
		var d Duration
		if err := d.UnmarshalText([]byte(text)); err != nil || d.String() != want {
			t.Errorf("%s: %s, %v; want %s", text, d, err, want)
		}
		if back, err := time.ParseDuration(want); err != nil || back != d.Std() {
			t.Errorf("%s does not read back: %v, %v", want, back, err)
		}
	}
}
