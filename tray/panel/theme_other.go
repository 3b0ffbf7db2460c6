//go:build !windows

package panel

import (
	"context"

	"altv-tray/assets"
)

// watchTheme tells of the taskbar's theme. Panels of Linux desktops do not say
// what theirs is.
func watchTheme(_ context.Context, changed func(assets.Theme)) error {
	changed(assets.Both)
	return nil
}
