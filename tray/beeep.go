package tray

import (
	"strings"
	"sync"

	"github.com/gen2brain/beeep"

	"altv-tray/assets"
	"altv-tray/settings"
	"altv-tray/settings/sessionbus"
	"altv-tray/tray/lang"
)

// AppID is the name under which notifications come. Windows keeps it in the
// registry under HKCU\Software\Classes\AppUserModelId.
const AppID = "altv-tray"

// beeepTeller is the one place that knows beeep.
type beeepTeller struct {
	icons *iconFiles
	once  sync.Once
}

func (b *beeepTeller) tell(n notice) error {
	// Without a bus, asking for one would start a daemon that nobody ends.
	if err := sessionbus.Available(); err != nil {
		return err
	}
	b.once.Do(func() { beeep.AppName = AppID })
	path, err := b.icons.picture(n.icon)
	if err != nil {
		// An empty icon is an error on Windows; without a cache folder there
		// is no other.
		path = string(assets.App)
	}
	return beeep.Notify(toast(n.title), toast(n.body), path)
}

// toast keeps what comes from outside from being read as markup: Windows'
// toast is XML in a CDATA section, and its fallback a PowerShell script.
func toast(text string) string {
	return strings.NewReplacer("]]>", "]] >", "$", "＄", "`", "'").Replace(plain(text))
}

// TellRunning shows that the app runs already, for a program that has neither a
// tray nor a terminal to say it.
func TellRunning(language settings.Language) {
	paths, err := settings.DefaultPaths()
	if err != nil {
		return
	}
	b := beeepTeller{icons: newIconFiles(paths.CacheDir)}
	t := lang.New(string(language))
	_ = b.tell(notice{t.T("notice.running_title"), t.T("notice.running_body"), assets.App}) // there is nobody left to tell
}
