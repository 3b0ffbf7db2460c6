package doctor

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/control"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/portowner"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

const canary = "canary-Wz7-password"

// inTemp is a computer of the test's own on which a server with a password
// runs, whose name for it the keyring has too.
func inTemp(t *testing.T) (Input, settings.Keyring) {
	t.Helper()
	dir := t.TempDir()
	server := listen(t)
	go http.Serve(server, http.NotFoundHandler())
	_, port, _ := net.SplitHostPort(server.Addr().String())
	write(t, filepath.Join(dir, "server", "server.toml"), "host = \"127.0.0.1\"\nport = "+port+"\ndebug = true\npassword = \""+canary+"\"\n")
	write(t, filepath.Join(dir, "altv", "altv.toml"), "debug = true\nlastip = \"127.0.0.1:"+port+"\"\n")
	write(t, filepath.Join(dir, "config", "settings.toml"), "schema = 1\n")
	set := settings.Default()
	set.Client.Folder = filepath.Join(dir, "altv")
	set.Client.Address = freeAddress(t)
	set.Profiles[0].Folder = filepath.Join(dir, "server")
	keyring := settings.MemoryKeyring()
	if err := keyring.Set(t.Context(), "default", canary); err != nil {
		t.Fatal(err)
	}
	probes := system
	probes.OS = "linux"
	around := surroundings.System{
		FindClient: clientfolder.Find, RunningClients: func() ([]clientfolder.Process, error) { return nil, nil },
		FindServerFolder: func(context.Context, string) string { return "" },
	}
	probes.Desktop = func(context.Context) desktopFacts { return desktopFacts{Tray: true, Notifications: true} }
	return Input{
		Settings: set,
		Paths: settings.Paths{
			Settings: filepath.Join(dir, "config", "settings.toml"),
			StateDir: filepath.Join(dir, "state"), CacheDir: filepath.Join(dir, "cache"),
		},
		Log:     filepath.Join(dir, "state", "altv-tray.log"),
		Keyring: keyring,
		Printer: lang.New("en"),
		System:  around,
		probes:  probes,
	}, keyring
}

// What the running tray app has just seen on the debug port is not asked for
// again: the port may serve one connection at a time.
func TestRunAsksNoPortThatTheTrayAppHasSeen(t *testing.T) {
	in, _ := inTemp(t)
	port := listen(t)
	in.Settings.Client.Address = port.Addr().String()
	in.App = &AppState{Client: debugport.Reading{Outcome: debugport.Known, Status: debugport.InGame}}
	asked := make(chan bool, 1)
	go func() {
		conn, err := port.Accept()
		if err == nil {
			_ = conn.Close()
		}
		asked <- err == nil
	}()
	checks := Run(t.Context(), in)
	_ = port.Close()
	if <-asked {
		t.Error("the port was asked")
	}
	for _, c := range checks {
		if c.ID == "client_port" && (c.Level != OK || !strings.Contains(c.Text, "IN_GAME")) {
			t.Errorf("%+v", c)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// freeAddress is one on which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l := listen(t)
	_ = l.Close()
	return l.Addr().String()
}

// expect compares the checks that are not OK, as "id level", and looks for the
// password in all of them.
func expect(t *testing.T, checks []Check, want ...string) {
	t.Helper()
	var got []string
	for _, c := range checks {
		if c.Level != OK {
			got = append(got, c.ID+" "+string(c.Level))
		}
	}
	if strings.Join(got, ", ") != strings.Join(want, ", ") {
		t.Errorf("got %q, want %q", got, want)
		for _, c := range checks {
			t.Logf("%+v", c)
		}
	}
	data, err := json.Marshal(checks)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := Print(&text, Terminal{Columns: 80}, checks); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data)+text.String(), canary) {
		t.Errorf("the password is told: %s\n%s", data, text.String())
	}
}

func TestRunWithClient(t *testing.T) {
	in, _ := inTemp(t)
	world := simulator.New(simulator.Options{Speed: 1000})
	if err := world.Start("127.0.0.1:0", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = world.Close() })
	in.Settings.Client.Address = world.Client.Addr()
	checks := Run(t.Context(), in)
	expect(t, checks, "tray_app warning") // only that
	for _, c := range checks {
		switch {
		case c.ID == "port_owner" && !strings.Contains(c.Text, "altv-tray's own"):
			t.Errorf("the owner of the port: %s", c.Text)
		case c.ID == "client_port" && !strings.Contains(c.Text, world.Client.Addr()):
			t.Errorf("what answers: %s", c.Text)
		}
	}
	if n := len(world.Client.Posts()); n != 0 {
		t.Errorf("%d reconnects were sent", n)
	}
	for _, path := range []string{in.Paths.StateDir, in.Paths.CacheDir} {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s was made", path)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(in.Paths.StateDir), ".altv-tray-*")); left != nil {
		t.Errorf("left over: %v", left)
	}
}

func TestRunWithNothing(t *testing.T) {
	in, keyring := inTemp(t)
	in.Settings.Profiles[0].Folder = ""
	in.Settings.Profiles[0].Server = freeAddress(t)
	in.Settings.Client.Folder = ""
	in.System.FindClient = func(string) (string, error) {
		return "", clientfolder.ErrNotFound
	}
	if err := keyring.Clear(t.Context(), "default"); err != nil {
		t.Fatal(err)
	}
	expect(t, Run(t.Context(), in), "tray_app warning", "client_port failure", "server_config warning", "server_up failure")
}

