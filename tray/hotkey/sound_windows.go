package hotkey

var messageBeep = user32.NewProc("MessageBeep")

// beep plays a sound of the user's scheme in the background: the default beep or the error sound.
func beep(accepted bool) {
	const plain, hand = 0, 0x10
	sound := uintptr(hand)
	if accepted {
		sound = plain
	}
	_, _, _ = messageBeep.Call(sound) // a missing sound does not matter
}
