package tray

import (
	"context"
	"runtime"

	"altv-tray/tray/view"
)

// scene is all that there is to show now.
func (a *App) scene() view.Scene {
	set, t, told := a.Store.Current(), a.text.Get(), ""
	if key := a.story.Get(); key != "" {
		told = t.T(key)
	}
	return view.Scene{
		Snap: a.monitor.Snapshot(), Settings: &set, SettingsBroken: a.Store.Problem() != nil,
		Version: a.Version, Text: t, Around: a.around.Facts(), Last: a.keeper.last.Get(),
		Failure: a.failure.Get(), System: runtime.GOOS, Story: told, Hotkey: a.hotkey.State(),
	}
}

// followScenes publishes a new scene whenever a part of it has changed.
func (a *App) followScenes(ctx context.Context) {
	sub := a.monitor.Subscribe()
	defer sub.Close()
	settings, stop := a.Store.Subscribe()
	defer stop()
	around, stop := a.around.Follow()
	defer stop()
	last, stop := a.keeper.last.Follow()
	defer stop()
	failure, stop := a.failure.Follow()
	defer stop()
	key, stop := a.hotkey.Follow()
	defer stop()
	text, stop := a.text.Follow()
	defer stop()
	story, stop := a.story.Follow()
	defer stop()
	a.scenes.Set(a.scene())
	for {
		next := a.scenes.Get()
		select {
		case <-ctx.Done():
			return
		case <-sub.C():
			next.Snap, _, _ = sub.Take()
		case <-settings:
			next = a.scene()
		case <-story:
			next = a.scene()
		case <-around:
			next.Around = a.around.Facts()
		case <-last:
			next.Last = a.keeper.last.Get()
		case <-failure:
			next.Failure = a.failure.Get()
		case <-key:
			next.Hotkey = a.hotkey.State()
		case <-text:
			next = a.scene()
		}
		a.scenes.Set(next)
	}
}
