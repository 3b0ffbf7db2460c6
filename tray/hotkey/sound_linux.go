package hotkey

import "os/exec"

// beep plays a sound of the desktop's theme in the background, if canberra-gtk-play is
// installed. The sounds' names are those of freedesktop's sound naming specification.
func beep(accepted bool) {
	name := "dialog-error"
	if accepted {
		name = "message-new-instant"
	}
	go func() {
		_ = exec.Command("canberra-gtk-play", "--id", name, "--description", "altv-tray").Run() // a missing sound does not matter
	}()
}
