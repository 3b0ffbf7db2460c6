package hotkey

import (
	"context"
	"errors"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user32            = windows.NewLazySystemDLL("user32.dll")
	registerHotKey    = user32.NewProc("RegisterHotKey")
	unregisterHotKey  = user32.NewProc("UnregisterHotKey")
	getMessage        = user32.NewProc("GetMessageW")
	peekMessage       = user32.NewProc("PeekMessageW")
	postThreadMessage = user32.NewProc("PostThreadMessageW")
)

const (
	modAlt, modControl, modShift uint32 = 1, 2, 4
	modNoRepeat                  uint32 = 0x4000

	wmQuit   = 0x12
	wmHotkey = 0x312

	errHotkeyTaken = windows.Errno(1409) // ERROR_HOTKEY_ALREADY_REGISTERED
)

// message is Windows' MSG.
type message struct {
	window  uintptr
	message uint32
	w, l    uintptr
	time    uint32
	x, y    int32
	private uint32
}

// hold is the holder for Windows. The thread that registers a key also receives its presses.
func hold(ctx context.Context, r registration) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var m message
	_, _, _ = peekMessage.Call(uintptr(unsafe.Pointer(&m)), 0, 0, 0, 0) // creates the thread's message queue
	const id = 1
	mods := masked(r.key.Mods, modControl, modAlt, modShift) | modNoRepeat
	if done, _, err := registerHotKey.Call(0, id, uintptr(mods), uintptr(codesOf(r.key.Key).virtual)); done == 0 {
		if errors.Is(err, errHotkeyTaken) {
			return errTaken
		}
		return err
	}
	defer func() { _, _, _ = unregisterHotKey.Call(0, id) }()
	r.report(State{Stage: Registered, Backend: Windows})
	thread := windows.GetCurrentThreadId()
	defer context.AfterFunc(ctx, func() {
		_, _, _ = postThreadMessage.Call(uintptr(thread), wmQuit, 0, 0)
	})()
	// Wine 8 ignores MOD_NOREPEAT, so a press within a second of the last one counts as a repetition.
	var keyboard presses
	for {
		switch got, _, err := getMessage.Call(uintptr(unsafe.Pointer(&m)), 0, 0, 0); {
		case int32(got) == -1:
			return err
		case got == 0: // WM_QUIT
			return ctx.Err()
		case m.message == wmHotkey && m.w == id:
			if keyboard.press(time.Duration(m.time) * time.Millisecond) {
				r.press()
			}
		}
	}
}
