package view

import (
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

// about is what the buttons of a notice depend on.
type about struct {
	monitor.Event
	set settings.Settings
	f   surroundings.Facts
}

// offer is a button on the notices of one kind of event.
type offer struct {
	on    monitor.EventKind
	when  func(about) bool // nil: always
	label string           // its text's key
	does  func(about) action.Action
}

// offers are all buttons. Of those that fit, a notice has the first two.
var offers = []offer{
	{monitor.ClientReady, missesPassword, "menu.password_take", offering(action.TakePassword{})},
	{monitor.ClientReady, leftToTheUser, "menu.reconnect", offering(action.Reconnect{})},
	{monitor.Missed, nil, "menu.reconnect", offering(action.Reconnect{})},
	{monitor.CountingDown, nil, "dialog.cancel", func(a about) action.Action { return action.Cancel{Job: a.Job} }},
	{monitor.CountingDown, nil, "notice.pause_hour", offering(action.Pause{For: time.Hour})},
	{monitor.Failed, takesPassword, "menu.password_take", offering(action.TakePassword{})},
	{monitor.Failed, wantsPassword, "notice.set_password", offering(action.SetPassword{})},
	{monitor.Failed, nil, "menu.checks", offering(action.RunChecks{})},
	{monitor.Refused, nil, "menu.checks", offering(action.RunChecks{})},
	{monitor.SignalMissing, nil, "menu.checks", offering(action.RunChecks{})},
}

func offering(a action.Action) func(about) action.Action {
	return func(about) action.Action { return a }
}

func buttonsOf(a about, t *lang.Printer) (all [2]Button) {
	n := 0
	for _, o := range offers {
		if n < len(all) && o.on == a.Kind && (o.when == nil || o.when(a)) {
			all[n] = Button{t.T(o.label), o.does(a)}
			n++
		}
	}
	return all
}

func missesPassword(a about) bool { return a.Job == 0 && a.f.MissesPassword() }

// leftToTheUser reports that a client is ready and that nothing brings it onto the
// server by itself.
func leftToTheUser(a about) bool {
	return a.Job == 0 && a.Reason == monitor.TurnedOff && !a.f.MissesPassword()
}

// differs reports that the stored password seems to be wrong, and that server.toml
// has another one.
func differs(a about) bool {
	return a.f.Password == surroundings.PasswordDiffers && (a.Reason == monitor.WrongPassword || a.Reason == monitor.FellBack)
}

// takesPassword reports that the password in server.toml is the one to try.
func takesPassword(a about) bool { return a.Reason == monitor.PasswordMissing || differs(a) }

// wantsPassword reports that only the user knows the password to store.
func wantsPassword(a about) bool {
	switch a.Reason {
	case monitor.PasswordNotText:
		return true
	case monitor.PasswordWanted:
		return a.set.Active().Password != settings.PasswordNone
	case monitor.WrongPassword:
		return !differs(a)
	}
	return false
}

// phrases are the texts of notices.
type phrases struct {
	*lang.Printer
	beside bool // beside buttons
}

// besides are the texts that tell a way through the menu, each with what is said
// where a button does the same.
var besides = map[string]string{
	"notice.first_body":         "notice.first_beside",
	"notice.ready_no_password":  "notice.ready_no_password_beside",
	"notice.countdown_body":     "notice.countdown_beside",
	"failure.password_missing":  "failure.password_missing_beside",
	"failure.password_wanted":   "failure.password_wanted_beside",
	"failure.password_not_text": "failure.password_not_text_beside",
	"failure.wrong_password":    "failure.wrong_password_beside",
	"failure.take_password":     "failure.take_password_beside",
}

// T is lang.Printer's, but for those texts.
func (p phrases) T(key string, args ...string) string {
	if beside, ok := besides[key]; ok && p.beside {
		key = beside
	}
	return p.Printer.T(key, args...)
}

// Greeting is what the very first start says: where the icon is, and where to go
// on.
func Greeting(t *lang.Printer) Notice {
	n := notice(t.T("notice.first_title"), t.T("notice.first_body"), assets.App)
	n.Beside = phrases{t, true}.T("notice.first_body")
	n.Buttons[0] = Button{t.T("menu.dashboard"), action.OpenDashboard{}}
	return n
}
