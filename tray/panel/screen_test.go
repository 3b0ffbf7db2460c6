package panel

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor/live"
	"altv-tray/settings"
	"altv-tray/tray/lang"
	"altv-tray/tray/view"
)

// deadPanel is a panel that never becomes ready.
type deadPanel struct{ quit chan struct{} }

func (p deadPanel) Run(view.View, func()) error { <-p.quit; return nil }
func (p deadPanel) Show(*view.View)             {}
func (p deadPanel) Clicks() <-chan view.RowID   { return nil }
func (p deadPanel) Quit()                       { close(p.quit) }

func TestPanelThatNeverBecomesReady(t *testing.T) {
	for _, last := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			var scenes live.Value[view.Scene]
			set := settings.Default()
			scenes.Set(view.Scene{Settings: &set, Text: lang.New("en")})
			var warned []string
			s := Screen{
				Panel: deadPanel{make(chan struct{})}, Scenes: &scenes, Log: slog.New(slog.DiscardHandler), LastTry: last,
				Warn:    func(what string, _ error) { warned = append(warned, what) },
				Connect: func() error { return nil }, Theme: func() assets.Theme { return assets.Both },
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			defer cancel()
			failed := s.Run(ctx)
			if (ctx.Err() != nil) != last { // the last try goes on without an icon until the app ends
				t.Errorf("last try %v: %v", last, ctx.Err())
			}
			if failed == last || len(warned) != 1 || warned[0] != "panel_not_ready" {
				t.Errorf("last try %v: failed %v, warned %q", last, failed, warned)
			}
		})
	}
}
