package tray

import (
	"context"

	"altv-tray/tray/lang"
	"altv-tray/tray/view"
)

// text returns the texts in the user's language.
func (a *App) text() *lang.Printer { return a.scenes.Get().Text }

// update puts the current state of the monitor, the surroundings and the hotkey into the scene.
func (a *App) update(s *view.Scene) {
	s.Snap, s.Facts, s.Hotkey = a.monitor.Snapshot(), a.surroundings.Facts(), a.hotkey.State()
}

// useSettings puts the settings into the scene.
func (a *App) useSettings(s *view.Scene) {
	set := a.Store.Current()
	if s.Settings == nil || s.Settings.Language != set.Language {
		s.Text = lang.New(string(set.Language))
	}
	s.Settings, s.SettingsBroken = &set, a.Store.Problem() != nil
}

// followScenes updates the scene after each change of one of its parts.
func (a *App) followScenes(ctx context.Context) {
	sub := a.monitor.Subscribe()
	defer sub.Close()
	settings, stop := a.Store.Subscribe()
	defer stop()
	facts, stop := a.surroundings.Follow()
	defer stop()
	hotkey, stop := a.hotkey.Follow()
	defer stop()
	a.scenes.Update(a.useSettings)
	for {
		a.scenes.Update(a.update)
		select {
		case <-ctx.Done():
			return
		case <-sub.C():
			_, _ = sub.Take()
		case <-settings:
			a.scenes.Update(a.useSettings)
		case <-facts:
		case <-hotkey:
		}
	}
}
