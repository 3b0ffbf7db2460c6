//go:build !windows

package panel

import "altv-tray/assets"

// taskbarTheme: panels of Linux desktops do not say what theirs is.
func taskbarTheme() assets.Theme { return assets.Both }
