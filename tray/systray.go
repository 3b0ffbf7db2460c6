package tray

import (
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"

	"fyne.io/systray"

	"altv-tray/assets"
)

// systrayPanel is the one place that knows fyne.io/systray. That package keeps
// its state in globals: there can be only one.
type systrayPanel struct {
	icons  *iconFiles
	log    *slog.Logger
	clicks chan rowID
	items  [rowCount]*systray.MenuItem
	begun  bool
	built  sync.Once
	loop   panelLoop

	// sessionEnds is called on Windows when the user logs off or shuts down, and
	// must return in five seconds: the process ends then.
	sessionEnds func()

	mu     sync.Mutex // one of Show and Run's taking up again tells systray anything
	missed []change   // what could not be told, each once
	latest view       // with missed
}

func newSystrayPanel(icons *iconFiles, log *slog.Logger) *systrayPanel {
	return &systrayPanel{icons: icons, log: log, clicks: make(chan rowID, 16), loop: newPanelLoop(systray.RunWithExternalLoop, systray.Run, systray.Quit), sessionEnds: func() {}}
}

func (p *systrayPanel) Clicks() <-chan rowID { return p.clicks }

func (p *systrayPanel) Run(first view, ready func()) (err error) {
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
			systray.SetTooltip(first.tooltip)
		}
	}
	return p.loop.run(func() {
		p.built.Do(func() {
			p.watchSession()
			p.build(&first)
			if runtime.GOOS == "windows" {
				p.setIcon(&first)
				systray.SetTooltip(first.tooltip)
			}
			ready()
		})
	}, p.catchUp)
}

func (p *systrayPanel) Quit() { p.loop.end() }

// build makes the menu, once and for good: systray's bookkeeping grows with
// each row that is added and removed.
func (p *systrayPanel) build(v *view) {
	for _, s := range menu {
		switch {
		case s.separator && s.parent != s.id:
			p.items[s.parent].AddSeparator()
		case s.separator:
			systray.AddSeparator()
		}
		p.make(s, v.rows[s.id])
	}
	for id := rowProfileFirst; id < rowCount && v.rows[id].label != ""; id++ {
		p.make(shapeOf(id), v.rows[id])
	}
}

func (p *systrayPanel) make(s shape, r row) {
	item := p.add(s, escape(r.label), r.checked)
	if !r.enabled {
		item.Disable()
	}
	p.items[s.id] = item
	go func() {
		// systray drops a click for which nobody waits.
		for range item.ClickedCh {
			p.clicks <- s.id
		}
	}()
}

// label renames a row. The rows of profiles are made when they are first
// wanted, and hidden when they are not: systray keeps what it once had.
func (p *systrayPanel) label(id rowID, r row) {
	item := p.items[id]
	switch {
	case item == nil:
		p.make(shapeOf(id), r)
	case r.label == "":
		item.Hide()
	default:
		item.SetTitle(escape(r.label))
		if id >= rowProfileFirst {
			// It may come back from being hidden, with what it had then.
			item.Show()
			p.enable(item, r.enabled)
			p.check(item, r.checked)
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

func (p *systrayPanel) add(s shape, label string, checked bool) *systray.MenuItem {
	parent := p.items[s.parent]
	switch {
	case s.parent == s.id && s.checkable:
		return systray.AddMenuItemCheckbox(label, "", checked)
	case s.parent == s.id:
		return systray.AddMenuItem(label, "")
	case s.checkable:
		return parent.AddSubMenuItemCheckbox(label, "", checked)
	}
	return parent.AddSubMenuItem(label, "")
}

func (p *systrayPanel) Show(to *view, changes []change) {
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
func (p *systrayPanel) show(to *view, changes []change) {
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
func (p *systrayPanel) tell(to *view, c change) (told bool) {
	defer func() {
		if r := recover(); r != nil {
			p.log.Warn("panel_not_told", "error", r)
		}
	}()
	item, r := p.items[c.row], to.rows[c.row]
	switch c.what {
	case iconChanged:
		p.setIcon(to)
	case tooltipChanged:
		systray.SetTooltip(to.tooltip)
	case labelChanged:
		p.label(c.row, r)
	case enabledChanged:
		p.enable(item, r.enabled)
	case checkedChanged:
		p.check(item, r.checked)
	}
	return true
}

// setIcon: on Windows systray would write each icon to a shared temporary
// file; a file of our own is told by its path instead.
func (p *systrayPanel) setIcon(v *view) {
	if runtime.GOOS != "windows" {
		systray.SetIcon(assets.Tray(v.icon, v.overlay, v.theme))
		return
	}
	path, err := p.icons.tray(v.icon, v.overlay, v.theme)
	if err == nil {
		err = systray.SetIconFromFilePath(path)
	}
	if err != nil {
		p.log.Error("icon_not_shown", "icon", string(v.icon), "error", err)
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
