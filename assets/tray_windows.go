package assets

import "embed"

// The files are named one by one: the program's own icon lies in the same
// folder and reaches the executable as a resource, not from here.
//
//go:embed icons/ico/not_running.ico icons/ico/loading.ico icons/ico/main_menu.ico
//go:embed icons/ico/connecting.ico icons/ico/downloading_files.ico icons/ico/in_game.ico
//go:embed icons/ico/disconnecting.ico icons/ico/error.ico icons/ico/unknown.ico
var trayFiles embed.FS

const trayExt = ".ico"

func trayFile(i Icon) string { return "icons/ico/" + string(i) + ".ico" }
