package tray

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"altv-tray/monitor/simulator"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// runningIn has the world's server found in a folder with that password in its
// server.toml.
func runningIn(t *testing.T, o *Options, w *simulator.World, password string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	host, port, _ := net.SplitHostPort(w.Server.Addr())
	text := fmt.Sprintf("host = %q\nport = %s\npassword = %q\ndebug = true\n", host, port, password)
	if err := os.WriteFile(filepath.Join(folder, "server.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o.System.FindServerFolder = func(_ context.Context, address string) string {
		if address != w.Server.Addr() {
			t.Errorf("a server at %s is looked for", address)
		}
		return folder
	}
	return folder
}

// A server whose folder is found wants a password, and none is stored: nothing is
// sent, and its own is offered. The folder is used for nothing else until the user
// takes it.
func TestServersFolderIsFoundAndOffered(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{Password: "geheim"})
	inMenu(t, w)
	var folder string
	f := newFixture(t, w, settingsText(w, "keyring", ""), func(o *Options) {
		folder = runningIn(t, o, w, "geheim")
	}).run()
	f.logged("server_folder_found")
	eventually(t, "it is offered", func() bool {
		return f.surroundings.Facts().FoundFolder == folder && f.surroundings.Facts().ServerHasPassword
	})
	w.Server.Restart(0)
	if body := f.notice("Not reconnected"); !strings.Contains(body, "Take from server.toml") {
		t.Errorf("told %q", body)
	}
	if posts := w.Client.Posts(); len(posts) != 0 {
		t.Errorf("sent %+v", posts)
	}
	f.click(row("password_take"))
	f.notice("Password stored")
	f.click(row("reconnect"))
	eventually(t, "joined", func() bool { return w.Client.Joins() == 1 })

	if text, err := os.ReadFile(f.Store.File()); err != nil || strings.Contains(string(text), folder) {
		t.Errorf("the settings are %q, %v", text, err)
	}
	f.panel.label(row("server_folder"), "Use the server’s folder "+filepath.Base(folder))
	f.click(row("server_folder"))
	if body := f.notice("The server’s folder is known now"); !strings.Contains(body, folder) {
		t.Errorf("told %q", body)
	}
	if p := f.Store.Current().Active(); p.Folder != folder {
		t.Errorf("the profile has the folder %q, want %q", p.Folder, folder)
	}
	f.panel.until("it is offered no more", func(v view.View) bool { return v.Rows[row("server_folder")].Label == "" })
	f.panel.until("the same server", func(v view.View) bool { return v.Rows[row("server")].Label == "Server: ready" })
	w.Server.Restart(0)
	eventually(t, "joined again", func() bool { return w.Client.Joins() == 2 })
}

// One that is found to have no password is sent none, and the keyring is not asked.
func TestFoundServerWithoutAPassword(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "keyring", manual), func(o *Options) {
		o.Keyring.(*fakeKeyring).fail(settings.ErrLocked)
		runningIn(t, o, w, "")
	}).run()
	f.panel.until("ready", func(v view.View) bool { return v.Rows[row("server")].Label == "Server: ready" })
	f.click(row("reconnect"))
	eventually(t, "joined", func() bool { return w.Client.Joins() == 1 })
}

// What is found nowhere is an error that says so, and no reconnect waits for it.
func TestServersFolderIsNotFound(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	looks := make(chan struct{}, 64)
	f := newFixture(t, w, settingsText(w, "keyring", ""), func(o *Options) {
		o.System.FindServerFolder = func(context.Context, string) string { looks <- struct{}{}; return "" }
	}).run()
	f.panel.until("ready", func(v view.View) bool { return v.Rows[row("server")].Label == "Server: ready" })
	<-looks
	for n := range 3 {
		w.Server.Restart(0)
		eventually(t, "joined", func() bool { return w.Client.Joins() == n+1 })
		<-looks // for the start, and not for the reconnect
	}
	if n := len(looks); n != 0 {
		t.Errorf("%d looks too many", n)
	}
	if f.surroundings.Facts().FoundFolder != "" {
		t.Errorf("offered: %+v", f.surroundings.Facts())
	}
	if came := <-f.doer.Do(action.UseServerFolder{}, "menu").Done; !came.Failed || !strings.Contains(came.Body, w.Server.Addr()) {
		t.Errorf("told %+v", came)
	}
}
