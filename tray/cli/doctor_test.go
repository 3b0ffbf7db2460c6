package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"altv-tray/monitor/simulator"
	"altv-tray/settings"
	"altv-tray/tray/doctor"
)

func TestDoctor(t *testing.T) {
	const password = "canary-Wz7-password"
	home, paths := t.TempDir(), ownFolders(t)
	t.Setenv("WINEPREFIX", filepath.Join(home, "wine"))
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(home, "no-bus"))
	world := simulator.New(simulator.Options{Speed: 1000})
	if err := world.Start("127.0.0.1:0", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = world.Close() })
	file := filepath.Join(home, "settings.toml")
	text := fmt.Sprintf("[client]\naddress = %q\n[[profiles]]\nname = \"default\"\nfolder = '%s'\n",
		world.Client.Addr(), home)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, port, _ := strings.Cut(world.Client.Addr(), ":") // the simulated server is not up yet
	config := "host = \"127.0.0.1\"\nport = " + port + "\ndebug = true\npassword = \"" + password + "\"\n"
	if err := os.WriteFile(filepath.Join(home, "server.toml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	keyring := settings.MemoryKeyring()

	for _, test := range []struct {
		stored string
		want   Code
	}{
		{password, OK}, // no tray app runs, which is a warning
		{"another", Wrong},
	} {
		if err := keyring.Set(t.Context(), "default", test.stored); err != nil {
			t.Fatal(err)
		}
		var out, said bytes.Buffer
		e := Env{Paths: paths, Stdout: &out, Stderr: &said, SettingsFile: file, Keyring: keyring}
		if code := (Doctor{JSON: true}).Run(t.Context(), &e); code != test.want {
			t.Errorf("exit %d, want %d:\n%s%s", code, test.want, out.String(), said.String())
		}
		var report struct {
			OK     bool
			Checks []doctor.Check
		}
		if err := json.Unmarshal(out.Bytes(), &report); err != nil {
			t.Fatal(err)
		}
		if report.OK != (test.want == OK) || len(report.Checks) < 10 {
			t.Errorf("told %+v", report)
		}
		if code := (Doctor{}).Run(t.Context(), &e); code != test.want {
			t.Errorf("as text: exit %d, want %d", code, test.want)
		}
		if !strings.Contains(out.String(), "warning  Tray app") {
			t.Errorf("no table:\n%s", out.String())
		}
		if strings.Contains(out.String()+said.String(), password) {
			t.Errorf("the password is told:\n%s%s", out.String(), said.String())
		}
	}

	e := Env{Paths: paths, Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, SettingsFile: file, Keyring: keyring, Profile: "no such"}
	if code := (Doctor{}).Run(t.Context(), &e); code != Usage {
		t.Errorf("a profile that is not there: exit %d", code)
	}
}
