package view

import (
	"altv-tray/monitor"
	"altv-tray/settings"
)

// Failure is one that nobody has seen to yet: neither a success nor a click has
// followed. The zero value is none.
type Failure struct {
	Known  bool
	Reason monitor.Reason
}

// FailureOf is what an event makes of the failure that is shown. It stays as it is
// where changes is false.
func FailureOf(e monitor.Event) (f Failure, changes bool) {
	switch e.Kind {
	case monitor.Failed, monitor.Refused, monitor.Held:
		return Failure{Known: true, Reason: e.Reason}, !usersOwn(e)
	case monitor.Joined, monitor.Asked:
		return Failure{}, true
	case monitor.ClientChanged: // the user may have joined without altv-tray
		return Failure{}, inGame(e.To)
	}
	return Failure{}, false
}

// usersOwn tells that a reconnect ended by what the user did a moment ago.
func usersOwn(e monitor.Event) bool {
	return e.Reason == monitor.ByUser || e.Reason == monitor.TurnedOff || e.Reason == monitor.SettingsChanged && !e.ByHand
}

// failed tells that there is one to be shown.
func failed(f *frame) bool { return f.Failure.Known }

// failureText names the failure. It is empty where there is none.
func failureText(f *frame) string {
	if !failed(f) {
		return ""
	}
	return whyFailed(f, f.Failure.Reason)
}

// lacksPassword tells that the last reconnect failed by the password, which the user can store.
func lacksPassword(f *frame) bool {
	reason := f.Last.Reason
	if f.Failure.Known {
		reason = f.Failure.Reason
	} else if f.Last.Joined {
		return false
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
