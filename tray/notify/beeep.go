package notify

import (
	"html"
	"strings"

	"github.com/gen2brain/beeep"

	"altv-tray/assets"
	"altv-tray/settings"
	"altv-tray/tray/lang"
	"altv-tray/tray/panel"
	"altv-tray/tray/view"
)

// AppID is the name of the app in notifications. On Windows, beeep writes it to the registry under
// HKCU\Software\Classes\AppUserModelId.
const AppID = "altv-tray"

func init() { beeep.AppName = AppID }

// showByBeeep shows a notice without its buttons. No other file imports beeep.
func showByBeeep(cacheDir string, n view.Notice) error {
	path, err := panel.Picture(cacheDir, n.Icon)
	if err != nil {
		path = string(assets.App) // an empty path is an error on Windows
	}
	return beeep.Notify(clean(n.Title), clean(n.Body), path)
}

// clean replaces what would be markup in a text: a toast of Windows is XML with CDATA sections, and
// if Windows refuses it, the library shows it with a PowerShell script.
func clean(text string) string {
	return strings.NewReplacer("]]>", "]] >", "$", "＄", "`", "'").Replace(view.OneLine(text))
}

// attribute escapes a text for an attribute of that XML, as the library does not.
func attribute(text string) string {
	return strings.NewReplacer("$", "&#36;", "`", "&#96;").Replace(html.EscapeString(text))
}

// AlreadyRunning shows a notification that the app is already running. A second start without a terminal
// calls it.
func AlreadyRunning(language settings.Language) {
	paths, err := settings.DefaultPaths()
	if err != nil {
		return
	}
	t := lang.New(string(language))
	n := view.Notice{Title: t.T("notice.running_title"), Body: t.T("notice.running_body"), Icon: assets.App}
	_ = showByBeeep(paths.CacheDir, n) // there is no other way to report it
}
