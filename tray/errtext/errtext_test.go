package errtext

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/fault"
	"altv-tray/settings"
	"altv-tray/settings/sessionbus"
	"altv-tray/tray/lang"
	"altv-tray/tray/lang/langtest"
)

var english = lang.New("en")

// TestEnglishIsTheErrorsOwn: the catalogue says in English what the error does,
// as a sentence.
func TestEnglishIsTheErrorsOwn(t *testing.T) {
	check := func(key, text string, isWord bool) {
		if !isWord {
			text += "."
		}
		if got := english.T(key); got != text {
			t.Errorf("%s is %q, want %q", key, got, text)
		}
	}
	for code, text := range settings.Codes() {
		check("settings_error."+string(code), text, code.IsWord())
	}
	for code, text := range fault.Codes() {
		check("fault."+string(code), text, false)
	}
}

// samples are errors as they come, by the detail in them that is told as it is.
func samples(t *testing.T) map[error]string {
	all := map[error]string{}
	add := func(err error, detail string) {
		if err == nil {
			t.Error("no error was made")
			return
		}
		all[err] = detail
	}
	for _, s := range sentinels {
		add(fmt.Errorf("reading the password of profile %q: %w", "x", s.err), "")
	}
	for _, text := range []string{
		"language = 'fr'", "language = 1979-05-27", "language = []", "client = {}\nlanguage = {}", "attempts = 5", "client = 1", "profiles = 1",
		"notifications.ready = 12:00:00", "profile = 1", "auto_reconnect.attempts = 101", "auto_reconnect.delay = '2h'", "auto_reconnect.delay = 2",
		"client.address = ''", "client.address = '192.0.2.7:9223'", "profile = 'x'", "schema = 0", "schema = 9", `client.folder = "C:\new"`,
		"[[profiles]]", "[[profiles]]\nname = ''", "[[profiles]]\nname = 'default'\npassword = 'x'", "[[profiles]]\nname = \"a\\tb\"",
		"[[profiles]]\nname = 'a'\n[[profiles]]\nname = 'A'", "[[profiles]]\nname = '" + strings.Repeat("x", 99) + "'",
		"language =", "client.folder =", "schema =", "auto_reconnect.attempts =", "auto_reconnect.delay =", "notifications.ready =", "notifications.ready = \x02yes",
		"notifications.ready = 'yes", "[[profiles]]\nserver =", "[[profiles]]\npassword = x", "x =", "x = y", "x = 'y", `x = "\y"`, "x == 1", "x = 1 2", "x y", "[x", "[[x", "x = [", "x = {", "x = 1\nx = 2", "x = '\xff'", "\xff\xfex", "#\x01",
	} {
		_, err := settings.Parse([]byte(text), "C:\\altv-tray\\settings.toml")
		add(err, "")
	}
	_, err := settings.Parse([]byte("x = 01"), "settings.toml")
	add(err, "integers cannot have leading zeroes")
	_, err = settings.Parse([]byte("auto_reconnect.enabled = yes"), "settings.toml")
	add(err, "yes")
	file := t.TempDir()
	store, err := settings.Open(file, "")
	if err != nil {
		t.Fatal(err)
	}
	add(store.Problem(), "")
	add(store.Set("language", settings.LanguageGerman), "")
	_, err = settings.Open(file+"/x", "nope")
	add(err, "")

	for code, text := range fault.Codes() {
		var args []string
		for _, name := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(text, -1) {
			args = append(args, name[1], "7")
		}
		add(fmt.Errorf("switching debug mode on: %w", fault.New(code, "C:\\altv\\altv.toml", args...).At(3).Of("debug").Saying("said in English")), "")
	}

	at := func(err error) error {
		return fmt.Errorf("in between: %w", &fs.PathError{Op: "open", Path: "/some/where", Err: err})
	}
	for _, err := range []error{fs.ErrPermission, fs.ErrNotExist, os.ErrDeadlineExceeded} {
		add(at(err), "")
		add(fmt.Errorf("doing this or that: %w", err), "")
	}
	for _, some := range [][]error{diskFull, readOnly, inUse, noWay, refused, noProgram} {
		for _, err := range some {
			add(at(err), "")
		}
	}
	add(fmt.Errorf("opening it: %w", &exec.Error{Name: "xdg-open", Err: exec.ErrNotFound}), "")
	add(fmt.Errorf("asking the bus: %w", context.DeadlineExceeded), "")
	add(&net.DNSError{Err: "no such host", Name: "x.invalid"}, "")
	add(at(errors.New("what nobody has seen yet")), "what nobody has seen yet")
	return all
}

