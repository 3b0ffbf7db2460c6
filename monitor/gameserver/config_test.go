package gameserver

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func readText(t *testing.T, text string) (ServerConfig, error) {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "server.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return ReadConfig(folder)
}

func TestReadConfig(t *testing.T) {
	defaults := ServerConfig{Host: "0.0.0.0", Port: 7788}
	for name, c := range map[string]struct {
		text string
		want ServerConfig
	}{
		"empty":                  {"", defaults},
		"BOM and CRLF":           {"\uFEFFport = 7788\r\nhost = \"0.0.0.0\"\r\n", defaults},
		"empty password":         {"password = ''", defaults},
		"other letters":          {"Port = 1\nPASSWORD = 'x'\nUseCdn = true", defaults},
		"a CDN that is not used": {"cdnUrl = 'https://cdn.example'", defaults},
		"all": {`
name = "My server"
host = "10.0.0.2"
port = 7799
password = "hunter2"
debug = true
useCdn = true
cdnUrl = "https://cdn.example"
connectionQueue = true
useEarlyAuth = true
players = 64
resources = ["core", { name = "x" }]
[voice]
port = 7798
bitrate = 64000
`, ServerConfig{"10.0.0.2", 7799, true, true, true, "https://cdn.example", true, true, "", time.Time{}}},
	} {
		got, err := readText(t, c.text)
		modified := got.Modified
		got.File, got.Modified = "", time.Time{} // a temporary one
		if modified.IsZero() {
			t.Errorf("%s: no time", name)
		}
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
	}
}

func TestReadPassword(t *testing.T) {
	for text, want := range map[string]string{"password = 'hunter2'": "hunter2", "PASSWORD = 'x'": "", "[voice]\npassword = 'x'": ""} {
		dir := t.TempDir()
		writeConfig(t, dir, text)
		if got, err := ReadPassword(dir); got != want || err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	dir := t.TempDir()
	writeConfig(t, dir, "password = 'hunter2'\nport = 0")
	if got, err := ReadPassword(dir); got != "" || err == nil {
		t.Errorf("broken: %q, %v", got, err)
	}
	if got, err := ReadPassword(t.TempDir()); got != "" || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %q, %v", got, err)
	}
}

func TestReadConfigErrors(t *testing.T) {
	for text, want := range map[string]string{
		"name = 'x'\nport = 'hunter2'\n":            "server.toml: port: wrong_value",
		"port = 70000":                              "server.toml: port: no_port (value 70000)",
		"name = 'x'\n\nport = 0":                    "server.toml: port: no_port (value 0)",
		"debug = 'hunter2'":                         "server.toml: debug:",
		"password = ['hunter2']":                    "server.toml: password:",
		"name = 'x'\npassword = \"hunter2\nx = 1\n": "server.toml:2:",
		"password = hunter2":                        "server.toml:1:",
		"[x]\nport = 1\n[[port]]":                   "server.toml: port:",
		"name = \"\"\"\nport = 1\"\"\"\nport = 0":   "server.toml: port:",
		"debug = true\ndebug = false":               "server.toml:2: broken_toml",
		"\"a\\nhunter2\" = 1\n\"a\\nhunter2\" = 2":  "server.toml:2: broken_toml",
	} {
		_, err := readText(t, text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
			continue
		}
		if shown := fmt.Sprintf("%v %+v %s", err, err, err); strings.Contains(shown, "hunter2") {
			t.Errorf("%q: the error tells the value: %s", text, shown)
		}
	}
	for _, dir := range []string{"", t.TempDir()} {
		if c, err := ReadConfig(dir); !errors.Is(err, os.ErrNotExist) || c != (ServerConfig{}) {
			t.Errorf("no file: %+v, %v", c, err)
		}
	}
}

func TestTCPAddress(t *testing.T) {
	for host, want := range map[string]string{
		"": "127.0.0.1:7788", "0.0.0.0": "127.0.0.1:7788", "localhost": "127.0.0.1:7788",
		"::": "[::1]:7788", "::1": "[::1]:7788", "10.0.0.2": "10.0.0.2:7788",
	} {
		if got := (ServerConfig{Host: host, Port: 7788}).TCPAddress(); got != want {
			t.Errorf("%q gives %s, want %s", host, got, want)
		}
	}
}

func TestPasswordIsNeverPrinted(t *testing.T) {
	config, err := readText(t, "password = 'hunter2'")
	if shown := fmt.Sprintf("%#v", config); err != nil || !config.HasPassword || strings.Contains(shown, "hunter2") {
		t.Errorf("%s, %v", shown, err)
	}
}
