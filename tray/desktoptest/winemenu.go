//go:build linux

package desktoptest

import (
	"fmt"
	"image"
	"testing"

	"altv-tray/monitor"
	config "altv-tray/settings"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
	"altv-tray/tray/view"
)

// WineMenu is the open menu: groups of rows with lines between them, from above.
type WineMenu struct {
	Groups [][]WineRow
}

// WineRow is a row of an open menu, known by what it looks like.
type WineRow struct {
	Box     image.Rectangle // on the screen
	Picture image.Image     // of its text alone
	Enabled bool            // drawn in black, not in grey
	Checked bool            // with a tick before it
}

// Row finds a row at the top by its name in the table of package view.
func (m WineMenu) Row(t testing.TB, name string) WineRow {
	t.Helper()
	row, ok := m.Find(name)
	if !ok {
		t.Fatalf("the menu with its %d rows has none named %s", m.rows(), name)
	}
	return row
}

// Find does so; false where the row is not there now.
func (m WineMenu) Find(name string) (WineRow, bool) {
	if name == "resume" {
		name = "pause" // it stands there
	}
	for _, now := range winMenus() {
		if !m.fits(now) {
			continue
		}
		for g, group := range now {
			for n, id := range group {
				if id == view.ID(name) {
					return m.Groups[g][n], true
				}
			}
		}
		return WineRow{}, false
	}
	return WineRow{}, false
}

// fits tells whether the menu can be that: its groups have as many rows.
func (m WineMenu) fits(groups [][]view.RowID) bool {
	if len(groups) != len(m.Groups) {
		return false
	}
	for i, group := range groups {
		if len(group) != len(m.Groups[i]) {
			return false
		}
	}
	return true
}

func (m WineMenu) rows() int {
	n := 0
	for _, group := range m.Groups {
		n += len(group)
	}
	return n
}

// winMenus are all menus of Windows that differ in the size of their groups.
func winMenus() (all [][][]view.RowID) {
	set := config.Default()
	for _, failed := range []monitor.Reason{monitor.NoReason, monitor.JoinTimeout} {
		for _, debugUnset := range []bool{false, true} {
			v, _ := view.Render(&view.Scene{
				Settings: &set, Text: lang.New("en"), System: "windows",
				Failure: failed, Facts: surroundings.Facts{ClientDebugOff: debugUnset},
			}, 0)
			all = append(all, groups(v, func(id, parent view.RowID) bool { return id == parent }))
		}
	}
	return all
}

// groups are the rows of a menu that are there, as lines divide them.
func groups(v view.View, in func(id, parent view.RowID) bool) [][]view.RowID {
	all := [][]view.RowID{nil}
	for i, r := range v.Rows {
		id := view.RowID(i)
		at := view.PlaceOf(id)
		if !in(id, at.Parent) {
			continue
		}
		if at.Separator {
			all = append(all, nil)
		}
		if r.Label != "" {
			all[len(all)-1] = append(all[len(all)-1], id)
		}
	}
	return all
}

// SubmenuRow finds a row of the open submenu of "password", "pause" or
// "notifications" by its name.
func SubmenuRow(t testing.TB, rows []WineRow, name string) WineRow {
	t.Helper()
	set := config.Default()
	v, _ := view.Render(&view.Scene{Settings: &set, Text: lang.New("en"), System: "windows"}, 0)
	parent := view.PlaceOf(view.ID(name)).Parent
	for n, id := range groups(v, func(id, of view.RowID) bool { return of == parent && id != parent })[0] {
		if id == view.ID(name) && n < len(rows) {
			return rows[n]
		}
	}
	t.Fatalf("the submenu has no row %s: %s", name, fmt.Sprint(rows))
	return WineRow{}
}
