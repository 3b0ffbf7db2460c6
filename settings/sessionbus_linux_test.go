package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestSetSessionBusAddress(t *testing.T) {
	own := fmt.Sprintf("unix:path=/run/user/%d/bus", os.Getuid())
	for _, test := range []struct{ address, folder, want string }{
		{"", "", own},
		{"autolaunch:", "", own},
		{"", "relative", own},
		{"", "/tmp/run time", "unix:path=/tmp/run%20time/bus"},
		{"unix:path=/tmp/b", "/tmp/run", "unix:path=/tmp/b"},
		{"autolaunch:scope=*user", "/tmp/run", "autolaunch:scope=*user"}, // godbus refuses it
	} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", test.address)
		t.Setenv("XDG_RUNTIME_DIR", test.folder)
		SetSessionBusAddress()
		if got := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); got != test.want {
			t.Errorf("%+v: got %s", test, got)
		}
	}
}

// Without a bus, connecting fails and starts none; one that comes up is found.
func TestNoSessionBusIsStarted(t *testing.T) {
	folder := t.TempDir()
	started := filepath.Join(folder, "started")
	if err := os.WriteFile(filepath.Join(folder, "dbus-launch"), []byte("#!/bin/sh\n>"+started+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", folder)
	SetSessionBusAddress()
	if _, err := dbus.ConnectSessionBus(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(started); err == nil {
		t.Error("godbus started a daemon")
	}
	bus, err := net.Listen("unix", filepath.Join(folder, "bus"))
	if err != nil {
		t.Fatal(err)
	}
	defer bus.Close()
	go func() {
		if conn, err := bus.Accept(); err == nil {
			conn.Close()
		}
	}()
	if _, err := dbus.ConnectSessionBus(); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket was not found: %v", err)
	}
}
