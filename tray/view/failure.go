package view

import (
	"altv-tray/monitor"
	"altv-tray/settings"
)

// FailureAfter returns the Scene's Failure after an event.
func FailureAfter(e monitor.Event, shown monitor.Reason) monitor.Reason {
	switch e.Kind {
	case monitor.Failed, monitor.Refused, monitor.Withheld:
		if !usersOwn(e) {
			return e.Reason
		}
	case monitor.Joined, monitor.Asked:
		return monitor.NoReason
	case monitor.ClientChanged:
		if inGame(e.To) { // the user may have joined without altv-tray
			return monitor.NoReason
		}
	}
	return shown
}

// usersOwn tells that a reconnect ended by what the user did a moment ago.
func usersOwn(e monitor.Event) bool {
	return e.Reason == monitor.ByUser || e.Reason == monitor.TurnedOff || e.Reason == monitor.SettingsChanged && !e.ByHand
}

// failed tells that there is one to be shown.
func failed(f *frame) bool { return f.Failure != monitor.NoReason }

// failureText names the failure. It is empty where there is none.
func failureText(f *frame) string {
	if !failed(f) {
		return ""
	}
	return whyFailed(f, f.Failure)
}

// lacksPassword tells that the last reconnect failed by the password, which the user can store.
func lacksPassword(f *frame) bool {
	reason := f.Failure
	if !failed(f) {
		if f.Last.Joined {
			return false
		}
		reason = monitor.ParseReason(f.Last.Reason)
	}
	switch reason {
	case monitor.PasswordMissing, monitor.PasswordWanted, monitor.PasswordNotText, monitor.WrongPassword:
		return f.Settings.Active().Password != settings.PasswordNone
	}
	return false
}

func whyFailed(f *frame, r monitor.Reason) string {
	if r == monitor.NoReason || r == monitor.ByUser || r == monitor.TurnedOff {
		return f.Text.T("menu.last_failed")
	}
	return f.Text.T("menu.last_failed_why", "why", f.Text.T("why."+r.String()))
}
