package cli

import (
	"context"
	"strings"
	"time"

	"altv-tray/monitor/control"
	"altv-tray/settings"
	"altv-tray/tray/notify"
)

// ButtonCode reports that this process was called for the button of a notification, and
// gives its code. The system calls with one argument, notify.Scheme and the code.
// An address that breaks out of its quotes makes several: its code is none, and
// nothing of it is taken for a flag or a command.
func ButtonCode(args []string) (code string, ok bool) {
	if len(args) == 0 || len(args[0]) < len(notify.Scheme) || !strings.EqualFold(args[0][:len(notify.Scheme)], notify.Scheme) {
		return "", false
	}
	if len(args) > 1 {
		return "", true
	}
	return args[0][len(notify.Scheme):], true
}

// pressLimit is how long the app may take to hear of it.
const pressLimit = 5 * time.Second

// PressButton hands the code to the tray app that runs, and prints nothing: whatever
// calls the scheme, such as a web page, learns nothing from it.
func PressButton(ctx context.Context, code string) Code {
	paths, err := settings.DefaultPaths()
	if err != nil {
		return Wrong
	}
	c, err := control.Find(paths.StateDir)
	if err != nil {
		return NotRunning
	}
	letToTheFront(c.PID())
	ctx, cancel := context.WithTimeout(ctx, pressLimit)
	defer cancel()
	if err := c.Ask(ctx, control.Press, control.Request{Code: code}, nil); err != nil {
		return Failed
	}
	return OK
}
