package panel

import (
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
	icons  *IconFiles
	log    *slog.Logger
	clicks chan view.RowID
	items  []*systray.MenuItem // by RowID; nil: not made yet
	begun  bool
	built  sync.Once
	loop   *panelLoop

	session Session

	mu     sync.Mutex // guards what follows, and items once the menu is built
	shown  view.View
	latest view.View // what to show; another one than shown while there is no bus
}

// Session is what the panel calls, on Windows, when something happens to the user's session.
type Session struct {
	Ends    func() // at logoff or shutdown; the process ends when it returns, or after five seconds
	Changes func() // when the session is locked, unlocked or connected; it must not block
}

// New makes the panel of this desktop.
func New(icons *IconFiles, log *slog.Logger, session Session) Panel {
	return &systrayPanel{
		icons: icons, log: log, session: session,
		clicks: make(chan view.RowID, 16), items: make([]*systray.MenuItem, view.RowCount()),
		loop: newPanelLoop(systray.RunWithExternalLoop, systray.Run, systray.Quit),
	}
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
	return p.loop.run(func() {
		p.built.Do(func() {
			p.watchSession()
			p.build(&first)
			if runtime.GOOS == "windows" {
				p.setIcon(&first)
				systray.SetTooltip(first.Tooltip)
			}
			ready()
		})
	}, p.catchUp)
}

func (p *systrayPanel) Quit() { p.loop.end() }

// build makes the menu, once and for good: systray's bookkeeping grows with each row
// that is added and removed. A row that may come later is made in its place, and
// hidden.
func (p *systrayPanel) build(v *view.View) {
	separator := false
	for i, r := range v.Rows {
		id := view.RowID(i)
		at := view.PlaceOf(id)
		separator = separator || at.Separator
		if at.Only != "" && at.Only != runtime.GOOS || view.IsProfile(id) && r.Label == "" {
			continue
		}
		switch {
		case separator && at.Parent != id:
			p.items[at.Parent].AddSeparator()
		case separator:
			systray.AddSeparator()
		}
		separator = false
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

// label renames a row, hides it or shows it again. The rows of profiles are made
// when they are first needed. Nothing else is said of a hidden row: on Windows any
// word of it would show it.
func (p *systrayPanel) label(id view.RowID, r view.Row) {
	item := p.items[id]
	switch {
	case item == nil:
		p.make(id, r)
	case r.Label == "":
		item.Hide()
	default:
		item.SetTitle(labelOf(r, runtime.GOOS == "windows"))
		if int(id) < len(p.shown.Rows) && p.shown.Rows[id].Label != "" {
			return
		}
		// It was hidden, and has what it had then.
		enable(item, r.Enabled)
		check(item, r.Checked)
		item.Show()
	}
}

func enable(item *systray.MenuItem, on bool) {
	if on {
		item.Enable()
	} else {
		item.Disable()
	}
}

func check(item *systray.MenuItem, on bool) {
	if on {
		item.Check()
	} else {
		item.Uncheck()
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

func (p *systrayPanel) Show(to *view.View, _ []view.Change) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.latest = *to
	p.update()
}

// catchUp shows what could not be shown while there was no bus.
func (p *systrayPanel) catchUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.update()
}

// update shows latest, if systray can be reached; what fails is repeated by the next update.
// p.mu is held.
func (p *systrayPanel) update() {
	for _, c := range view.Diff(&p.shown, &p.latest) {
		if !p.loop.live() || !p.change(c) {
			return
		}
	}
	p.shown = p.latest
}

// change returns false if systray broke: setting an icon panics if the bus has just gone.
func (p *systrayPanel) change(c view.Change) (done bool) {
	defer func() {
		if r := recover(); r != nil {
			p.log.Warn("panel_not_told", "error", r)
		}
	}()
	r := p.latest.Rows[c.Row]
	switch c.What {
	case view.IconChanged:
		p.setIcon(&p.latest)
	case view.TooltipChanged:
		systray.SetTooltip(p.latest.Tooltip)
	case view.LabelChanged:
		p.label(c.Row, r)
	case view.EnabledChanged:
		enable(p.items[c.Row], r.Enabled)
	case view.CheckedChanged:
		check(p.items[c.Row], r.Checked)
	}
	return true
}

// setIcon passes systray a file of our own on Windows. Otherwise, or if our file cannot
// be written, systray writes each icon to a temporary one.
func (p *systrayPanel) setIcon(v *view.View) {
	if runtime.GOOS == "windows" {
		path, err := p.icons.tray(v.Icon, v.Overlay, v.Theme)
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
