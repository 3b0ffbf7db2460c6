package panel

import (
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"

	"fyne.io/systray"

	"altv-tray/assets"
	"altv-tray/tray/view"
)

// systrayPanel is the one place that knows fyne.io/systray. That package keeps
// its state in globals: there can be only one.
type systrayPanel struct {
	icons  *IconFiles
	log    *slog.Logger
	clicks chan view.RowID
	items  []*systray.MenuItem // by RowID; nil: not made yet
	begun  bool
	built  sync.Once
	loop   panelLoop

	sessionEnds func()

	mu     sync.Mutex    // one of Show and Run's taking up again tells systray anything
	missed []view.Change // what could not be shown, each once
	latest view.View     // with missed
}

// New makes the panel of this desktop. SessionEnds is called on Windows when the
// user logs off or shuts down, and must return in five seconds: the process ends
// then.
func New(icons *IconFiles, log *slog.Logger, sessionEnds func()) Panel {
	return &systrayPanel{icons: icons, log: log, clicks: make(chan view.RowID, 16), items: make([]*systray.MenuItem, view.RowCount()), loop: newPanelLoop(systray.RunWithExternalLoop, systray.Run, systray.Quit), sessionEnds: sessionEnds}
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
		// Its name in the panel is the title that it has before it runs.
		systray.SetTitle("altv-tray")
		if runtime.GOOS != "windows" {
			// On Linux the item is registered with what it has at that moment, so
			// it comes up with its icon at once. Windows takes it only afterwards.
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

// build makes the menu, once and for good: systray's bookkeeping grows with
// each row that is added and removed.
func (p *systrayPanel) build(v *view.View) {
	for i, r := range v.Rows {
		id := view.RowID(i)
		if r.Label == "" {
			continue // a profile that there is not
		}
		switch at := view.PlaceOf(id); {
		case at.Separator && at.Parent != id:
			p.items[at.Parent].AddSeparator()
		case at.Separator:
			systray.AddSeparator()
		}
		p.make(id, r)
	}
}

func (p *systrayPanel) make(id view.RowID, r view.Row) {
	item := p.add(id, r)
	if !r.Enabled {
		item.Disable()
	}
	p.items[id] = item
	go func() {
		// systray drops a click for which nobody waits.
		for range item.ClickedCh {
			p.clicks <- id
		}
	}()
}

// label renames a row. The rows of profiles are made when they are first
// wanted, and hidden when they are not: systray keeps what it once had.
func (p *systrayPanel) label(id view.RowID, r view.Row) {
	item := p.items[id]
	switch {
	case item == nil:
		p.make(id, r)
	case r.Label == "":
		item.Hide()
	default:
		item.SetTitle(escape(r.Label))
		if view.IsProfile(id) {
			// It may come back from being hidden, with what it had then.
			item.Show()
			p.enable(item, r.Enabled)
			p.check(item, r.Checked)
		}
	}
}

func (p *systrayPanel) enable(item *systray.MenuItem, on bool) {
	if on {
		item.Enable()
	} else {
		item.Disable()
	}
}

func (p *systrayPanel) check(item *systray.MenuItem, on bool) {
	if on {
		item.Check()
	} else {
		item.Uncheck()
	}
}

func (p *systrayPanel) add(id view.RowID, r view.Row) *systray.MenuItem {
	at, label := view.PlaceOf(id), escape(r.Label)
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

func (p *systrayPanel) Show(to *view.View, changes []view.Change) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.show(to, changes)
}

// catchUp tells what could not be told while nobody was there.
func (p *systrayPanel) catchUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	changes := p.missed
	p.missed = nil
	p.show(&p.latest, changes)
}

// show: p.mu is held. What cannot be told now is kept.
func (p *systrayPanel) show(to *view.View, changes []view.Change) {
	for i, c := range changes {
		if p.loop.live() && p.tell(to, c) {
			continue
		}
		for _, c := range changes[i:] {
			if !slices.Contains(p.missed, c) {
				p.missed = append(p.missed, c)
			}
		}
		break
	}
	if len(p.missed) > 0 {
		p.latest = *to
	}
}

// tell gives false where systray broke over it: on Linux, setting an icon
// panics where the bus has just gone.
func (p *systrayPanel) tell(to *view.View, c view.Change) (told bool) {
	defer func() {
		if r := recover(); r != nil {
			p.log.Warn("panel_not_told", "error", r)
		}
	}()
	item, r := p.items[c.Row], to.Rows[c.Row]
	switch c.What {
	case view.IconChanged:
		p.setIcon(to)
	case view.TooltipChanged:
		systray.SetTooltip(to.Tooltip)
	case view.LabelChanged:
		p.label(c.Row, r)
	case view.EnabledChanged:
		p.enable(item, r.Enabled)
	case view.CheckedChanged:
		p.check(item, r.Checked)
	}
	return true
}

// setIcon: on Windows systray would write each icon to a shared temporary
// file; a file of our own is told by its path instead.
func (p *systrayPanel) setIcon(v *view.View) {
	if runtime.GOOS != "windows" {
		systray.SetIcon(assets.Tray(v.Icon, v.Overlay, v.Theme))
		return
	}
	path, err := p.icons.tray(v.Icon, v.Overlay, v.Theme)
	if err == nil {
		err = systray.SetIconFromFilePath(path)
	}
	if err != nil {
		p.log.Error("icon_not_shown", "icon", string(v.Icon), "error", err)
	}
}

// escape keeps a label's own & (Windows) or _ (dbusmenu) from being taken for
// the mark of a mnemonic.
func escape(label string) string {
	mark := "_"
	if runtime.GOOS == "windows" {
		mark = "&"
	}
	return strings.ReplaceAll(label, mark, mark+mark)
}
