package portowner

import "golang.org/x/sys/windows"

// onWine is whether this is Wine, whose table of sockets names no processes, and may take a minute.
var onWine = windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil
