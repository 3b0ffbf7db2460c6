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

// buttonsOf are the buttons that a notice of an event has.
func buttonsOf(e monitor.Event, p settings.Profile, f surroundings.Facts, t *lang.Printer) [2]Button {
	checks := Button{t.T("menu.checks"), action.RunChecks{}}
	reconnect := Button{t.T("menu.reconnect"), action.Reconnect{}}
	take := Button{t.T("menu.password_take"), action.TakePassword{}}
	switch e.Kind {
	case monitor.ClientReady:
		switch {
		case e.Job != 0: // it is brought onto the server
		case f.MissesPassword():
			return [2]Button{take}
		case e.Reason == monitor.TurnedOff:
			return [2]Button{reconnect}
		}
	case monitor.Missed:
		return [2]Button{reconnect}
	case monitor.CountingDown:
		return [2]Button{{t.T("dialog.cancel"), action.Cancel{Job: e.Job}}, {t.T("notice.pause_hour"), action.Pause{For: time.Hour}}}
	case monitor.Failed:
		wanted := e.Reason == monitor.PasswordWanted && p.Password != settings.PasswordNone
		switch {
		case e.Reason == monitor.PasswordMissing || differs(e, f):
			return [2]Button{take, checks}
		case wanted || e.Reason == monitor.PasswordNotText || e.Reason == monitor.WrongPassword:
			return [2]Button{{t.T("notice.set_password"), action.SetPassword{}}, checks}
		}
		return [2]Button{checks}
	case monitor.Refused, monitor.SignalMissing:
		return [2]Button{checks}
	}
	return [2]Button{}
}

// differs reports that the stored password seems to be wrong, and that server.toml
// has another one.
func differs(e monitor.Event, f surroundings.Facts) bool {
	return f.Password == surroundings.PasswordDiffers && (e.Reason == monitor.WrongPassword || e.Reason == monitor.FellBack)
}

// FirstStartNotice is what the very first start says: where the icon is, and where to go
// on.
func FirstStartNotice(t *lang.Printer) Notice {
	n := notice(t.T("notice.first_title"), t.T("notice.first_body"), assets.App)
	n.Buttons[0] = Button{t.T("menu.dashboard"), action.OpenDashboard{}}
	return n
}
