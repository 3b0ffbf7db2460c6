package view

import (
	"cmp"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
)

// FailureAfter returns the Scene's Failure after an event. Shown is the one before it.
func FailureAfter(e monitor.Event, shown monitor.Reason) monitor.Reason {
	switch e.Kind {
	case monitor.Failed, monitor.Refused, monitor.Withheld:
		if !endedByUser(e) {
			return e.Reason
		}
	case monitor.Joined, monitor.Asked:
		return monitor.NoReason
	case monitor.ClientChanged:
		if e.To.Status == debugport.InGame { // the user may have joined without altv-tray
			return monitor.NoReason
		}
	}
	return shown
}

// endedByUser reports whether a reconnect ended because of something that the user has just done.
func endedByUser(e monitor.Event) bool {
	return e.Reason == monitor.ByUser || e.Reason == monitor.TurnedOff || e.Reason == monitor.SettingsChanged && !e.ByHand
}

func hasFailure(f *frame) bool { return f.Failure != monitor.NoReason }

// failureText returns the text of the failure; empty if there is none.
func failureText(f *frame) string {
	if !hasFailure(f) {
		return ""
	}
	return lastFailedText(f, f.Failure)
}

// needsPassword reports whether the last reconnect failed because of the password, which the user can store.
func needsPassword(f *frame) bool {
	switch cmp.Or(f.Failure, monitor.ParseReason(f.Last.Reason)) {
	case monitor.PasswordMissing, monitor.PasswordWanted, monitor.PasswordNotText, monitor.WrongPassword:
		return f.Settings.Active().Password != settings.PasswordNone
	}
	return false
}

func lastFailedText(f *frame, r monitor.Reason) string {
	if r == monitor.NoReason || r == monitor.ByUser || r == monitor.TurnedOff {
		return f.Text.T("menu.last_failed")
	}
	return f.Text.T("menu.last_failed_why", "why", f.Text.T("why."+r.String()))
}
