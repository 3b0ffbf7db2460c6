package panel

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user32           = windows.NewLazySystemDLL("user32.dll")
	findWindowEx     = user32.NewProc("FindWindowExW")
	callWindowProc   = user32.NewProc("CallWindowProcW")
	getWindowLongPtr = user32.NewProc("GetWindowLongPtrW")
	setWindowLongPtr = user32.NewProc("SetWindowLongPtrW")
)

const (
	gwlpWndProc  = ^uintptr(3) // -4
	wmEndSession = 0x16
)

// watchSession handles the end of the session. Before a session ends, Windows asks all windows and then
// sends them the decision. systray removes its icon in either
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
			p.endSession()
		}
		result, _, _ := callWindowProc.Call(next, uintptr(window), uintptr(message), w, l)
		return result
	})
	if old, _, err := setWindowLongPtr.Call(uintptr(window), gwlpWndProc, procedure); old == 0 {
		return err
	}
	return nil
}

// systrayWindow finds the window of systray in this process. Other programs may use systray too.
func systrayWindow() (windows.HWND, error) {
	class, _ := windows.UTF16PtrFromString("SystrayClass")
	for window := uintptr(0); ; {
		var err error
		window, _, err = findWindowEx.Call(0, window, uintptr(unsafe.Pointer(class)), 0)
		if window == 0 {
			return 0, fmt.Errorf("the tray's window was not found: %w", err)
		}
		var pid uint32
		_, _ = windows.GetWindowThreadProcessId(windows.HWND(window), &pid)
		if pid == windows.GetCurrentProcessId() {
			return windows.HWND(window), nil
		}
	}
}
