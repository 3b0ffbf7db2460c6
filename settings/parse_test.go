package settings

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// namedProfile is a profile of which a file has only the name.
func namedProfile(name string) Profile {
	return Profile{Name: name, Server: "127.0.0.1:7788", Ready: ReadyPort, ReadyDelay: 500 * time.Millisecond, Password: PasswordKeyring}
}

func TestDefault(t *testing.T) {
	want := Settings{
		Schema:   1,
		Language: LanguageAuto,
		Profile:  "default",
		Client:   Client{Address: "127.0.0.1:9223"},
		AutoReconnect: AutoReconnect{
			Enabled:     true,
			OnLaunch:    true,
			WhenDropped: DroppedServerDown,
			Attempts:    5,
			JoinTimeout: 3 * time.Minute,
		},
		Hotkey:        Hotkey{Sound: true},
		Notifications: Notifications{Ready: true, Joined: true, Dropped: true, Failed: true},
		Profiles:      []Profile{namedProfile("default")},
	}
	if diff := cmp.Diff(want, Default()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

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
client = { address = "[::1]:9300", allow_remote = true, folder = 'C:\altv' }
auto_reconnect.enabled = false
auto_reconnect.on_launch = false
auto_reconnect.when_dropped = "always"
auto_reconnect.delay = "1h"
auto_reconnect.attempts = 100
auto_reconnect.join_timeout = "1s"
hotkey = { reconnect = "alt+shift+home", sound = false }
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
		Language: "zh-Hans",
		Profile:  "live",
		Client:   Client{Address: "[::1]:9300", AllowRemote: true, Folder: `C:\altv`},
		AutoReconnect: AutoReconnect{
			WhenDropped: DroppedAlways,
			Delay:       time.Hour,
			Attempts:    100,
			JoinTimeout: time.Second,
		},
		Hotkey: Hotkey{Reconnect: Combination{Alt | Shift, "Home"}},
		Profiles: []Profile{
			{Name: "live", Folder: "/srv/altv", Server: "play.example.org:7788", Ready: ReadySignal,
				ReadyDelay: 10 * time.Minute, Password: PasswordNone},
			namedProfile("test"),
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
	defaults := Values(Default())
	for key, value := range Values(got) {
		if usual, is := defaults[key]; is && value == usual && key != "schema" {
			t.Errorf("%s has its default here, which does not show that it is read", key)
		}
	}
}

func TestParseLargest(t *testing.T) {
	if _, err := Parse([]byte(strings.Repeat("#", maxFileSize)), "f"); err != nil {
		t.Errorf("the largest file: %v", err)
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
	if got := s.Active(); got != namedProfile("gone") {
		t.Errorf("got %+v, which is another profile's", got)
	}
}

func TestDurationText(t *testing.T) {
	for text, want := range map[string]string{
		"500ms": "500ms", "0s": "0s", "0": "0s", "600s": "10m", "3m": "3m", "180s": "3m", "1h": "1h", "90m": "1h30m",
		"1h0m5s": "1h0m5s", "10s": "10s", "20m": "20m", "10h": "10h", "1m30s": "1m30s",
	} {
		d, err := time.ParseDuration(text)
		if got := Values(Profile{ReadyDelay: d})["ready_delay"]; err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", text, got, err, want)
		}
		if back, err := time.ParseDuration(want); err != nil || back != d {
			t.Errorf("%s does not read back: %v, %v", want, back, err)
		}
	}
}
