package gameserver

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadOldConfig(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       ServerConfig
		fault      string
	}{
		{name: "quoted", text: "host: '0.0.0.0'\nport: '7799'\npassword: 'a: b'\ndebug: 'true'\n",
			want: ServerConfig{Host: "0.0.0.0", Port: 7799, Password: "a: b", HasPassword: true, Debug: true}},
		{name: "bare", text: "name: Test\r\nport: 7788\r\nuseCdn: true\r\nmodules: [js-module]\r\n",
			want: ServerConfig{Host: "0.0.0.0", Port: 7788, Name: "Test", UseCDN: true}},
		{name: "empty", want: ServerConfig{Host: "0.0.0.0", Port: 7788}},
		{name: "number as password", text: "password: 1234", want: ServerConfig{Host: "0.0.0.0", Port: 7788, Password: "1234", HasPassword: true}},
		{name: "escaped", text: "password: 'O\\'Brien'\nport: 1\nport: 2", want: ServerConfig{Host: "0.0.0.0", Port: 1, Password: "O'Brien", HasPassword: true}},
		{name: "broken", text: "name: x\npassword: 'hunter2", fault: "server.cfg:2: the quotation mark"},
		{name: "no number", text: "debug: yes\nport: hunter2", fault: "server.cfg:2: port: it is not a number"},
		{name: "no port", text: "port: 0", fault: "server.cfg:1: port: 0 is not a port"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			test.want.File = filepath.Join(folder, oldConfigName)
			if err := os.WriteFile(test.want.File, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := ReadConfig(folder)
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) || strings.Contains(err.Error(), "hunter2") {
					t.Errorf("got %v, want an error with %q", err, test.fault)
				}
				return
			}
			if err != nil || got != test.want {
				t.Errorf("got %#v (%v), want %#v", got, err, test.want)
			}
			// The newer file wins.
			if err := os.WriteFile(filepath.Join(folder, configName), []byte("port = 1"), 0o600); err != nil {
				t.Fatal(err)
			}
			if got, err := ReadConfig(folder); err != nil || got.Port != 1 {
				t.Errorf("beside a server.toml: %v, %v", got, err)
			}
		})
	}
	if _, err := ReadConfig(t.TempDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without either: %v", err)
	}
}
