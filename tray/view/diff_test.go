package view

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"altv-tray/assets"
)

// apply does to a view what a panel does on the screen.
func apply(v *View, to *View, changes []Change) {
	v.Rows = slices.Clone(v.Rows)
	for _, c := range changes {
		switch c.What {
		case IconChanged:
			v.Icon, v.Overlay, v.Theme = to.Icon, to.Overlay, to.Theme
		case TooltipChanged:
			v.Tooltip = to.Tooltip
		case LabelChanged:
			if v.Rows[c.Row].Label = to.Rows[c.Row].Label; v.Rows[c.Row].Label == "" {
				v.Rows[c.Row] = Row{} // it is gone
			}
		case EnabledChanged:
			v.Rows[c.Row].Enabled = to.Rows[c.Row].Enabled
		case CheckedChanged:
			v.Rows[c.Row].Checked = to.Rows[c.Row].Checked
		}
	}
}

func drawView(t *rapid.T, name string) View {
	text := rapid.SampledFrom([]string{"", "a", "b"})
	v := View{
		Icon:    assets.Icon(text.Draw(t, name+" icon")),
		Overlay: assets.Overlay(rapid.IntRange(0, 3).Draw(t, name+" overlay")),
		Theme:   assets.Theme(rapid.IntRange(0, 2).Draw(t, name+" theme")),
		Tooltip: text.Draw(t, name+" tooltip"),
	}
	v.Rows = make([]Row, RowCount())
	for id := range v.Rows {
		if label := text.Draw(t, "label"); label != "" {
			v.Rows[id] = Row{Label: label, Enabled: rapid.Bool().Draw(t, "enabled"), Checked: rapid.Bool().Draw(t, "checked")}
		}
	}
	return v
}

func TestDiffLeadsFromOneViewToTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, next := drawView(t, "old"), drawView(t, "next")
		changes := Diff(&old, &next)
		got := old
		apply(&got, &next, changes)
		if !reflect.DeepEqual(got, next) {
			t.Fatalf("applied: %+v, want %+v", got, next)
		}
		// None of them is idle: without it, the views differ.
		for i, c := range changes {
			without := old
			apply(&without, &next, changes[:i])
			apply(&without, &next, changes[i+1:])
			if reflect.DeepEqual(without, next) {
				t.Fatalf("change %+v does nothing", c)
			}
		}
	})
}

func TestDiffOfTheSameIsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawView(t, "view")
		same := v
		if changes := Diff(&v, &same); changes != nil {
			t.Fatalf("%+v", changes)
		}
	})
	a := View{Tooltip: "x"}
	b := a
	if n := testing.AllocsPerRun(100, func() { Diff(&a, &b) }); n != 0 {
		t.Errorf("%v allocations where nothing changed", n)
	}
}
