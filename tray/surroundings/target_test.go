package surroundings

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/folder/foldertest"
	"altv-tray/monitor/gameserver"
	"altv-tray/settings"
)

func TestTargetTakesTheSettings(t *testing.T) {
	set := settings.Default()
	set.Client.Address = "LocalHost:9999"
	set.AutoReconnect = settings.AutoReconnect{
		Enabled: true, OnLaunch: true, WhenDropped: settings.DroppedAlways,
		Delay: 3 * time.Second, Attempts: 7, JoinTimeout: time.Minute,
	}
	set.Profile = "work"
	set.Profiles = append(set.Profiles, settings.Profile{Name: "work", Server: "localhost:7000", Ready: settings.ReadySignal, ReadyDelay: time.Second})
	got := Target(set, settings.MemoryKeyring())
	want := monitor.Config{
		Profile: "work", Server: got.Config.Server, Ready: "signal",
		Client: "127.0.0.1:9999", // localhost may mean ::1
		Auto:   true, OnLaunch: true, OnDrop: true,
		Delay: 3 * time.Second, Attempts: 7, JoinTimeout: time.Minute, ReadyDelay: time.Second,
	}
	if got.Config != want {
		t.Errorf("%+v, want %+v", got.Config, want)
	}
	// Each thing that makes another server makes another text.
	texts := map[string]bool{got.Config.Server: true}
	for _, change := range []func(*settings.Profile){
		func(p *settings.Profile) { p.Server = "127.0.0.1:7001" },
		func(p *settings.Profile) { p.Folder = t.TempDir() },
	} {
		other := set
		other.Profiles = []settings.Profile{set.Profiles[1]}
		change(&other.Profiles[0])
		texts[Target(other, nil).Config.Server] = true
	}
	if len(texts) != 3 {
		t.Errorf("three servers are told apart as %v", texts)
	}
}

