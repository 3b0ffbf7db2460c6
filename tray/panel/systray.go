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

// systrayPanel is a Panel. No other file uses fyne.io/systray, whose state is global.
type systrayPanel struct {
	cache   string // the folder for the icons' files
	log     *slog.Logger
	clicks  chan view.RowID
	items   []*systray.MenuItem // by RowID; nil: not made yet
	started bool
	built   sync.Once
	bus     bus

	endSession func()          // see New
	ctx        context.Context // ends with Quit
	quit       context.CancelFunc

	mu     sync.Mutex // guards the fields below, and items once the menu is built
	shown  view.View
	latest view.View // what shown will be when the bus is back
}

// systrayFuncs are the functions of systray that the loops call.
type systrayFuncs struct {
	run   func(ready, exit func())
	start func(ready, exit func()) (start, end func())
	quit  func()
}

// New makes the panel of this desktop. It writes the icons' files to a folder of the cache. On Windows
// it calls endSession at logoff or shutdown; Windows ends the process when that returns, or after five
// seconds.
func New(cacheDir string, log *slog.Logger, endSession func()) Panel {
	p := &systrayPanel{
		cache: cacheDir, log: log, endSession: endSession,
		clicks: make(chan view.RowID, 16), items: make([]*systray.MenuItem, view.RowCount()),
	}
	p.ctx, p.quit = context.WithCancel(context.Background())
	return p
}

func (p *systrayPanel) Clicks() <-chan view.RowID { return p.clicks }

func (p *systrayPanel) Run(first view.View, ready func()) (err error) {
	defer func() {
		// Without a bus, systray's Quit uses a nil connection.
		if r := recover(); r != nil {
			err = fmt.Errorf("the system tray broke: %v", r)
		}
	}()
	if !p.started {
		p.started = true
		p.shown, p.latest = first, first
		// The title that is set before systray runs is the item's name in the panel.
		systray.SetTitle("altv-tray")
		if runtime.GOOS != "windows" {
			// Linux registers the item with its icon; Windows accepts an icon only later.
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

// build makes the menu. It makes each row only once, as systray's memory grows with each row that is
// added and removed. A row that may be needed later is made now, and hidden.
func (p *systrayPanel) build(v *view.View) {
	for i, r := range v.Rows {
		id := view.RowID(i)
		if view.IsProfile(id) && r.Label == "" {
			continue
		}
		if view.PlaceOf(id).Separator {
			systray.AddSeparator()
		}
		p.add(id, r)
	}
	// Rows are hidden only now: on Windows a hidden row cannot get a submenu.
	for i, r := range v.Rows {
		if item := p.items[i]; item != nil && r.Label == "" {
			item.Hide()
		}
	}
}

func (p *systrayPanel) add(id view.RowID, r view.Row) {
	item := p.newItem(id, r)
	if !r.Enabled {
		item.Disable()
	}
	p.items[id] = item
	go func() {
		// systray drops a click unless something is receiving it.
		for range item.ClickedCh {
			p.clicks <- id
		}
	}()
}

// menuItem is a systray.MenuItem. Each of its methods sends something to the desktop.
type menuItem interface {
	SetTitle(label string)
	Enable()
	Disable()
	Check()
	Uncheck()
	Hide()
	Show()
}

// change updates what has changed in a row. It does not update a hidden row, as on Windows any update
// would show the row. A row that is shown again gets everything.
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

func (p *systrayPanel) newItem(id view.RowID, r view.Row) *systray.MenuItem {
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

// Show updates what has changed, if there is a bus. The next Show repeats what has failed.
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
		case row.Label != "": // a profile's row that is needed for the first time
			p.add(view.RowID(i), row)
		}
	}
	if p.bus.live() {
		p.shown = *is
	}
}

// setIcon shows an icon. On Windows it passes the path of our own file, if that can be written:
// systray would write a temporary file for each icon.
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
