package hotkey

import (
	"context"
	"os/exec"
	"sync"
	"time"
)

// beepLimit bounds a sound server that hangs.
const beepLimit = 5 * time.Second

// newBeep returns a function that plays a sound of the desktop's theme in the
// background, one at a time, if canberra-gtk-play is installed. The sounds' names are
// those of freedesktop's sound naming specification.
func newBeep() func(taken bool) {
	var playing sync.Mutex
	return func(taken bool) {
		if !playing.TryLock() {
			return
		}
		name := "dialog-error"
		if taken {
			name = "message-new-instant"
		}
		go func() {
			defer playing.Unlock()
			ctx, cancel := context.WithTimeout(context.Background(), beepLimit)
			defer cancel()
			_ = exec.CommandContext(ctx, "canberra-gtk-play", "--id", name, "--description", "altv-tray").Run() // a missing sound does not matter
		}()
	}
}
