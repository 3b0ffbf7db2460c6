package view

import (
	"altv-tray/assets"
	"altv-tray/monitor"
)

// Painter keeps what is shown, and renders only what may have changed.
type Painter struct {
	Shown View
	Next  monitor.Time // when the view changes though the scene does not; monitor.Forever never
	scene Scene
}

// Paint returns the changes that the panel needs to show that scene; nil for none.
func (p *Painter) Paint(sc Scene, theme assets.Theme, now monitor.Time) []Change {
	if sc == p.scene && theme == p.Shown.Theme && now < p.Next {
		return nil
	}
	scene := sc // a copy, so that nothing is allocated where nothing changes
	to, next := Render(&scene, now)
	to.Theme = theme
	changes := Diff(&p.Shown, &to)
	p.Shown, p.scene, p.Next = to, sc, next
	return changes
}
