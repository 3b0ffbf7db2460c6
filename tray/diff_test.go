package tray

import (
	"testing"

	"pgregory.net/rapid"

	"altv-tray/assets"
)

// apply does to a view what a panel does on the screen.
func apply(v *view, to *view, changes []change) {
	v.cancels = to.cancels // what a click means is not on the screen
	for _, c := range changes {
		switch c.what {
		case iconChanged:
			v.icon, v.overlay, v.theme = to.icon, to.overlay, to.theme
		case tooltipChanged:
			v.tooltip = to.tooltip
		case labelChanged:
			if v.rows[c.row].label = to.rows[c.row].label; v.rows[c.row].label == "" {
				v.rows[c.row] = row{} // it is gone
			}
		case enabledChanged:
			v.rows[c.row].enabled = to.rows[c.row].enabled
		case checkedChanged:
			v.rows[c.row].checked = to.rows[c.row].checked
		}
	}
}

func drawView(t *rapid.T, name string) view {
	text := rapid.SampledFrom([]string{"", "a", "b"})
	v := view{
		icon:    assets.Icon(text.Draw(t, name+" icon")),
		overlay: assets.Overlay(rapid.IntRange(0, 3).Draw(t, name+" overlay")),
		theme:   assets.Theme(rapid.IntRange(0, 2).Draw(t, name+" theme")),
		tooltip: text.Draw(t, name+" tooltip"),
	}
	for id := range v.rows {
		if label := text.Draw(t, "label"); label != "" {
			v.rows[id] = row{label, rapid.Bool().Draw(t, "enabled"), rapid.Bool().Draw(t, "checked")}
		}
	}
	return v
}

func TestDiffLeadsFromOneViewToTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, next := drawView(t, "old"), drawView(t, "next")
		changes := diff(&old, &next)
		got := old
		apply(&got, &next, changes)
		if got != next {
			t.Fatalf("applied: %+v, want %+v", got, next)
		}
		// None of them is idle: without it, the views differ.
		for i, c := range changes {
			without := old
			apply(&without, &next, changes[:i])
			apply(&without, &next, changes[i+1:])
			if without == next {
				t.Fatalf("change %+v does nothing", c)
			}
		}
	})
}

func TestDiffOfTheSameIsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawView(t, "view")
		same := v
		if changes := diff(&v, &same); changes != nil {
			t.Fatalf("%+v", changes)
		}
	})
	a := view{tooltip: "x"}
	b := a
	if n := testing.AllocsPerRun(100, func() { diff(&a, &b) }); n != 0 {
		t.Errorf("%v allocations where nothing changed", n)
	}
}
