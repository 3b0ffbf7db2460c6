package clientfolder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"altv-tray/monitor/altcfg"
)

func TestReadConfig(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             Config
	}{
		{"empty toml", "altv.toml", "", Config{"", false, "release", "127.0.0.1:7788"}},
		{"toml", "altv.toml", "name = 'a'\ndebug = true\nbranch = 'dev'\nlastip = \"10.0.0.1:7799\"\n[x]\ndebug = false",
			Config{"", true, "dev", "10.0.0.1:7799"}},
		{"windows toml", "altv.toml", "\uFEFFbranch = 'rc'\r\ndebug = true # yes\r\n", Config{"", true, "rc", "127.0.0.1:7788"}},
		{"off", "altv.toml", "debug = false\nlastip = ''", Config{"", false, "release", ""}},
		{"quoted true is not surely on", "altv.toml", "debug = 'true'", Config{"", false, "release", "127.0.0.1:7788"}},
		{"debug a table", "altv.toml", "[debug]\nx = 1", Config{"", false, "release", "127.0.0.1:7788"}},
		{"odd types", "altv.toml", "branch = 5\nlastip = ['x']", Config{"", false, "5", "127.0.0.1:7788"}},
		{"empty cfg", "altv.cfg", "", Config{"", false, "release", "127.0.0.1:7788"}},
		{"cfg", "altv.cfg", "branch: 'dev'\ndebug: 'true'\ngtapath: 'C:\\\\Games\\\\V'\nlastip: '10.0.0.1:7799'\nname: 'O\\'Brien'\n",
			Config{"", true, "dev", "10.0.0.1:7799"}},
		{"windows cfg", "altv.cfg", "\uFEFFdebug: \"yes\"\r\nbranch: rc # not dev\r\nlastip: 127.0.0.1:7789\r\n",
			Config{"", true, "rc", "127.0.0.1:7789"}},
		{"nested cfg", "altv.cfg", "a: [\n 'debug', # ] it's\n { debug: 'true' }\n]\nb: { debug: 'true' }, branch: 'rc'\n#debug: 'true'",
			Config{"", false, "rc", "127.0.0.1:7788"}},
		{"first of two", "altv.cfg", "debug: 'false'\ndebug: 'true'\nlastip: 'a'\nlastip: 'b'", Config{"", false, "release", "a"}},
		{"not true", "altv.cfg", "debug: 'True'", Config{"", false, "release", "127.0.0.1:7788"}},
		{"nothing in quotes", "altv.cfg", "debug: ''\nbranch: ''", Config{"", false, "", "127.0.0.1:7788"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			test.want.File = filepath.Join(folder, test.file)
			write(t, test.want.File, test.text)
			if got, err := ReadConfig(folder); err != nil || got != test.want {
				t.Errorf("%+v, %v; want %+v", got, err, test.want)
			}
		})
	}
}

func TestReadConfigTomlFirst(t *testing.T) {
	folder := t.TempDir()
	if _, err := ReadConfig(folder); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), folder) {
		t.Errorf("neither file: %v", err)
	}
	write(t, filepath.Join(folder, "altv.cfg"), "branch: 'dev'")
	if got, err := ReadConfig(folder); err != nil || got.Branch != "dev" {
		t.Errorf("altv.cfg alone: %+v, %v", got, err)
	}
	write(t, filepath.Join(folder, "altv.toml"), "branch = 'rc'")
	if got, err := ReadConfig(folder); err != nil || got.Branch != "rc" {
		t.Errorf("both: %+v, %v", got, err)
	}
}

func TestReadConfigBroken(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{"toml", "altv.toml", "a = 1\nb = \n", "altv.toml:2: "},
		{"toml twice", "altv.toml", "debug = true\n\ndebug = true", "altv.toml:3: "},
		{"cfg without colon", "altv.cfg", "a: 'b'\nwhat\n", "altv.cfg:2: a key and a colon are expected"},
		{"cfg quote", "altv.cfg", "a: 'b'\nb: 'c\nd: e", "altv.cfg:2: the quotation mark is not closed"},
		{"cfg key's quote", "altv.cfg", "'a", "altv.cfg:1: the quotation mark is not closed"},
		{"cfg bracket", "altv.cfg", "\na: [ 'b'\n", "altv.cfg:2: the bracket is not closed"},
		{"cfg brackets", "altv.cfg", "a: [ 'b' }", "altv.cfg:1: } closes nothing"},
		{"cfg no value", "altv.cfg", "a: 'b'\nb:\n", "altv.cfg:2: a value is expected"},
		{"cfg comma for a value", "altv.cfg", "b: , c: 'd'", "altv.cfg:1: a value is expected"},
		{"cfg in braces", "altv.cfg", "{ a: 'b' }", "altv.cfg:1: a key and a colon are expected"},
		{"too large", "altv.toml", strings.Repeat("#", altcfg.MaxSize+1), "larger than 1 MiB"},
		{"too many keys", "altv.toml", strings.Repeat("[[a]]\n", altcfg.MaxKeys+1), "more than 10000 keys"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			write(t, filepath.Join(folder, test.file), test.text)
			_, err := ReadConfig(folder)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), folder) {
				t.Errorf("%v; want %q", err, test.want)
			}
			if backup, err := SwitchDebugOn(folder); err == nil || backup != "" {
				t.Errorf("switched on: %q, %v", backup, err)
			}
			onlyFiles(t, folder, test.file)
		})
	}
}
