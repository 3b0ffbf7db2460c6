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

	"github.com/pelletier/go-toml/v2"

	"altv-tray/assets"
	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/lang"
	"altv-tray/tray/lang/langtest"
)

// samples are errors, by the detail in them that is shown unchanged.
func samples(t *testing.T) map[error]string {
	all := map[error]string{}
	add := func(err error, detail string) {
		if err == nil {
			t.Error("no error was made")
			return
		}
		all[err] = detail
	}
	for _, text := range []string{
		"language = 'fr'", "language = 1979-05-27", "language = []", "client = {}\nlanguage = {}", "attempts = 5", "client = 1", "profiles = 1",
		"notifications.ready = 12:00:00", "profile = 1", "auto_reconnect.attempts = 101", "auto_reconnect.delay = '2h'", "auto_reconnect.delay = 2",
		"client.address = ''", "client.address = '192.0.2.7:9223'", "profile = 'x'", "schema = 0", "schema = 9", `client.folder = "C:\new"`,
		"hotkey.reconnect = 'x'", "hotkey.reconnect = 'F9'", "hotkey.reconnect = 'Shift+F9'", "hotkey.reconnect = 'Win+R'", "hotkey.reconnect = 'Alt+F12'", "hotkey.reconnect = 'Ctrl+Alt+E'",
		"[[profiles]]", "[[profiles]]\nname = ''", "[[profiles]]\nname = 'default'\npassword = 'x'", "[[profiles]]\nname = \"a\\tb\"",
		"[[profiles]]\nname = 'a'\n[[profiles]]\nname = 'A'", "[[profiles]]\nname = '" + strings.Repeat("x", 99) + "'",
		"x = 1\nx = 2", "\xff\xfex",
	} {
		_, err := settings.Parse([]byte(text), "C:\\altv-tray\\settings.toml")
		add(err, "")
	}
	_, err := settings.Parse([]byte("x = 01"), "settings.toml")
	add(err, "integers cannot have leading zeroes")
	file := t.TempDir()
	store, err := settings.Open(file, "")
	if err != nil {
		t.Fatal(err)
	}
	add(store.Problem(), "")
	add(store.Set("language", "de"), "")
	_, err = settings.Open(file+"/x", "nope")
	add(err, "")

	for _, code := range codes(t) {
		var args []problem.Arg
		for _, name := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(lang.English().T("problem."+string(code)), -1) {
			if name[1] != "cause" {
				args = append(args, problem.Text(name[1], "7"))
			}
		}
		add(fmt.Errorf("switching debug mode on: %w", problem.New(code, args...).In("C:\\altv\\altv.toml").At(3).Of("debug").Because(fs.ErrPermission)), "")
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
			text := Message(p, err)
			if !strings.HasSuffix(text, end) || strings.ContainsAny(text, "{}") && !strings.ContainsAny(err.Error(), "{}") || strings.Contains(text, "problem.") {
				t.Errorf("%s: %v is told as %q", tag, err, text)
			}
			if tag == "en" {
				continue
			}
			for _, in := range []string{err.Error(), Message(lang.English(), err)} {
				if left := langtest.LeftInEnglish(tag, in, text, detail); left != "" {
					t.Errorf("%s: %q is English: %s", tag, left, text)
				}
			}
		}
	}
}

func TestTell(t *testing.T) {
	_, broken := settings.Parse([]byte("\nlanguage = 'fr'"), "settings.toml")
	for _, test := range []struct {
		tag  string
		err  error
		want string
	}{
		{"en", broken, `settings.toml:2: language: must be "auto", "en", "zh-Hans", "de" or "ru", is "fr".`},
		{"de", broken, `settings.toml:2: language: muss "auto", "en", "zh-Hans", "de" oder "ru" sein, ist aber "fr".`},
		{"en", fmt.Errorf("starting alt:V: %w", problem.New(problem.BadAddress)), "The server's address must be host:port, such as 127.0.0.1:7788, and nothing else: correct it."},
		{"en", fmt.Errorf("starting alt:V: %w", clientfolder.ErrWindowsOnly), "This needs Windows: alt:V runs nowhere else."},
		{"en", fmt.Errorf("asking: %w", problem.New(problem.NoSessionBus)), lang.English().T("problem.no_session_bus")},
		{"en", &fs.PathError{Op: "open", Path: "/a/b", Err: fs.ErrPermission}, "/a/b: access was denied. Make sure that you have the rights for it."},
		{"ru", fs.ErrPermission, "Доступ запрещён. Проверьте, есть ли у вас нужные права."},
		{"en", &fs.PathError{Op: "open", Path: "/a/.altv-tray-1.tmp", Err: fs.ErrPermission}, "/a: access was denied. Make sure that you have the rights for it."},
		{"en", &os.LinkError{Op: "rename", Old: "/a/.altv-tray-1.tmp", New: "/a/b", Err: fs.ErrNotExist}, "/a/b: it is not there. Check whether it was moved, renamed or deleted."},
		{"zh-Hans", fmt.Errorf("doing: %w", errors.New("Zugriff verweigert.\r\n")), "系统提示：Zugriff verweigert。"},
		// An unsupported call of the system has nothing to do with alt:V.
		{"en", errors.ErrUnsupported, "The system says: unsupported operation."},
	} {
		if got := Message(lang.New(test.tag), test.err); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

// codes are those that have a sentence; the others stand within one.
func codes(t *testing.T) (all []problem.Code) {
	data, err := assets.Translations.ReadFile("translations/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	var texts struct{ Problem map[problem.Code]string }
	if err := toml.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	for code, text := range texts.Problem {
		if strings.HasSuffix(text, ".") {
			all = append(all, code)
		}
	}
	if len(all) < 50 {
		t.Errorf("only %d codes have a sentence", len(all))
	}
	return all
}

// TestEnglish keeps what is around a problem, and its place.
func TestEnglish(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("starting alt:V: %w", problem.New(problem.BadAddress)), "starting alt:V: the server's address must be host:port, such as 127.0.0.1:7788, and nothing else: correct it"},
		{problem.New(problem.ReadOnly).In("altv.toml"), "altv.toml: is read-only: make it writable first"},
		{problem.New(problem.NoPort, problem.Text("value", "{value}")).In("server.toml").At(2).Of("port"), "server.toml:2: port: {value} is not a port: use 1 to 65535"},
		{problem.New(problem.NotRead).In("a").Because(&fs.PathError{Op: "open", Path: "a", Err: fs.ErrPermission}), "a: cannot be read (permission denied): make sure you are allowed to read it"},
		{fmt.Errorf("both: %w", errors.Join(problem.New(problem.WindowsOnly), problem.New(problem.IsFolder).In("b"))), "both: This needs Windows: alt:V runs nowhere else\nb: is a folder where a file should be: move it away"},
		{fs.ErrPermission, "permission denied"},
	} {
		if got := English(test.err); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}
