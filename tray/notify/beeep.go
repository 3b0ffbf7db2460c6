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

// AppID is the name under which notifications come. Windows keeps it in the
// registry under HKCU\Software\Classes\AppUserModelId.
const AppID = "altv-tray"

func init() { beeep.AppName = AppID }

// Beeep returns the way to show a notice with the desktop's own notifications.
// This is the one place that knows beeep.
func Beeep(icons *panel.IconFiles) func(view.Notice) error {
	return func(n view.Notice) error {
		path, err := icons.Picture(n.Icon)
		if err != nil {
			// An empty icon is an error on Windows; without a cache folder there
			// is no other.
			path = string(assets.App)
		}
		return beeep.Notify(clean(n.Title), clean(n.Body), path)
	}
}

// clean keeps what comes from outside from being read as markup: Windows'
// toast is XML in a CDATA section, and its fallback a PowerShell script.
func clean(text string) string {
	return strings.NewReplacer("]]>", "]] >", "$", "＄", "`", "'").Replace(view.Plain(text))
}

// attribute is for what the library puts into an attribute of that XML as it is.
func attribute(text string) string {
	return strings.NewReplacer("$", "&#36;", "`", "&#96;").Replace(html.EscapeString(text))
}

// AlreadyRunning shows that the app runs already, for a program that has neither
// a tray nor a terminal to say it.
func AlreadyRunning(language settings.Language) {
	paths, err := settings.DefaultPaths()
	if err != nil {
		return
	}
	t := lang.New(string(language))
	n := view.Notice{Title: t.T("notice.running_title"), Body: t.T("notice.running_body"), Icon: assets.App}
	_ = Beeep(panel.NewIconFiles(paths.CacheDir))(n) // there is nobody left to tell
}
