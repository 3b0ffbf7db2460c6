package sessionbus

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

func TestAvailable(t *testing.T) {
	for _, test := range []struct {
		name  string
		env   map[string]string
		there string // the one file that exists
		want  string // part of the error; empty: available
	}{
		{name: "nothing", want: "no D-Bus session bus"},
		{name: "empty address", env: map[string]string{"DBUS_SESSION_BUS_ADDRESS": ""}, want: "no D-Bus session bus"},
		{name: "autolaunch", env: map[string]string{"DBUS_SESSION_BUS_ADDRESS": "autolaunch:"}, want: "no D-Bus session bus"},
		{name: "autolaunch with a scope", env: map[string]string{"DBUS_SESSION_BUS_ADDRESS": "autolaunch:scope=*user"}, want: "where nothing is"},
		{name: "autolaunch, but the user's bus is there", env: map[string]string{"DBUS_SESSION_BUS_ADDRESS": "autolaunch:"}, there: "/run/user/1000/bus"},
		{name: "user's bus", there: "/run/user/1000/bus"},
		{name: "another user's bus", there: "/run/user/1001/bus", want: "no D-Bus session bus"},
		{name: "path", env: map[string]string{"DBUS_SESSION_BUS_ADDRESS": "unix:path=/tmp/b,guid=12"}, there: "/tmp/b"},
		{name: "escaped path", env: map[string]string{"DBUS_SESSION_BUS_ADDRESS": "unix:guid=1,path=/tmp/a%20b"}, there: "/tmp/a b"},
		{name: "stale path", env: map[string]string{"DBUS_SESSION_BUS_ADDRESS": "unix:path=/tmp/b"}, want: "where nothing is"},
		{name: "second address", env: map[string]string{"DBUS_SESSION_BUS_ADDRESS": "unix:path=/tmp/a;unix:path=/tmp/b"}, there: "/tmp/b"},
		{name: "abstract socket", env: map[string]string{"DBUS_SESSION_BUS_ADDRESS": "unix:abstract=/tmp/dbus-x,guid=1"}},
		{name: "tcp", env: map[string]string{"DBUS_SESSION_BUS_ADDRESS": "tcp:host=127.0.0.1,port=1"}},
		{name: "where godbus does not look", env: map[string]string{"XDG_RUNTIME_DIR": "/tmp/run"}, there: "/tmp/run/bus", want: "unix:path=/tmp/run/bus"},
		{name: "relative runtime folder", env: map[string]string{"XDG_RUNTIME_DIR": "run"}, there: "run/bus", want: "no D-Bus session bus"},
	} {
		t.Run(test.name, func(t *testing.T) {
			getenv := func(name string) string { return test.env[name] }
			stat := func(path string) (fs.FileInfo, error) {
				if path == test.there {
					return nil, nil
				}
				return nil, fs.ErrNotExist
			}
			err := available(getenv, stat, 1000)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("got %v, want available", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || !errors.Is(err, ErrNone)):
				t.Errorf("got %v, want ErrNone with %q", err, test.want)
			}
		})
	}
}
