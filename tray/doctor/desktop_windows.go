package doctor

import "context"

// lookAtDesktop: Windows always has a taskbar and notifications. Whether the user
// has silenced them cannot be seen.
func lookAtDesktop(context.Context) Desktop { return Desktop{Tray: true, Notifications: true} }
