//go:build !windows

package assets

import "embed"

// The tray library sends one picture over D-Bus and the panel scales it. 48
// pixels are what a panel of 24 asks for on a screen of double density, and on
// a plain one it is about halved, which even a panel's fast scaling does well;
// from 64 pixels it would skip some.
//
//go:embed icons/png/not_running-48.png icons/png/loading-48.png icons/png/main_menu-48.png
//go:embed icons/png/connecting-48.png icons/png/downloading_files-48.png icons/png/in_game-48.png
//go:embed icons/png/disconnecting-48.png icons/png/error-48.png icons/png/unknown-48.png
var trayFiles embed.FS

const trayExt = ".png"

func trayFile(i Icon) string { return "icons/png/" + string(i) + "-48.png" }
