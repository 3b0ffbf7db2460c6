package gameserver

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// FuzzReadConfig: what is read is what a plain reader of the format finds under
// the same keys, and neither an error nor the settings have a password.
func FuzzReadConfig(f *testing.F) {
	for _, text := range []string{
		"", "\ufeffport = 7799\r\nhost = '::'", "password = 'x'\n[voice]\nport = 1\npassword = 2", "Port = 1\nPASSWORD = 'y'",
		"port = 7788.0", "port = 0x1E6C", "debug = 'true'", "[debug]\nx = 1", "[[name]]", "\"use\\u0043dn\" = true\ncdnUrl.x = 1", "port=1\nport=2",
		"connectionQueue = true # c\nuseEarlyAuth = false", "name = \"\"\"\nport = 0\"\"\"\n\nport = 70000", "password = 2020-13-45", "\"a\\nb\" = 1\n\"a\\nb\" = 2",
	} {
		f.Add([]byte(text))
	}
	dir := f.TempDir()
	file := filepath.Join(dir, "server.toml")
	read := func(t *testing.T, text []byte) (ServerConfig, error) {
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		config, err := ReadConfig(dir)
		config.Modified = time.Time{}
		if err != nil && (!strings.HasPrefix(err.Error(), file+":") || strings.ContainsAny(err.Error(), "\r\n") || config != ServerConfig{}) {
			t.Fatalf("%q: %+v, %v", text, config, err)
		}
		return config, err
	}
	const secret = "hunter2"
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := read(t, text)
		want, valid := plainTOML(text)
		want.File = file
		if valid != (err == nil) || valid && got != want {
			t.Errorf("%q: %+v, %v; want %+v, valid %v", text, got, err, want, valid)
		}
		if err == nil && !strings.HasSuffix(got.TCPAddress(), ":"+strconv.Itoa(got.Port)) {
			t.Errorf("%q: its address is %s", text, got.TCPAddress())
		}
		if bytes.Contains(text, []byte(secret)) {
			return
		}
		own := "password = '" + secret + "'\n"
		// In front, and after whatever is left open.
		for _, text := range [][]byte{append([]byte(own), bytes.TrimPrefix(text, []byte("\ufeff"))...), append(bytes.Clone(text), "\n"+own...)} {
			config, err := read(t, text)
			// Under another key it is not the password.
			config.Host, config.CDNURL = "", ""
			if shown := fmt.Sprintf("%v %#v %v", config, config, err); strings.Contains(shown, secret) {
				t.Errorf("%q: told: %s", text, shown)
			}
		}
	})
}

// plainTOML reads into a map and knows of no places, limits or errors.
func plainTOML(text []byte) (c ServerConfig, valid bool) {
	values := map[string]any{}
	if toml.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &values) != nil {
		return c, false
	}
	for key, usual := range map[string]any{"host": "0.0.0.0", "port": int64(7788)} {
		if _, given := values[key]; !given {
			values[key] = usual
		}
	}
	valid = true
	str := func(key string) string {
		v, ok := values[key].(string)
		valid = valid && (ok || values[key] == nil)
		return v
	}
	truth := func(key string) bool {
		v, ok := values[key].(bool)
		valid = valid && (ok || values[key] == nil)
		return v
	}
	port, ok := values["port"].(int64)
	c = ServerConfig{
		Host: str("host"), Port: int(port), HasPassword: str("password") != "",
		Debug: truth("debug"), UseCDN: truth("useCdn"), CDNURL: str("cdnUrl"),
		ConnectionQueue: truth("connectionQueue"), UseEarlyAuth: truth("useEarlyAuth"),
	}
	if !c.UseCDN {
		c.CDNURL = ""
	}
	return c, valid && ok && port > 0 && port < 1<<16
}
