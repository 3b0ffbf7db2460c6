//go:build linux

package desktoptest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The state folder of the running app is deleted. It stays the only app, one restart
// makes one request, and its files come back.
func TestDesktopWineOneApp(t *testing.T) {
	exe, com := needWindows(t)
	w := StartWine(t)
	port, server := StartPort(t, "IN_GAME"), StartGameServer(t)
	writeFile(t, w.SettingsFile(), settings(port, server, true, "")+quiet)
	if result := w.Run(t, Password+"\n", com, "password", "set"); result.Code != 0 {
		t.Fatalf("altv-tray.com password set: %v", result)
	}
	app := w.StartTray(t, exe)
	w.WaitLog(t, 0, 20*time.Second, "server_changed", "state=ready")
	again := func(program string) {
		t.Helper()
		if result := w.Run(t, "", program, "run"); result.Code != 0 || !strings.Contains(result.Stderr, "running already") {
			t.Errorf("a second start: %v", result)
		}
	}
	again(com)
	if err := os.RemoveAll(filepath.Dir(w.StateFile("x"))); err != nil {
		t.Fatal(err)
	}
	again(com)
	Until(t, 15*time.Second, "control.json and the log are back", func() (bool, string) {
		_, err := os.Stat(w.StateFile("control.json"))
		return err == nil && len(w.LogLines(t, 0, "files_put_back")) == 1, w.Log(t)
	})
	again(com)
	// A portable copy has a state folder of its own, and the same client.
	copied := filepath.Join(shortDir(t), "altv-tray.com")
	program, err := os.ReadFile(com)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, copied, string(program))
	writeFile(t, filepath.Join(filepath.Dir(copied), "portable"), "")
	writeFile(t, filepath.Join(filepath.Dir(copied), "settings.toml"), settings(port, server, true, ""))
	again(copied)
	if result := w.Run(t, "", copied, "quit"); result.Code != 3 {
		t.Errorf("the copy quits: %v, want that none of its own runs", result)
	}

	port.Script(Joins...)
	mark := w.LogEnd(t)
	server.Down()
	w.WaitLog(t, mark, 20*time.Second, "server_changed", "state=down")
	port.Set("MAIN_MENU")
	server.Up(t)
	w.WaitLog(t, mark, 20*time.Second, "reconnect_joined")
	port.WaitPolls(t, 4)
	if sent := port.Reconnects(); len(sent) != 1 || sent[0].Body != Password {
		t.Errorf("sent: %+v", sent)
	}
	if box := w.Screen.OtherIcons(t); !box.Empty() {
		t.Errorf("there is more than one icon: %v", box)
	}
	if result := w.Run(t, "", com, "quit"); result.Code != 0 {
		t.Errorf("quit: %v", result)
	}
	if code := app.Wait(t, 10*time.Second); code != 0 {
		t.Errorf("it ended with %d", code)
	}
}
