package panel

import (
	"errors"
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user32           = windows.NewLazySystemDLL("user32.dll")
	callWindowProc   = user32.NewProc("CallWindowProcW")
	getWindowLongPtr = user32.NewProc("GetWindowLongPtrW")
	setWindowLongPtr = user32.NewProc("SetWindowLongPtrW")

	registerSessionNotification = windows.NewLazySystemDLL("wtsapi32.dll").NewProc("WTSRegisterSessionNotification")
)

const (
	systrayClass    = "SystrayClass" // the class of systray's window
	gwlpWndProc     = ^uintptr(3)    // -4
	wmEndSession    = 0x16
	wmSessionChange = 0x2b1 // WM_WTSSESSION_CHANGE: locked, unlocked, another console or remote user
)

// watchSession handles the messages about the session that systray's window receives. Before a session
// ends, Windows asks all windows and then sends them the decision. systray removes its icon in either
// case, and Windows ends the process.
func (p *systrayPanel) watchSession() {
	if err := p.hookSystray(); err != nil {
		p.log.Warn("session_not_watched", "error", fmt.Errorf("watching the session: %w", err))
	}
}

func (p *systrayPanel) hookSystray() error {
	window, err := systrayWindow()
	if err != nil {
		return err
	}
	next, _, err := getWindowLongPtr.Call(uintptr(window), gwlpWndProc)
	if next == 0 {
		return err
	}
	procedure := windows.NewCallback(func(window windows.HWND, message uint32, w, l uintptr) uintptr {
		if message == wmEndSession {
			if w == 0 {
				return 0 // the shutdown was cancelled
			}
			p.session.Ends()
		}
		if message == wmSessionChange {
			p.log.Info("session_changed", "code", w) // such as 7 for locked, 8 for unlocked (WTS_SESSION_UNLOCK)
			p.session.Changes()
		}
		result, _, _ := callWindowProc.Call(next, uintptr(window), uintptr(message), w, l)
		return result
	})
	if old, _, err := setWindowLongPtr.Call(uintptr(window), gwlpWndProc, procedure); old == 0 {
		return err
	}
	const thisSession = 0
	if done, _, err := registerSessionNotification.Call(uintptr(window), thisSession); done == 0 {
		return err
	}
	return nil
}

// systrayWindow finds the window of systray in this process.
func systrayWindow() (windows.HWND, error) {
	var found windows.HWND
	look := windows.NewCallback(func(window windows.HWND, _ uintptr) uintptr {
		var pid uint32
		var class [64]uint16
		if _, err := windows.GetWindowThreadProcessId(window, &pid); err != nil || pid != uint32(os.Getpid()) { // a process id has 32 bits
			return 1
		}
		n, err := windows.GetClassName(window, &class[0], int32(len(class)))
		if err == nil && windows.UTF16ToString(class[:n]) == systrayClass {
			found = window
		}
		return 1
	})
	if err := windows.EnumWindows(look, unsafe.Pointer(nil)); err != nil {
		return 0, err
	}
	if found == 0 {
		return 0, errors.New("the tray's window was not found")
	}
	return found, nil
}
