//go:build linux

package desktoptest

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The Windows build serves its page to a browser: opened by the command, looked at,
// clicked, and reconnected there. Loopback is the same for both.
func TestDesktopWinePage(t *testing.T) {
	Need(t, "chromium")
	exe, com := needWindows(t)
	w := StartWine(t)
	port := StartPort(t, "MAIN_MENU")
	port.Script(Joins...)
	server := StartGameServer(t)
	writeFile(t, w.SettingsFile(), settings(port, server, false, "")+"password = \"none\"\n"+quiet)
	w.Start(t, "", exe)
	w.WaitLog(t, 0, 20*time.Second, "client_changed", "MAIN_MENU")
	if result := w.Run(t, "", com, "open"); result.Code != 0 {
		t.Fatalf("altv-tray.com open: %v", result)
	}
	page := StartBrowser(t)
	page.Do(chromedp.Navigate(w.Sent.Address(t)))
	// There has been no reconnect, so it begins with the set-up of this system.
	page.Reads(".steps .check", "alt:V was not found")
	page.Reads(".check", "alt:V answers on "+port.Address)
	PageValue[any](page, `location.hash = "now"`)
	page.Reads(".client .big", "Main menu")
	page.Do(chromedp.Click(chromedp.CSS("#go")))
	port.WaitReconnects(t, 1, 10*time.Second)
	page.Reads(".client .big", "In game")
	page.Reads(".last", "Last reconnect: ")

	// A change that is written to this system's file.
	mark := w.LogEnd(t)
	page.Do(chromedp.Click(chromedp.CSS("#automatic")))
	w.WaitLog(t, mark, 10*time.Second, "settings_changed", "automatic=true")
	page.Sees(`document.getElementById("automatic").checked`)
	PageValue[any](page, `location.hash = "log"`)
	page.Reads(".lines li", "settings_changed")
}
