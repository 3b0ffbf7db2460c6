package tray

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"altv-tray/monitor/folder/foldertest"
	"altv-tray/monitor/simulator"
)

// A server's folder that is silent already when the app starts: the profile's own
// address counts until the folder answers, and then what server.toml says.
func TestSilentServerFolder(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{Password: "pw"})
	inMenu(t, w)
	host, port, err := net.SplitHostPort(w.Server.Addr())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	text := fmt.Sprintf("host = %q\nport = %s\npassword = \"pw\"\n", host, port)
	if err := os.WriteFile(filepath.Join(dir, "server.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	answers := foldertest.Silence(t, dir)
	elsewhere := net.JoinHostPort("127.255.255.254", port) // nobody listens there
	set := strings.ReplaceAll(settingsText(w, "keyring", manual), w.Server.Addr(), elsewhere) + fmt.Sprintf("folder = '%s'\n", dir)
	f := newFixture(t, w, set)
	if err := f.keys.Set(t.Context(), "default", "pw"); err != nil {
		t.Fatal(err)
	}
	f.run().panel.label(row("server"), "Server: down · its folder does not answer")
	f.click(row("password_take"))
	f.notice("The password was not taken from server.toml")
	f.click(row("reconnect"))
	eventually(t, "joined", func() bool { return w.Client.Joins() == 1 })
	answers()
	f.surroundings.Refresh()
	f.panel.label(row("server"), "Server: ready")

	// What it said counts when it is silent again.
	foldertest.Silence(t, dir)
	f.surroundings.Refresh()
	f.panel.label(row("server"), "Server: ready · its folder does not answer")
	f.write(f.Store.File(), strings.Replace(set, "# mine", "# mine, and changed", 1)+"[notifications]\nready = false\n")
	f.logged("settings_changed")
	if err := w.Command("server down"); err != nil {
		t.Fatal(err)
	}
	f.panel.label(row("server"), "Server: down · its folder does not answer")
	if err := w.Command("server up"); err != nil {
		t.Fatal(err)
	}
	f.panel.label(row("server"), "Server: ready · its folder does not answer")
	f.click(row("quit"))
	f.end()
}
