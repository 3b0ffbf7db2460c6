//go:build linux

package desktoptest

import (
	"testing"
	"time"
)

// Resume takes the place of Pause and gives it back, with its submenu.
func (d *wineDesk) pause(t *testing.T) {
	menu := d.OpenMenu(t, windowsExe)
	before := menu
	d.Picture(t, "wine-menu")
	for range 2 {
		mark := d.LogEnd(t)
		rows := d.OpenSubmenu(t, windowsExe, menu.Row(t, "pause"))
		d.Picture(t, "wine-pause")
		if len(rows) != 3 {
			t.Fatalf("the submenu has %d rows", len(rows))
		}
		d.ClickRow(t, windowsExe, SubmenuRow(t, rows, "pause_60"))
		d.WaitLog(t, mark, 10*time.Second, "msg=paused", "for=1h")
		menu = d.OpenMenu(t, windowsExe)
		d.Picture(t, "wine-paused")
		resume := menu.Row(t, "resume")
		if menu.rows() != before.rows() || alike(resume.Picture, before.Row(t, "pause").Picture) || !resume.Enabled {
			t.Errorf("paused, the menu has %d rows, and before %d; the row looks the same, or cannot be clicked", menu.rows(), before.rows())
		}
		d.ClickRow(t, windowsExe, resume)
		d.WaitLog(t, mark, 10*time.Second, "msg=resumed")
		menu = d.OpenMenu(t, windowsExe)
		if !alike(menu.Row(t, "pause").Picture, before.Row(t, "pause").Picture) {
			t.Error("resumed, the row does not look as it did")
		}
	}
	d.CloseMenu(t, windowsExe)
}
