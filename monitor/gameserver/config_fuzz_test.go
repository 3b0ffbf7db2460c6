package gameserver

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/monitor/altcfg"
)

// FuzzReadConfig: what is read is what a plain reader of the format finds under
// the same keys, and neither an error nor the settings in print tell a password.
func FuzzReadConfig(f *testing.F) {
	for _, text := range []string{
		"", "\ufeffport = 7799\r\nhost = '::'", "password = 'x'\n[voice]\nport = 1\npassword = 2", "Port = 1\nPASSWORD = 'y'",
		"port = 7788.0", "port = 0x1E6C", "debug = 'true'", "[debug]\nx = 1", "[[name]]", "\"use\\u0043dn\" = true\ncdnUrl.x = 1", "port=1\nport=2",
		"connectionQueue = true # c\nuseEarlyAuth = false", "name = \"\"\"\nport = 0\"\"\"\n\nport = 70000", "password = 2020-13-45", "\"a\\nb\" = 1\n\"a\\nb\" = 2",
	} {
		f.Add([]byte(text), false)
	}
	for _, text := range []string{
		"", "\ufeffport: 7799\r\nhost: '::', debug: yes", "password: 'a\\'b'\nvoice: { port: 1 }", "port: [ 1 ]\nport: 2", "port: +5", "port: x",
		"useCdn: 'yes'\ncdnUrl: https://a:1 # c", "name: a\nname: b\n'connectionQueue': true, useEarlyAuth: no", "password: 'x",
	} {
		f.Add([]byte(text), true)
	}
	dir := f.TempDir()
	file := map[bool]string{false: filepath.Join(dir, "toml", configName), true: filepath.Join(dir, "cfg", oldConfigName)}
	for _, path := range file {
		if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
			f.Fatal(err)
		}
	}
	read := func(t *testing.T, text []byte, old bool) (ServerConfig, error) {
		if err := os.WriteFile(file[old], text, 0o600); err != nil {
			t.Fatal(err)
		}
		config, err := ReadConfig(filepath.Dir(file[old]))
		if err != nil && (!strings.HasPrefix(err.Error(), file[old]+":") || strings.ContainsAny(err.Error(), "\r\n") || config != ServerConfig{}) {
			t.Fatalf("%q: %s, %v", text, fields(config), err)
		}
		return config, err
	}
	const secret = "hunter2"
	f.Fuzz(func(t *testing.T, text []byte, old bool) {
		got, err := read(t, text, old)
		want, valid := plainTOML(text)
		if old {
			want, valid = plainCfg(text)
		}
		want.File = file[old]
		if valid != (err == nil) || valid && got != want {
			t.Errorf("%q: %s, %v; want %s, valid %v", text, fields(got), err, fields(want), valid)
		}
		if err == nil && !strings.HasSuffix(got.TCPAddress(), ":"+strconv.Itoa(got.Port)) {
			t.Errorf("%q: its address is %s", text, got.TCPAddress())
		}
		if bytes.Contains(text, []byte(secret)) {
			return
		}
		own := "password = '" + secret + "'\n"
		if old {
			own = "password: '" + secret + "'\n"
		}
		// In front, and after whatever is left open.
		for _, text := range [][]byte{append([]byte(own), bytes.TrimPrefix(text, []byte("\ufeff"))...), append(bytes.Clone(text), "\n"+own...)} {
			config, err := read(t, text, old)
			// Under another key it is not the password.
			config.Name, config.Host, config.CDNURL = "", "", ""
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
		Host: str("host"), Port: int(port), Password: str("password"), HasPassword: str("password") != "",
		Debug: truth("debug"), Name: str("name"), UseCDN: truth("useCdn"), CDNURL: str("cdnUrl"),
		ConnectionQueue: truth("connectionQueue"), UseEarlyAuth: truth("useEarlyAuth"),
	}
	return c, valid && ok && port > 0 && port < 1<<16
}

func plainCfg(text []byte) (c ServerConfig, valid bool) {
	pairs, _, err := altcfg.Pairs(bytes.TrimPrefix(text, []byte("\ufeff")))
	if err != nil {
		return c, false
	}
	values := map[string]string{"host": "0.0.0.0", "port": "7788"}
	for i := len(pairs) - 1; i >= 0; i-- { // so that the first of two is the one that stays
		if pairs[i].Single {
			values[pairs[i].Key] = pairs[i].Value
		}
	}
	truth := func(key string) bool { return values[key] == "true" || values[key] == "yes" }
	port, err := strconv.Atoi(values["port"])
	return ServerConfig{
		Host: values["host"], Port: port, Password: values["password"], HasPassword: values["password"] != "",
		Debug: truth("debug"), Name: values["name"], UseCDN: truth("useCdn"), CDNURL: values["cdnUrl"],
		ConnectionQueue: truth("connectionQueue"), UseEarlyAuth: truth("useEarlyAuth"),
	}, err == nil && port > 0 && port < 1<<16
}