func serverFolder(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "server.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// silentFolder is a folder that does not answer; with read, its server.toml was
// read before.
func silentFolder(t *testing.T, text string, read bool) string {
	t.Helper()
	dir := serverFolder(t, text)
	if read {
		if _, err := gameserver.ReadConfig(dir); err != nil {
			t.Fatal(err)
		}
	}
	foldertest.Silence(t, dir)
	return dir
}

func TestServerAddress(t *testing.T) {
	for _, c := range []struct {
		name    string
		profile settings.Profile
		want    string
	}{
		{"the profile's", settings.Profile{Server: "10.0.0.1:7788"}, "10.0.0.1:7788"},
		{"its folder's", settings.Profile{Server: "10.0.0.1:7788", Folder: serverFolder(t, "port = 7000")}, "127.0.0.1:7000"},
		{"its folder has none", settings.Profile{Server: "10.0.0.1:7788", Folder: t.TempDir()}, "10.0.0.1:7788"},
		{"its folder's is broken", settings.Profile{Server: "10.0.0.1:7788", Folder: serverFolder(t, "port = \"x")}, "10.0.0.1:7788"},
		{"its folder is silent", settings.Profile{Server: "10.0.0.1:7788", Folder: silentFolder(t, "port = 7000", false)}, "10.0.0.1:7788"},
		{"its folder is silent by now", settings.Profile{Server: "10.0.0.1:7788", Folder: silentFolder(t, "port = 7000", true)}, "127.0.0.1:7000"},
		{"by name", settings.Profile{Server: "localhost:1"}, "127.0.0.1:1"},
		{"by version 6", settings.Profile{Server: "[::1]:1"}, "[::1]:1"},
	} {
		if got := ServerAddress(c.profile); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// The lock that keeps a second app from a client is named after the client's address.
func TestClientAddressOfEachSpelling(t *testing.T) {
	for spelling, want := range map[string]string{
		"127.0.0.1:9223": "127.0.0.1:9223", "LocalHost:9223": "127.0.0.1:9223", "[::ffff:127.0.0.1]:9223": "127.0.0.1:9223",
		"127.0.0.1:09223": "127.0.0.1:9223", "[0:0:0:0:0:0:0:1]:9223": "[::1]:9223", "gaming-pc:9223": "gaming-pc:9223",
	} {
		set := settings.Default()
		set.Client.Address = spelling
		if got := ClientAddress(set); got != want {
			t.Errorf("%s: %s, want %s", spelling, got, want)
		}
	}
}

func TestPasswordAndWhereItComesFrom(t *testing.T) {
	for _, c := range []struct {
		name    string
		profile settings.Profile
		fail    error
		stored  bool
		text    string
		reason  monitor.Reason
		asks    int
	}{
		{"stored", settings.Profile{}, nil, true, "pw", monitor.NoReason, 1},
		{"none stored, and no server.toml", settings.Profile{}, nil, false, "", monitor.NoReason, 1},
		{"none stored, and the server has one", settings.Profile{Folder: serverFolder(t, "password = \"other\"")}, nil, false, "", monitor.PasswordMissing, 1},
		{"none stored, and server.toml is broken", settings.Profile{Folder: serverFolder(t, "password = ")}, nil, false, "", monitor.NoReason, 1},
		{"locked", settings.Profile{}, settings.ErrLocked, true, "", monitor.KeyringLocked, 1},
		{"no keyring", settings.Profile{}, settings.ErrNoKeyring, true, "", monitor.KeyringMissing, 1},
		{"no text", settings.Profile{}, settings.ErrNotText, true, "", monitor.PasswordNotText, 1},
		{"something else", settings.Profile{}, errors.New("odd"), true, "", monitor.KeyringLocked, 1},
		{"needs none", settings.Profile{Password: settings.PasswordNone}, settings.ErrLocked, true, "", monitor.NoReason, 0},
		{"its server has none", settings.Profile{Folder: serverFolder(t, "name = \"x\"")}, settings.ErrLocked, true, "", monitor.NoReason, 0},
		{"its server has one", settings.Profile{Folder: serverFolder(t, "password = \"other\"")}, nil, true, "pw", monitor.NoReason, 1},
		{"its server.toml is broken", settings.Profile{Folder: serverFolder(t, "password = ")}, nil, true, "pw", monitor.NoReason, 1},
		{"silent, stored", settings.Profile{Folder: silentFolder(t, "name = \"x\"", false)}, nil, true, "pw", monitor.NoReason, 1},
		{"silent, none stored", settings.Profile{Folder: silentFolder(t, "password = \"other\"", false)}, nil, false, "", monitor.NoReason, 1},
		{"silent, locked", settings.Profile{Folder: silentFolder(t, "name = \"x\"", false)}, settings.ErrLocked, true, "", monitor.KeyringLocked, 1},
		{"silent by now, stored", settings.Profile{Folder: silentFolder(t, "password = \"other\"", true)}, nil, true, "pw", monitor.NoReason, 1},
		{"silent by now, none stored", settings.Profile{Folder: silentFolder(t, "password = \"other\"", true)}, nil, false, "", monitor.PasswordMissing, 1},
		{"silent by now, had none", settings.Profile{Folder: silentFolder(t, "name = \"x\"", true)}, settings.ErrLocked, true, "", monitor.NoReason, 0},
		{"its folder has no server.toml", settings.Profile{Folder: t.TempDir()}, nil, true, "pw", monitor.NoReason, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys := settings.MemoryKeyring()
			c.profile.Name = "work"
			if c.stored {
				if err := keys.Set(t.Context(), "work", "pw"); err != nil {
					t.Fatal(err)
				}
			}
			if err := keys.Set(t.Context(), "default", "another profile's"); err != nil {
				t.Fatal(err)
			}
			times := 0
			stored := func(ctx context.Context, p settings.Profile) (string, error) {
				if times++; c.fail != nil {
					return "", fmt.Errorf("asking: %w", c.fail)
				}
				return keys.Get(ctx, p.Name)
			}
			text, reason := password(t.Context(), c.profile, stored, func(context.Context, settings.Profile) string { return "" })
			if text != c.text || reason != c.reason || times != c.asks {
				t.Errorf("%q, %v, asked %d times; want %q, %v, %d", text, reason, times, c.text, c.reason, c.asks)
			}
		})
	}
}
