package errtext

import (
	"errors"
	"strings"
	"testing"

	"altv-tray/monitor/problem"
	"altv-tray/settings"
)

// TestSettingsInEnglish is what a user reads of each mistake in the settings.
func TestSettingsInEnglish(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		// At least one for each kind of value.
		{"schema zero", "\nschema = 0", `f:2: schema: must be 1 to 1, is 0`},
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
		{"on_launch", "[auto_reconnect]\non_launch = 1979-05-27", `f:2: auto_reconnect.on_launch: must be true or false, is 1979-05-27`},
		{"when_dropped", "[auto_reconnect]\nwhen_dropped = []", `f:2: auto_reconnect.when_dropped: must be "server_down", "always" or "never", is […]`},
		{"delay", "[auto_reconnect]\ndelay = \"61m\"", `f:2: auto_reconnect.delay: must be 0s to 1h, is "61m"`},
		{"delay negative", "[auto_reconnect]\ndelay = \"-1ns\"", `f:2: auto_reconnect.delay: must be 0s to 1h, is "-1ns"`},
		{"delay number", "[auto_reconnect]\ndelay = 5", `f:2: auto_reconnect.delay: must be a duration in quotes such as "500ms", "10s" or "3m", is 5`},
		{"delay without unit", "[auto_reconnect]\ndelay = \"5\"", `f:2: auto_reconnect.delay: must be a duration in quotes such as "500ms", "10s" or "3m", is "5"`},
		{"join_timeout", "[auto_reconnect]\njoin_timeout = \"999ms\"", `f:2: auto_reconnect.join_timeout: must be 1s to 1h, is "999ms"`},
		{"hotkey", "[hotkey]\nreconnect = 'F13+F14'", `f:2: hotkey.reconnect: must be Ctrl, Alt or Shift and a key, such as "Ctrl+Shift+F9", is "F13+F14"; the keys are A to Z, 0 to 9, F1 to F24, Insert, Delete, Home, End, PageUp, PageDown, Up, Down, Left and Right`},
		{"hotkey bare", "hotkey.reconnect = 'f9'", `f:1: hotkey.reconnect: has no modifier, so "f9" would no longer work in any other program: add Ctrl or Alt`},
		{"hotkey shift", "hotkey.reconnect = 'Shift+F9'", `f:1: hotkey.reconnect: is "Shift+F9": with Shift alone it gets in the way of typing, and does not work while a program that runs as administrator is in front: add Ctrl or Alt`},
		{"hotkey Windows", "hotkey.reconnect = 'Win+R'", `f:1: hotkey.reconnect: is "Win+R": combinations with the Windows key belong to the system: use Ctrl, Alt and Shift`},
		{"hotkey F12", "hotkey.reconnect = 'Ctrl+F12'", `f:1: hotkey.reconnect: is "Ctrl+F12": Windows reserves F12 for debuggers: use another key`},
		{"hotkey AltGr", "hotkey.reconnect = 'Ctrl+Alt+E'", `f:1: hotkey.reconnect: is "Ctrl+Alt+E": Ctrl+Alt is AltGr, which types characters together with letters and digits: use Ctrl+Shift, or another key`},
		{"hotkey sound", "[hotkey]\nsound = 'on'", `f:2: hotkey.sound: must be true or false, is "on"`},
		{"notifications", "[notifications]\nready = true\njoined = 1", `f:3: notifications.joined: must be true or false, is 1`},
		{"client folder", `client.folder = "C:\new"`, `f:1: client.folder: has a control character in it: put a Windows path in single quotes, like 'C:\altv\server'`},
		{"allow_remote", "[client]\nallow_remote = \"true\"", `f:2: client.allow_remote: must be true or false, is "true"`},
		{"client address", "[client]\naddress = \"10.0.0.1:9223\"", `f:2: client.address: "10.0.0.1:9223" is not this machine, and the server's password would be sent there: use 127.0.0.1:9223, or set client.allow_remote = true`},
		{"password source", "[[profiles]]\nname = \"default\"\npassword = \"hunter2\"", `f:3: profiles.password: must be "keyring" or "none": a password does not belong in this file, store it with "altv-tray password set"`},
		{"second profile", "profile = \"a\"\n[[profiles]]\nname = \"a\"\nready_delay = \"1s\"\n\n[[profiles]]\nname = \"b\"\nready_delay = \"11m\"",
			`f:8: profiles.ready_delay: must be 0s to 10m, is "11m"`},
		{"second profile inline", "profile = \"a\"\nprofiles = [\n { name = \"a\" },\n # two\n { name = \"b\", ready = \"now\" },\n]",
			`f:2: profiles.ready: must be "port", "log" or "signal", is "now"`},
		{"profile without name", "[[profiles]]\nname = \"default\"\n[[profiles]]\nfolder = \"x\"", `f:3: profiles.name: is missing: give this entry a name`},
		{"profile blank name", "[[profiles]]\nname = \" \"", `f:2: profiles.name: is empty: give this entry a name`},
		{"profile same name", "[[profiles]]\nname = \"default\"\n[[profiles]]\nready_delay=\"1s\"\nname = \"Default\"",
			`f:5: profiles.name: is "Default", and another profile is already named "default": give each a name of its own, different in more than upper and lower case`},
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
		{"unknown table", "[client]\n[colours.dark]\nx=1", `f:2: colours: is not a known key here: correct or remove it (known: auto_reconnect, client, hotkey, language, notifications, profile, profiles, schema)`},
		{"dot in a key", `"client.folder" = 1`, `f:1: "client.folder": is not a known key here: correct or remove it (known: auto_reconnect, client, hotkey, language, notifications, profile, profiles, schema)`},
		{"line end in a key", `"a\nb" = 1`, `f: "a\nb": is not a known key here: correct or remove it (known: auto_reconnect, client, hotkey, language, notifications, profile, profiles, schema)`},

		// Syntax: go-toml's words.
		{"no value", "schema = 1\nlanguage =", `f:2: language: is not valid TOML here (expected value, not end of input): correct this line`},
		{"no quotes", "language = german", `f:1: language: is not valid TOML here (unexpected character U+0067 'g' at start of value): correct this line`},
		{"Windows path", "\n[client]\nfolder = \"C:\\altv\"", `f:3: client.folder: is not valid TOML here (invalid escape character U+0061 'a'): correct this line`},
		{"two equals signs", "language == 'de'", `f:1: language: is not valid TOML here (unexpected character U+003D '=' at start of value): correct this line`},
		{"odd key", "# x\nä = 1", `f:2: is not valid TOML here (invalid character at start of key: U+00C3 'Ã'): correct this line`},
		{"more on the line", "schema = 1 'x'", `f:1: schema: is not valid TOML here (expected newline but got U+0027 '''): correct this line`},
		{"quote open", "language = \"de\nschema = 1", `f:1: language: is not valid TOML here (basic strings cannot have new lines): correct this line`},
		{"no equals sign", "language 'de'", `f:1: is not valid TOML here (expected '=' after key): correct this line`},
		{"header open", "[client\n", `f:1: is not valid TOML here (expected ']' to close table name): correct this line`},
		{"array open", "profiles = [", `f:1: profiles: is not valid TOML here (array is incomplete): correct this line`},
		{"control character", "language = \"\x01\"", `f:1: language: is not valid TOML here (basic strings cannot have control characters): correct this line`},
		{"not UTF-8", "[client]\nfolder = '\xe4'", `f:2: client.folder: is not valid TOML here (invalid UTF-8 character in literal string): correct this line`},
		{"password", "[[profiles]]\npassword = hunter2", `f:2: profiles.password: is not valid TOML here (unexpected character U+0068 'h' at start of value): correct this line`},
		{"password in a table", "password = { hunter2 = x }", `f:1: is not valid TOML here (unexpected character U+0078 'x' at start of value): correct this line`},
		{"key twice", "[client]\nfolder = ''\nfolder = ''", `f:3: folder: is there already: remove one of the two`},
		{"table twice", "[client]\n\n[client]", `f:3: client: is there already: remove one of the two`},
		{"key twice in an entry", "[[profiles]]\nname = 'a'\nname = 'a' # b", `f:3: name: is there already: remove one of the two`},
		{"below a password twice", "[password.hunter2]\n[password.hunter2]", `f:2: password: is there already: remove one of the two`},
		{"UTF-16", "\xff\xfes\x00", `f:1: is saved as UTF-16: save it as UTF-8`},
		{"too large", strings.Repeat("#", 64<<10+1), `f: is larger than 64 KiB, so it is hardly a settings file: choose another one with --settings, or delete it to begin anew`},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, mark := range []string{"", "\ufeff"} {
				if mark != "" && test.name == "UTF-16" {
					continue
				}
				_, err := settings.Parse([]byte(mark+test.text), "f")
				var found *problem.Problem
				if !errors.As(err, &found) || found.File != "f" {
					t.Fatalf("not a Problem with its file: %#v", err)
				}
				if got := English(err); got != test.want {
					t.Errorf("got  %s\nwant %s", got, test.want)
				}
			}
		})
	}
}