func TestRunWithAnotherProgramOnThePort(t *testing.T) {
	in, _ := inTemp(t)
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<html>a page</html>")
	}))
	t.Cleanup(page.Close)
	in.Settings.Client.Address = page.Listener.Addr().String()
	in.probes.PortOwner = func(_ context.Context, address string) (portowner.Owner, error) {
		if address != in.Settings.Client.Address {
			t.Errorf("asked for the owner of %s", address)
		}
		return portowner.Owner{PID: 4711, Name: "chrome.exe"}, nil
	}
	checks := Run(t.Context(), in)
	expect(t, checks, "tray_app warning", "client_running failure", "client_port failure", "port_owner failure")
	for _, c := range checks {
		if c.ID == "port_owner" && (!strings.Contains(c.Text, "chrome.exe") || !strings.Contains(c.Text, "4711")) {
			t.Errorf("not named: %s", c.Text)
		}
	}
}

func TestRunWithAnotherPassword(t *testing.T) {
	in, keyring := inTemp(t)
	if err := keyring.Set(t.Context(), "default", canary+"-old"); err != nil {
		t.Fatal(err)
	}
	expect(t, Run(t.Context(), in), "tray_app warning", "client_running failure", "client_port failure", "password failure")
}

func TestRunWithTroubleOnBothSides(t *testing.T) {
	in, _ := inTemp(t)
	in.Keyring = unreadable{err: settings.ErrLocked}
	in.Problem = errors.New("settings.toml:3: no such key")
	write(t, filepath.Join(in.Settings.Client.Folder, "altv.toml"), "lastip = \"altv://connect/192.0.2.7?password="+canary+"\"\n")
	write(t, filepath.Join(in.Settings.Profiles[0].Folder, "server.toml"), "password = \""+canary+"\nport = 1\n")
	in.Settings.Profiles[0].Server = freeAddress(t)
	write(t, filepath.Join(in.Paths.StateDir, control.FileName), "nonsense")
	write(t, in.Paths.CacheDir, "a file where a folder should be")
	checks := Run(t.Context(), in)
	expect(t, checks, "settings failure", "folders failure", "tray_app failure",
		"client_debug failure", "client_running failure", "client_port failure",
		"server_config failure", "server_up failure", "wrong_server warning", "keyring failure", "password warning")
}

func gatherAll(t *testing.T, in Input) (all *facts) {
	gather(t.Context(), in, func(f *facts, _ part) { all = f })
	return all
}

// TestKeyringIsNotAsked where no password is needed: it might open a prompt.
func TestKeyringIsNotAsked(t *testing.T) {
	in, _ := inTemp(t)
	in.Keyring = unreadable{err: errors.New("asked")}
	in.Settings.Profiles[0].Password = settings.PasswordNone
	if f := gatherAll(t, in); f.password.asked {
		t.Error("asked, though the profile says none")
	}
	in.Settings.Profiles[0].Password = settings.PasswordKeyring
	write(t, filepath.Join(in.Settings.Profiles[0].Folder, "server.toml"), "debug = true\n")
	if f := gatherAll(t, in); f.password.asked {
		t.Error("asked, though the server has none")
	}
}

// unreadable is a keyring that cannot be read.
type unreadable struct {
	settings.Keyring
	err error
}

func (u unreadable) Get(context.Context, string) (string, error) { return "", u.err }

// silent is a keyring whose prompt nobody answers.
type silent struct{ settings.Keyring }

func (silent) Get(ctx context.Context, _ string) (string, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

func TestRunEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		until := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
		set := settings.Default()
		set.Client.Address, set.Profiles[0].Server = "nonsense", "nonsense" // no real network in here
		probes := system
		probes.OS, probes.Desktop = "linux", func(ctx context.Context) desktopFacts { return desktopFacts{Bus: until(ctx)} }
		start := time.Now()
		seen := map[string]time.Duration{} // when each check was known
		checks := Run(t.Context(), Input{
			Settings: set, Keyring: silent{}, Printer: lang.New("en"),
			Paths:  settings.Paths{Settings: filepath.Join(dir, "settings.toml"), StateDir: dir, CacheDir: dir},
			System: surroundings.RealSystem(),
			probes: probes,
			OnCheck: func(place int, c Check) {
				if seen[c.ID] = time.Since(start); place < 0 || place >= len(examinations) {
					t.Errorf("%s has place %d", c.ID, place)
				}
			},
		})
		for _, c := range checks {
			want := time.Duration(0)
			switch c.ID {
			case "tray_host", "notifications":
				want = lookLimit
			case "keyring", "password":
				want = keyringLimit
			}
			if at, ok := seen[c.ID]; !ok || at != want {
				t.Errorf("%s was known after %v, want %v", c.ID, at, want)
			}
		}
		if took := time.Since(start); took != keyringLimit {
			t.Errorf("took %s, want %s", took, keyringLimit)
		}
		expect(t, checks, "tray_app warning", "client_port failure", "server_up failure", "keyring failure",
			"password warning", "tray_host warning", "notifications warning")
	})
}

func TestUnusableFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "file"), "")
	for _, test := range []struct {
		name string
		try  func(string) error
		path string
		want bool // it can be written
	}{
		{"folder", tryFolder, dir, true},
		{"folder to be made", tryFolder, filepath.Join(dir, "a", "b"), true},
		{"file for a folder", tryFolder, filepath.Join(dir, "file"), false},
		{"under a file", tryFolder, filepath.Join(dir, "file", "b"), false},
		{"log", tryFile, filepath.Join(dir, "file"), true},
		{"no log yet", tryFile, filepath.Join(dir, "missing"), true},
		{"folder for a log", tryFile, dir, false},
	} {
		if err := test.try(test.path); (err == nil) != test.want {
			t.Errorf("%s: %v", test.name, err)
		} else if err != nil && !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: it is not named: %v", test.name, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".altv-tray-*")); left != nil {
		t.Errorf("left over: %v", left)
	}
}
