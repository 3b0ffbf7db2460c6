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

// Paint renders that scene into Shown, and returns whether there may be anything new in it.
func (p *Painter) Paint(sc Scene, theme assets.Theme, now monitor.Time) (anew bool) {
	if sc == p.scene && theme == p.Shown.Theme && now < p.Next {
		return false
	}
	scene := sc // a copy, so that nothing is allocated where nothing changes
	p.Shown, p.Next = Render(&scene, now)
	p.Shown.Theme, p.scene = theme, sc
	return true
}
