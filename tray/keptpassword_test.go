package tray

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"altv-tray/monitor/simulator"
	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// goesTo has the app find a client that was last on that server.
func (f *fixture) goesTo(lastip string) {
	f.t.Helper()
	folder := filepath.Join(f.dir, "altv")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		f.t.Fatal(err)
	}
	f.write(filepath.Join(folder, "altv.toml"), "debug = true\nlastip = \""+lastip+"\"\n")
	f.find = func(string) (string, error) {
		return folder, nil
	}
}

// serverFolder has the profile name a folder with that server.toml, and nothing
// happen by itself; it returns the file.
func (f *fixture) serverFolder(text string) (file string) {
	f.t.Helper()
	folder := filepath.Join(f.dir, "server")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		f.t.Fatal(err)
	}
	file = filepath.Join(folder, "server.toml")
	f.write(file, text)
	f.write(f.Store.File(), "[client]\naddress = \""+f.world.Client.Addr()+"\"\n"+manual+"[[profiles]]\nname = \"default\"\nfolder = '"+folder+"'\n")
	return file
}

// A restart does not send a client, and the password with it, to a server on
// another computer; a click does, and either way it is said where it goes.
func TestClientOfAnotherServerIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{Password: "pw"})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "keyring", ""))
	if err := f.keys.Set(t.Context(), "default", "pw"); err != nil {
		t.Fatal(err)
	}
	f.goesTo("203.0.113.7:7788")
	f.run().panel.until("where it goes", func(v view.View) bool {
		return strings.Contains(v.Rows[row("server")].Label, "203.0.113.7:7788") && strings.HasPrefix(v.Rows[row("server")].Label, "Server: ready")
	})
	w.Server.Restart(0)
	if body := f.notice("alt:V goes to another server"); !strings.Contains(body, "203.0.113.7:7788") {
		t.Errorf("told %q", body)
	}
	f.logged("reconnect_held")
	if n := len(w.Client.Posts()); n != 0 {
		t.Fatalf("%d sent by itself", n)
	}
	f.click(row("reconnect"))
	eventually(t, "joined", func() bool { return w.Client.Joins() == 1 })
}

// On this computer it may be the wrong server, but nothing gets out: it is said,
// and sent.
func TestClientOfANeighbourIsSent(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", ""))
	f.goesTo("127.0.0.1:1")
	f.run().panel.until("where it goes", func(v view.View) bool {
		return strings.Contains(v.Rows[row("server")].Label, "127.0.0.1:1") && strings.HasPrefix(v.Rows[row("server")].Label, "Server: ready")
	})
	w.Server.Restart(0)
	f.notice("alt:V goes to another server")
	eventually(t, "joined", func() bool { return w.Client.Joins() == 1 })
}

// Once the keyring was read, the menu follows what it holds against what the
// server wants, with no reconnect in between.
func TestMenuFollowsTheStoredPassword(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, "")
	server := f.serverFolder("password = \"one\"\ndebug = true\n")
	f.run()
	f.answers("one", nil)
	f.panel.label(row("state"), "alt:V: Main menu")
	f.click(row("password_set"))
	f.notice("Password stored")
	f.panel.until("the same", func(v view.View) bool {
		return v.Rows[row("password_clear")].Enabled && v.Rows[row("password_kept")].Label == "" && v.Rows[row("password_take")].Enabled
	})
	f.write(server, "password = \"another\"\ndebug = true\n")
	f.surroundings.Refresh()
	f.panel.label(row("password_kept"), "The stored one differs")
	f.click(row("password_take"))
	f.panel.until("the same again", func(v view.View) bool { return v.Rows[row("password_kept")].Label == "" })
	if got, _ := f.keys.Get(t.Context(), "default"); got != "another" {
		t.Errorf("the keyring holds %q", got)
	}
	f.click(row("password_clear"))
	f.panel.until("nothing to clear", func(v view.View) bool {
		return !v.Rows[row("password_clear")].Enabled && v.Rows[row("password_kept")].Label == "None is stored, server.toml has one"
	})
	f.click(row("reconnect"))
	f.notice("Not reconnected")
	f.panel.label(row("last"), "Last reconnect failed: no password is stored")
}

func TestMenuSaysThatTheSettingsAreBroken(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", ""))
	f.run().panel.label(row("settings"), "Open settings")
	f.write(f.Store.File(), "attempts = \n")
	f.panel.label(row("settings"), "Open settings · not in force")
	f.write(f.Store.File(), settingsText(w, "none", manual))
	f.panel.until("in force", func(v view.View) bool {
		return v.Rows[row("settings")].Label == "Open settings" && !v.Rows[row("automatic")].Checked
	})
}

// Debug mode is switched on in both sides' settings. Where they are broken the reason is said, and
// they stay as they are.
func TestDebugModeIsSwitchedOn(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual))
	client := filepath.Join(t.TempDir(), "altv.toml")
	f.find = func(string) (string, error) { return filepath.Dir(client), nil }
	f.write(client, "debug = false")
	server := f.serverFolder("debug = false")
	f.run()
	eventually(t, "both folders are known", func() bool {
		return f.surroundings.Facts().ClientFolder != "" && f.Store.Current().Active().Folder != ""
	})
	for file, a := range map[string]action.Action{client: action.SwitchDebugOn{}, server: action.SwitchServerDebugOn{}} {
		for _, text := range []string{"debug = false # mine", "port = 'x'\ndebug.x = 1"} {
			f.write(file, text)
			answer := <-f.doer.Do(a, action.ByDashboard).Done
			got, err := os.ReadFile(file)
			want := strings.Replace(text, "= false", "= true", 1)
			if err != nil || string(got) != want || answer.Failed != (want == text) || !answer.Failed && answer.Title == "" {
				t.Errorf("%T: %q became %q, %v, and the answer is %+v", a, text, got, err, answer)
			}
		}
	}
}
