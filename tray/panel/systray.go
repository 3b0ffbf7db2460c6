package panel

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"sync"

	"fyne.io/systray"

	"altv-tray/assets"
	"altv-tray/tray/view"
)

// systrayPanel is the only user of fyne.io/systray, whose state is global.
type systrayPanel struct {
	cache  string // the folder for the icons' files
	log    *slog.Logger
	clicks chan view.RowID
	items  []*systray.MenuItem // by RowID; nil: not made yet
	begun  bool
	built  sync.Once
	bus    bus

	session Session
	ctx     context.Context // ends with Quit
	quit    context.CancelFunc

	mu     sync.Mutex // guards what follows, and items once the menu is built
	shown  view.View
	latest view.View // what to show; another one than shown while there is no bus
}

// systrayFuncs are systray's functions for the loops, as only this file knows systray.
type systrayFuncs struct {
	run   func(ready, exit func())
	start func(ready, exit func()) (start, end func())
	quit  func()
}

// Session is what the panel calls, on Windows, when something happens to the user's session.
type Session struct {
	Ends    func() // at logoff or shutdown; the process ends when it returns, or after five seconds
	Changes func() // when the session is locked, unlocked or connected; it must not block
}

// New makes the panel of this desktop, which keeps its icons' files in a folder of the cache.
func New(cacheDir string, log *slog.Logger, session Session) Panel {
	p := &systrayPanel{
		cache: cacheDir, log: log, session: session,
		clicks: make(chan view.RowID, 16), items: make([]*systray.MenuItem, view.RowCount()),
	}
	p.ctx, p.quit = context.WithCancel(context.Background())
	return p
}

func (p *systrayPanel) Clicks() <-chan view.RowID { return p.clicks }

func (p *systrayPanel) Run(first view.View, ready func()) (err error) {
	defer func() {
		// Without a bus, Quit runs into a nil connection.
		if r := recover(); r != nil {
			err = fmt.Errorf("the system tray broke: %v", r)
		}
	}()
	if !p.begun {
		p.begun = true
		p.shown, p.latest = first, first
		// Its name in the panel is the title that it has before it runs.
		systray.SetTitle("altv-tray")
		if runtime.GOOS != "windows" {
			// On Linux the item is registered with its icon; Windows takes one only later.
			p.setIcon(&first)
			systray.SetTooltip(first.Tooltip)
		}
	}
	return p.loop(systrayFuncs{systray.Run, systray.RunWithExternalLoop, systray.Quit}, func() {
		p.built.Do(func() {
			p.watchSession()
			p.build(&first)
			if runtime.GOOS == "windows" {
				p.setIcon(&first)
				systray.SetTooltip(first.Tooltip)
			}
			ready()
		})
	})
}

func (p *systrayPanel) Quit() { p.quit() }

// build makes the menu, once and for good: systray's bookkeeping grows with each row
// that is added and removed. A row that may come later is made in its place, and
// hidden.
func (p *systrayPanel) build(v *view.View) {
	for i, r := range v.Rows {
		id := view.RowID(i)
		at := view.PlaceOf(id)
		if view.IsProfile(id) && r.Label == "" {
			continue
		}
		if at.Separator {
			systray.AddSeparator()
		}
		p.make(id, r)
	}
	// Only now: on Windows a hidden row cannot get a submenu.
	for i, r := range v.Rows {
		if item := p.items[i]; item != nil && r.Label == "" {
			item.Hide()
		}
	}
}

func (p *systrayPanel) make(id view.RowID, r view.Row) {
	item := p.add(id, r)
	if !r.Enabled {
		item.Disable()
	}
	p.items[id] = item
	go func() {
		// systray drops a click that nothing waits for.
		for range item.ClickedCh {
			p.clicks <- id
		}
	}()
}

// menuItem is a systray.MenuItem, each of whose methods sends something to the desktop.
type menuItem interface {
	SetTitle(label string)
	Enable()
	Disable()
	Check()
	Uncheck()
	Hide()
	Show()
}

// change tells a row what is new in it. Nothing else is said of a hidden row: on Windows any word
// of it would show it. One that is shown again has what it had before.
func change(item menuItem, was, is view.Row) {
	again := was.Label == ""
	switch {
	case is == was:
		return
	case is.Label == "":
		item.Hide()
		return
	}
	if again || is.Label != was.Label || is.Mnemonic != was.Mnemonic {
		item.SetTitle(labelOf(is, runtime.GOOS == "windows"))
	}
	if again || is.Enabled != was.Enabled {
		call(is.Enabled, item.Enable, item.Disable)
	}
	if again || is.Checked != was.Checked {
		call(is.Checked, item.Check, item.Uncheck)
	}
	if again {
		item.Show()
	}
}

func call(on bool, yes, no func()) {
	if on {
		yes()
	} else {
		no()
	}
}

func (p *systrayPanel) add(id view.RowID, r view.Row) *systray.MenuItem {
	at, label := view.PlaceOf(id), labelOf(r, runtime.GOOS == "windows")
	switch {
	case at.Parent == id && at.Checkable:
		return systray.AddMenuItemCheckbox(label, "", r.Checked)
	case at.Parent == id:
		return systray.AddMenuItem(label, "")
	case at.Checkable:
		return p.items[at.Parent].AddSubMenuItemCheckbox(label, "", r.Checked)
	}
	return p.items[at.Parent].AddSubMenuItem(label, "")
}

// Show tells systray what is new, if that can be reached; what fails is repeated by the next Show.
func (p *systrayPanel) Show(to *view.View) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.latest = *to
	defer func() { // setting an icon panics if the bus has just gone
		if r := recover(); r != nil {
			p.log.Warn("panel_not_told", "error", r)
		}
	}()
	if !p.bus.live() {
		return
	}
	was, is := &p.shown, &p.latest
	if was.Icon != is.Icon || was.Overlay != is.Overlay || was.Theme != is.Theme {
		p.setIcon(is)
	}
	if was.Tooltip != is.Tooltip {
		systray.SetTooltip(is.Tooltip)
	}
	for i, row := range is.Rows {
		switch item := p.items[i]; {
		case item != nil:
			change(item, was.Rows[i], row)
		case row.Label != "": // of a profile, and needed for the first time
			p.make(view.RowID(i), row)
		}
	}
	if p.bus.live() {
		p.shown = *is
	}
}

// setIcon passes systray a file of our own on Windows. Otherwise, or if our file cannot
// be written, systray writes each icon to a temporary one.
func (p *systrayPanel) setIcon(v *view.View) {
	if runtime.GOOS == "windows" {
		path, err := trayFile(p.cache, v.Icon, v.Overlay, v.Theme)
		if err == nil {
			err = systray.SetIconFromFilePath(path)
		}
		if err == nil {
			return
		}
		p.log.Error("icon_not_shown", "icon", string(v.Icon), "error", err)
	}
	systray.SetIcon(assets.Tray(v.Icon, v.Overlay, v.Theme))
}
