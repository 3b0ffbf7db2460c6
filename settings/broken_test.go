package settings

import (
	"errors"
	"strings"
	"testing"
)

const (
	putQuotes = "what is neither a number nor true or false must stand in quotes: put them around it"
	addQuote  = "the closing quote is missing: add it"
)

// A line that is no TOML is told with its key, and with what goes for that key.
func TestSyntaxErrorsNameTheKey(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"true or false", "[auto_reconnect]\nenabled = yes", `f:2: auto_reconnect.enabled: must be true or false, is yes`},
		{"true in upper case", "[notifications]\nready = True # c", `f:2: notifications.ready: must be true or false, is True`},
		{"true or false, quote open", "[client]\nallow_remote = \"yes", `f:2: client.allow_remote: must be true or false, is "yes`},
		{"true or false, missing", "[client]\nallow_remote = # c", `f:2: client.allow_remote: must be true or false, is missing`},
		{"number", "[auto_reconnect]\nattempts = five", `f:2: auto_reconnect.attempts: must be 1 to 100, is five`},
		{"number and more", "[auto_reconnect]\nattempts = 5x", `f:2: auto_reconnect.attempts: must be 1 to 100, is 5x`},
		{"number missing", "[auto_reconnect]\nattempts =\n", `f:2: auto_reconnect.attempts: must be 1 to 100, is missing`},
		{"number with a zero first", "[auto_reconnect]\nattempts = 05", `f:2: auto_reconnect.attempts: is not valid TOML here (integers cannot have leading zeroes): correct this line`},
		{"number not to be seen", "[auto_reconnect]\nattempts = x\x02\u202e", "f:2: auto_reconnect.attempts: must be 1 to 100, is x\ufffd\ufffd"},
		{"number too long to be told", "auto_reconnect.attempts = x" + strings.Repeat("y", 99), `f:1: auto_reconnect.attempts: must be 1 to 100, is x` + strings.Repeat("y", 39) + "…"},
		{"schema", "schema = one", `f:1: schema: must be 1, is one`},
		{"schema missing", "\nschema =", `f:2: schema: must be 1, is missing`},
		{"duration", "[auto_reconnect]\ndelay = 3s", `f:2: auto_reconnect.delay: ` + putQuotes},
		{"duration in two words", "[auto_reconnect]\ndelay = 3 s", `f:2: auto_reconnect.delay: ` + putQuotes},
		{"duration missing", "auto_reconnect.delay =", `f:1: auto_reconnect.delay: must be a duration in quotes such as "500ms", "10s" or "3m", is missing`},
		{"text", "profile = default", `f:1: profile: ` + putQuotes},
		{"text missing", "profile = # default", `f:1: profile: must be a text in quotes, is missing`},
		{"text like a number", "profile = 01", `f:1: profile: ` + putQuotes},
		{"text with its quote open", "language = \"en", `f:1: language: ` + addQuote},
		{"choice missing", "language =", `f:1: language: must be "auto", "en", "zh-Hans", "de" or "ru", is missing`},
		{"Linux path", "[client]\nfolder = /srv/altv", `f:2: client.folder: ` + putQuotes},
		{"Windows path", "[client]\nfolder = C:\\altv", `f:2: client.folder: ` + putQuotes},
		{"address", "[client]\naddress = 127.0.0.1:9223", `f:2: client.address: ` + putQuotes},
		{"address of IPv6", "[client]\naddress = [::1]:9223", `f:2: client.address: ` + putQuotes},
		{"multi-line string", "profile = '''\nschema = x", `f:2: profile: ` + addQuote},
		{"escape in a multi-line string", "[client]\nfolder = \"\"\"\nx = { y = [ 'z\nC:\\altv\"\"\"", `f:4: client.folder: a \ in double quotes does not stand for itself: put a Windows path in single quotes, like 'C:\altv\server'`},
		{"after a multi-line string", "profile = '''\n[client]\nx = 1'''\nlanguage = en", `f:4: language: ` + putQuotes},
		{"control character in the comment behind", "schema = 1 # \x02", `f:1: schema: has a control character in it: remove it`},

		{"entry", "[[profiles]]\nname = 'a'\n[[profiles]] # b\n\n# c\nready_delay = 3s", `f:6: profiles.ready_delay: ` + putQuotes},
		{"entry's name", "[[profiles]]\nname = default", `f:2: profiles.name: ` + putQuotes},
		{"entry's password", "[[profiles]]\npassword = " + canary, `f:2: profiles.password: must be "keyring" or "none": a password does not belong in this file, store it with "altv-tray password set"`},
		{"entry's address", "[[profiles]]\nserver = 127.0.0.1:7788\n", `f:2: profiles.server: ` + putQuotes},
		{"entry's server missing", "[[profiles]]\nserver =\n", `f:2: profiles.server: must be an address and a port such as "127.0.0.1:7788", is missing`},
		{"table in an entry", "[[profiles]]\n[profiles.more]\nx = y", `f:3: profiles.more.x: ` + putQuotes},
		{"inline entry", "profiles = [\n { name = 'a, }]' }, # {\n { \"name\" = 'b', ready_delay = 3s },\n]", `f:3: profiles.ready_delay: ` + putQuotes},
		{"between inline entries", "profiles = [ { name = 'a' } { name = 'b' } ]", `f:1: profiles: a comma or the closing ] is missing: add it`},

		{"inline table", "auto_reconnect = { delay = \"3s\", enabled = yes, attempts = 1 }", `f:1: auto_reconnect.enabled: must be true or false, is yes`},
		{"inline table, value missing", "auto_reconnect = { attempts = }", `f:1: auto_reconnect.attempts: must be 1 to 100, is missing`},
		{"inline table, number", "auto_reconnect = { attempts = 5x}", `f:1: auto_reconnect.attempts: must be 1 to 100, is 5x`},
		{"inline table, no equals sign", "auto_reconnect = { delay '3s' }", `f:1: auto_reconnect.delay: there is no = sign after the key: correct this line`},
		{"inline table, odd key", "client = { folder = '', ä = 1 }", `f:1: client: the character 'ä' cannot stand here: correct this line`},
		{"inline table, dotted", "x.client = { a.b = [ { c = d", `f:1: x.client.a: ` + putQuotes},
		{"array", "notifications.ready = [ 1, [], {}, yes ]", `f:1: notifications.ready: must be true or false, is [`},

		{"unknown key", "\n[colours]\ndark = very", `f:3: colours.dark: ` + putQuotes},
		{"unknown key, value missing", "colour =", `f:1: colour: a value is missing here: write one after the = sign`},
		{"unknown key, like a path", "colour = /red", `f:1: colour: the character '/' cannot stand here: correct this line`},
		{"quoted key", "[client]\n'fol der' = x", `f:2: client."fol der": ` + putQuotes},
		{"key of four parts", "a.b.c.d = x", `f:1: a.b.c: ` + putQuotes},
		{"known key without its sign", "[client]\r\n\r\nfolder", `f:3: client.folder: there is no = sign after the key: correct this line`},
		{"word that is no key", "[client]\n" + canary, `f:2: there is no = sign after the key: correct this line`},
		{"word below a password", "password = { " + canary + " = x }", `f:1: password: ` + putQuotes},

		{"twice", "[auto_reconnect]\nenabled = true\nenabled = true", `f:3: auto_reconnect.enabled: is there already: remove one of the two`},
		{"twice in an entry", "[[profiles]]\nname = 'a'\nname = 'a' # b", `f:3: profiles.name: is there already: remove one of the two`},
		{"twice, dotted", "client.folder = ''\nclient.folder = ''\nschema = 1", `f:2: client.folder: is there already: remove one of the two`},
		{"table twice", "[client.x]\n[client.x]", `f:2: client.x: is there already: remove one of the two`},
		{"table below a password twice", "[password." + canary + "]\n[password." + canary + "]", `f:2: password: is there already: remove one of the two`},

		{"broken header", "schema = 1\n[auto_reconnect\nenabled = yes", `f:2: the closing ] is missing: add it`},
		{"broken header of an entry", "[[profiles]\nname = 'a'", `f:1: the closing ]] is missing: add it`},
		{"more behind a header", "[client] folder = ''", `f:1: the line should end before the character 'f': correct this line`},
		{"control character in a comment", "schema = 1\n# \x02\nlanguage = 'en'", `f:2: has a control character in it: remove it`},
		{"no key", "[client]\n= 1", `f:2: the character '=' cannot stand here: correct this line`},
		{"key that is broken itself", `"\q" = 1`, `f:1: a \ in double quotes does not stand for itself: put a Windows path in single quotes, like 'C:\altv\server'`},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, text := range []string{test.text, "\ufeff" + test.text} {
				_, err := Parse([]byte(text), "f")
				var located *Error
				if !errors.As(err, &located) || err.Error() != test.want {
					t.Fatalf("got  %v\nwant %s", err, test.want)
				}
				if told := (&problem{located.Code, located.Args}).String(); told != located.Problem {
					t.Errorf("its code tells %q", told)
				}
			}
		})
	}
}
