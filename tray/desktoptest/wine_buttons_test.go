//go:build linux

package desktoptest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

const schemeKey = `HKCU\Software\Classes\altv-tray`

// toast waits for one with that title and gives the codes of its buttons, by what
// stands on them. Under Wine Windows' own way fails, and the library has PowerShell
// show it; the bench is PowerShell there.
func (w *Wine) toast(t *testing.T, title string) map[string]string {
	t.Helper()
	prefix, _, _ := strings.Cut(w.Local, "/drive_c/")
	kept, text := filepath.Join(prefix, "drive_c", "toast.ps1"), ""
	Until(t, 20*time.Second, "a toast with the title "+title, func() (bool, string) {
		data, err := os.ReadFile(kept)
		text = string(data)
		return err == nil && strings.Contains(text, "CDATA["+title+"]"), text
	})
	codes := map[string]string{}
	for _, found := range regexp.MustCompile(`<action activationType="protocol" content="([^"]*)" arguments="altv-tray:([A-Z2-7]{26})" />`).FindAllStringSubmatch(text, -1) {
		codes[found[1]] = found[2]
	}
	if err := os.Remove(kept); err != nil {
		t.Fatal(err)
	}
	return codes
}

// Windows calls the program for the buttons of toasts: a code does its one action
// once; nothing else does anything.
func TestDesktopWineButtons(t *testing.T) {
	exe, com := needWindows(t)
	w := StartWine(t)
	if result := w.Run(t, "", "winecfg", "/v", "win10"); result.Code != 0 { // those before have no toasts
		t.Fatal(result)
	}
	bench, err := winBench()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(bench)
	if err != nil {
		t.Fatal(err)
	}
	prefix, _, _ := strings.Cut(w.Local, "/drive_c/")
	shell := filepath.Join(prefix, "drive_c/windows/system32/WindowsPowerShell/v1.0/powershell.exe")
	if err := os.Remove(shell); err != nil { // it is a link to every prefix's
		t.Fatal(err)
	}
	writeFile(t, shell, string(program))

	port, server := StartPort(t, "MAIN_MENU"), StartGameServer(t)
	port.Script(Joins...)
	text := func(automatic bool) string {
		return settings(port, server, automatic, "on_launch = false\ndelay = \"10m\"\n") + "password = \"none\"\n"
	}
	writeFile(t, w.SettingsFile(), text(false))
	app := w.StartTray(t, exe)
	w.WaitLog(t, 0, 10*time.Second, "client_changed", "MAIN_MENU")
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(w.Log(t))
		}
	})
	if r := w.Run(t, "", "reg", "query", schemeKey+`\shell\open\command`, "/ve"); !strings.Contains(r.Stdout, `\altv-tray.exe" "%1"`) {
		t.Errorf("the scheme's command: %v", r)
	}
	// Windows looks there by itself; Wine only where the whole computer's are.
	if r := w.Run(t, "", "reg", "copy", schemeKey, `HKLM\Software\Classes\altv-tray`, "/s", "/f"); r.Code != 0 {
		t.Fatal(r)
	}
	mark := w.LogEnd(t)
	call := func(address string) {
		t.Helper()
		before := len(w.LogLines(t, mark, "by=notification")) + len(w.LogLines(t, mark, "button_not_in_force"))
		if r := w.Run(t, "", "start", address); r.Code != 0 {
			t.Errorf("start %s: %v", address, r)
		}
		Until(t, 10*time.Second, "the app has heard of it", func() (bool, string) {
			return len(w.LogLines(t, mark, "by=notification"))+len(w.LogLines(t, mark, "button_not_in_force")) > before, w.Log(t)
		})
	}

	port.Set("LOADING")
	w.WaitLog(t, mark, 10*time.Second, "client_changed", "LOADING")
	port.Set("MAIN_MENU")
	ready := w.toast(t, "alt:V is in the main menu")
	if len(ready) != 1 {
		t.Fatalf("its buttons: %q", ready)
	}
	call("altv-tray:AAAAAAAAAAAAAAAAAAAAAAAAAA")
	call("altv-tray:reconnect")
	if sent := port.Reconnects(); len(sent) > 0 {
		t.Errorf("made-up codes sent %+v", sent)
	}
	call("altv-tray:" + ready["Reconnect now"])
	port.WaitReconnects(t, 1, 10*time.Second)
	w.WaitLog(t, mark, 10*time.Second, "reconnect_joined")
	call("altv-tray:" + ready["Reconnect now"])
	port.WaitPolls(t, 3)
	if sent := port.Reconnects(); len(sent) != 1 {
		t.Errorf("a code was good more than once: %+v", sent)
	}
	// An address that breaks out of its quotes.
	if r := w.Run(t, "", exe, "altv-tray:x", "quit"); r.Code != 0 || r.Stdout+r.Stderr != "" {
		t.Errorf("called with more than an address: %v", r)
	}

	mark = w.LogEnd(t)
	writeFile(t, w.SettingsFile(), text(true))
	w.WaitLog(t, mark, 10*time.Second, "settings_changed")
	server.Down()
	w.WaitLog(t, mark, 10*time.Second, "server_changed", "state=down")
	server.Up(t)
	codes := w.toast(t, "Reconnecting in 10 min")
	if len(codes) != 2 {
		t.Fatalf("its buttons: %q", codes)
	}
	call("altv-tray:" + codes["Cancel"])
	w.WaitLog(t, mark, 5*time.Second, "reconnect_cancelled", "reason=cancelled")
	call("altv-tray:" + codes["Pause 1 hour"])
	if paused := w.LogLines(t, mark, "msg=paused"); len(paused) > 0 {
		t.Errorf("a button of a notification that was used already: %q", paused)
	}

	if !app.Running() || len(w.LogLines(t, 0, "name=quit")) > 0 {
		t.Errorf("the app was ended:\n%s", w.Log(t))
	}
	for _, code := range []string{ready["Reconnect now"], codes["Cancel"]} {
		if strings.Contains(w.Log(t), code) {
			t.Errorf("the log has the code %s", code)
		}
	}
	if r := w.Run(t, "", com, "clean"); r.Code != 0 {
		t.Errorf("clean: %v", r)
	}
	for _, key := range []string{schemeKey, `HKCU\Software\Classes\AppUserModelId\altv-tray`} {
		if r := w.Run(t, "", "reg", "query", key); r.Code == 0 {
			t.Errorf("clean has left %v", r)
		}
	}
}
