package tray

import "altv-tray/assets"

// followTheme hands the taskbar's theme on to who tells the panel: first what it
// is, for which show waits, then each change.
func (a *App) followTheme() {
	err := a.watchTheme(a.ctx, func(t assets.Theme) {
		select {
		case a.themes <- t:
		case <-a.ctx.Done():
		}
	})
	if err != nil {
		a.Log.Warn("theme_not_followed", "error", err)
	}
}
