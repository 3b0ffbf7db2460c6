package clientfolder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"altv-tray/monitor/problem"
)

func TestReadConfig(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             Config
	}{
		{"empty toml", "altv.toml", "", Config{"", false, "127.0.0.1:7788"}},
		{"toml", "altv.toml", "name = 'a'\ndebug = true\nbranch = 'dev'\nlastip = \"10.0.0.1:7799\"\n[x]\ndebug = false",
			Config{"", true, "10.0.0.1:7799"}},
		{"windows toml", "altv.toml", "\uFEFFbranch = 'rc'\r\ndebug = true # yes\r\n", Config{"", true, "127.0.0.1:7788"}},
		{"off", "altv.toml", "debug = false\nlastip = ''", Config{"", false, ""}},
		{"quoted true is not surely on", "altv.toml", "debug = 'true'", Config{"", false, "127.0.0.1:7788"}},
		{"debug a table", "altv.toml", "[debug]\nx = 1", Config{"", false, "127.0.0.1:7788"}},
		{"odd types", "altv.toml", "branch = 5\nlastip = ['x']", Config{"", false, "127.0.0.1:7788"}},
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

func TestReadConfigMissing(t *testing.T) {
	folder := t.TempDir()
	if _, err := ReadConfig(folder); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), folder) {
		t.Error(err)
	}
	if _, err := ReadConfig(""); !errors.Is(err, os.ErrNotExist) || problem.CodeOf(err) != problem.NoClientFolder {
		t.Error(err)
	}
}

func TestReadConfigBroken(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{"toml", "altv.toml", "a = 1\nb = \n", "altv.toml:2: "},
		{"toml twice", "altv.toml", "debug = true\n\ndebug = true", "altv.toml:3: "},
		{"a key of lines", "altv.toml", "a = 1\n\"b\\nc\" = 1\n\"b\\nc\" = 2", "altv.toml:3: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			write(t, filepath.Join(folder, test.file), test.text)
			_, err := ReadConfig(folder)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), folder) {
				t.Errorf("%v; want %q", err, test.want)
			}
		})
	}
}