// TestNothingIsLeftInEnglish, nor without its full stop, nor to be filled in.
func TestNothingIsLeftInEnglish(t *testing.T) {
	all := samples(t)
	for _, tag := range lang.Tags {
		p, end := lang.New(tag), "."
		if tag == "zh-Hans" {
			end = "。"
		}
		for err, detail := range all {
			text := Tell(p, err)
			if !strings.HasSuffix(text, end) || strings.ContainsAny(text, "{}") && !strings.ContainsAny(err.Error(), "{}") || strings.Contains(text, "_error.") {
				t.Errorf("%s: %v is told as %q", tag, err, text)
			}
			if tag == "en" {
				continue
			}
			for _, in := range []string{err.Error(), Tell(english, err)} {
				if left := langtest.LeftInEnglish(tag, in, text, detail); left != "" {
					t.Errorf("%s: %q is English: %s", tag, left, text)
				}
			}
		}
	}
}

func TestTell(t *testing.T) {
	_, broken := settings.Parse([]byte("\nlanguage = 'fr'"), "settings.toml")
	_, unquoted := settings.Parse([]byte("[auto_reconnect]\nenabled = yes"), "settings.toml")
	_, missing := settings.Parse([]byte("auto_reconnect.attempts ="), "settings.toml")
	for _, test := range []struct {
		tag  string
		err  error
		want string
	}{
		{"en", broken, `settings.toml:2: language: must be "auto", "en", "zh-Hans", "de" or "ru", is "fr".`},
		{"de", broken, `settings.toml:2: language: muss "auto", "en", "zh-Hans", "de" oder "ru" sein, ist aber "fr".`},
		{"en", unquoted, `settings.toml:2: auto_reconnect.enabled: must be true or false, is yes.`},
		{"de", unquoted, `settings.toml:2: auto_reconnect.enabled: muss true oder false sein, ist aber yes.`},
		{"ru", unquoted, `settings.toml:2: auto_reconnect.enabled: допустимо true или false, сейчас: yes.`},
		{"zh-Hans", unquoted, `settings.toml:2: auto_reconnect.enabled: 必须是 true 或 false，当前值：yes。`},
		{"en", missing, `settings.toml:1: auto_reconnect.attempts: must be 1 to 100, is missing.`},
		{"de", missing, `settings.toml:1: auto_reconnect.attempts: muss zwischen 1 und 100 liegen, ist aber nicht angegeben.`},
		{"ru", missing, `settings.toml:1: auto_reconnect.attempts: допустимо от 1 до 100, сейчас: не указано.`},
		{"zh-Hans", missing, `settings.toml:1: auto_reconnect.attempts: 必须在 1 到 100 之间，当前值：未填写。`},
		{"en", fmt.Errorf("starting alt:V: %w", fault.New(fault.BadAddress, "")), "The server's address must be host:port, such as 127.0.0.1:7788, and nothing else: correct it."},
		{"en", fmt.Errorf("starting alt:V: %w", clientfolder.ErrWindowsOnly), "alt:V runs on Windows only."},
		{"en", fmt.Errorf("%w; one is at /x", sessionbus.ErrNone), english.T("error.no_session_bus")},
		{"en", &fs.PathError{Op: "open", Path: "/a/b", Err: fs.ErrPermission}, "/a/b: access was denied. Make sure that you have the rights for it."},
		{"ru", fs.ErrPermission, "Доступ запрещён. Проверьте, есть ли у вас нужные права."},
		{"en", &fs.PathError{Op: "open", Path: "/a/.altv-tray-1.tmp", Err: fs.ErrPermission}, "/a: access was denied. Make sure that you have the rights for it."},
		{"en", &os.LinkError{Op: "rename", Old: "/a/.altv-tray-1.tmp", New: "/a/b", Err: fs.ErrNotExist}, "/a/b: it is not there. See whether it was moved, renamed or deleted."},
		{"zh-Hans", fmt.Errorf("doing: %w", errors.New("Zugriff verweigert.\r\n")), "系统提示：Zugriff verweigert。"},
		// An unsupported call of the system has nothing to do with alt:V.
		{"en", errors.ErrUnsupported, "The system says: unsupported operation."},
	} {
		if got := Tell(lang.New(test.tag), test.err); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}
