package doctor

import "context"

// lookAtDesktop: Windows always has a taskbar and notifications, and does not
// tell whether the user has silenced them.
func lookAtDesktop(context.Context) Desktop { return Desktop{Tray: true, Notifications: true} }
