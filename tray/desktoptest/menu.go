//go:build linux

package desktoptest

import (
	"fmt"
	"strings"

	"github.com/godbus/dbus/v5"
)

// Row is a row of the menu as a panel shows it.
type Row struct {
	ID        int32
	Label     string // without mnemonics
	Enabled   bool
	Visible   bool
	Checkable bool
	Checked   bool
	Separator bool
	Children  []Row // those of its submenu
}

// layout is a row as in com.canonical.dbusmenu: (ia{sv}av).
type layout struct {
	ID         int32
	Properties map[string]dbus.Variant
	Children   []dbus.Variant
}

func readMenu(menu dbus.BusObject) ([]Row, error) {
	var revision uint32
	var root layout
	if err := menu.Call("com.canonical.dbusmenu.GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &root); err != nil {
		return nil, fmt.Errorf("read the menu: %w", err)
	}
	row, err := rowOf(root)
	return row.Children, err
}

// rowOf fills in the protocol's defaults.
func rowOf(l layout) (Row, error) {
	row := Row{ID: l.ID, Enabled: true, Visible: true}
	var kind, toggle string
	var state int32
	for name, to := range map[string]any{"label": &row.Label, "enabled": &row.Enabled, "visible": &row.Visible, "type": &kind, "toggle-type": &toggle, "toggle-state": &state} {
		value, ok := l.Properties[name]
		if !ok {
			continue
		}
		if err := value.Store(to); err != nil {
			return row, fmt.Errorf("read %s of the menu's row %d: %w", name, l.ID, err)
		}
	}
	row.Label = withoutMnemonics(row.Label)
	row.Separator = kind == "separator"
	row.Checkable = toggle != ""
	row.Checked = state == 1
	for _, child := range l.Children {
		var inner layout
		if err := child.Store(&inner); err != nil {
			return row, fmt.Errorf("read the rows under %q: %w", row.Label, err)
		}
		childRow, err := rowOf(inner)
		if err != nil {
			return row, err
		}
		row.Children = append(row.Children, childRow)
	}
	return row, nil
}

// withoutMnemonics undoes dbusmenu's rule: "_" underlines the next letter, "__"
// is an underscore.
func withoutMnemonics(label string) string {
	parts := strings.Split(label, "__")
	for i := range parts {
		parts[i] = strings.ReplaceAll(parts[i], "_", "")
	}
	return strings.Join(parts, "_")
}

// Find returns the visible row that the labels lead to, through submenus. A label that
// ends in "…" matches every label that begins with it.
func (s Sight) Find(labels ...string) (Row, bool) {
	rows, found := s.Rows, Row{}
	for _, label := range labels {
		ok := false
		for _, row := range rows {
			if row.Visible && matches(row.Label, label) {
				found, ok = row, true
				break
			}
		}
		if !ok {
			return Row{}, false
		}
		rows = found.Children
	}
	return found, len(labels) > 0
}

// matches compares labels; a "…" at the pattern's end matches any ending.
func matches(label, pattern string) bool {
	if begin, ok := strings.CutSuffix(pattern, "…"); ok {
		return strings.HasPrefix(label, begin)
	}
	return label == pattern
}

// Shows reports whether the menu has such a row, visible and enabled.
func (s Sight) Shows(labels ...string) bool {
	row, ok := s.Find(labels...)
	return ok && row.Enabled
}

// State returns the first two rows: the client's state and the server's. Empty
// where the menu is not there yet.
func (s Sight) State() (client, server string) {
	if len(s.Rows) < 2 {
		return "", ""
	}
	return s.Rows[0].Label, s.Rows[1].Label
}

func outline(rows []Row, indent string) string {
	var b strings.Builder
	for _, row := range rows {
		marks := ""
		if row.Separator {
			marks += " separator"
		}
		if !row.Enabled {
			marks += " disabled"
		}
		if !row.Visible {
			marks += " hidden"
		}
		if row.Checkable {
			marks += fmt.Sprintf(" checked=%v", row.Checked)
		}
		fmt.Fprintf(&b, "%s%d %q%s\n%s", indent, row.ID, row.Label, marks, outline(row.Children, indent+"  "))
	}
	return b.String()
}
