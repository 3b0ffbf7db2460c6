package tray

import (
	"altv-tray/assets"
	"altv-tray/monitor"
)

// painter keeps what is shown, and renders only what may have changed. Its zero
// value shows nothing.
type painter struct {
	shown view
	scene scene
	next  monitor.Time // when the view changes though the scene does not
}

// paint gives what the panel must be told to show that scene: nil for nothing.
func (p *painter) paint(sc scene, theme assets.Theme, now monitor.Time) []change {
	if sc == p.scene && theme == p.shown.theme && now < p.next {
		return nil
	}
	to, next := render(sc, now)
	to.theme = theme
	changes := diff(&p.shown, &to)
	p.shown, p.scene, p.next = to, sc, next
	return changes
}
