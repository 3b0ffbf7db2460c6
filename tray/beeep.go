package tray

import (
	"strings"
	"sync"

	"github.com/gen2brain/beeep"

	"altv-tray/assets"
	"altv-tray/settings"
	"altv-tray/settings/sessionbus"
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

// Tell shows one notification, for a program that has neither a tray nor a
// terminal to say it.
func Tell(title, body string) {
	paths, err := settings.DefaultPaths()
	if err != nil {
		return
	}
	b := beeepTeller{icons: newIconFiles(paths.CacheDir)}
	_ = b.tell(notice{title, body, assets.App}) // there is nobody left to tell
}
