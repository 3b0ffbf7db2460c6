package panel

import (
	"slices"
	"testing"

	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// fakeItem notes what a row is told.
type fakeItem struct{ told []string }

func (f *fakeItem) SetTitle(label string) { f.told = append(f.told, label) }
func (f *fakeItem) Enable()               { f.told = append(f.told, "enable") }
func (f *fakeItem) Disable()              { f.told = append(f.told, "disable") }
func (f *fakeItem) Check()                { f.told = append(f.told, "check") }
func (f *fakeItem) Uncheck()              { f.told = append(f.told, "uncheck") }
func (f *fakeItem) Hide()                 { f.told = append(f.told, "hide") }
func (f *fakeItem) Show()                 { f.told = append(f.told, "show") }

// Each word sends something to the desktop, so a row is told what is new in it and no more.
func TestRowIsToldWhatIsNew(t *testing.T) {
	row := view.Row{Label: "Resume", Enabled: true}
	with := func(change func(r *view.Row)) view.Row {
		r := row
		change(&r)
		return r
	}
	for name, c := range map[string]struct {
		was, is view.Row
		want    []string
	}{
		"the same":       {row, row, nil},
		"hidden still":   {view.Row{}, view.Row{}, nil},
		"another label":  {row, with(func(r *view.Row) { r.Label = "Pause" }), []string{"Pause"}},
		"disabled":       {row, with(func(r *view.Row) { r.Enabled = false }), []string{"disable"}},
		"enabled":        {with(func(r *view.Row) { r.Enabled = false }), row, []string{"enable"}},
		"ticked":         {row, with(func(r *view.Row) { r.Checked = true }), []string{"check"}},
		"no tick":        {with(func(r *view.Row) { r.Checked = true }), row, []string{"uncheck"}},
		"another action": {row, with(func(r *view.Row) { r.Action = action.Resume{} }), nil},
		"hidden":         {row, view.Row{}, []string{"hide"}},
		"shown again":    {view.Row{}, row, []string{"Resume", "enable", "uncheck", "show"}},
	} {
		var item fakeItem
		if change(&item, c.was, c.is); !slices.Equal(item.told, c.want) {
			t.Errorf("%s: it is told %q, want %q", name, item.told, c.want)
		}
	}
}
