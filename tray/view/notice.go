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

// Notice is a notification. It is comparable, so that the same one is not shown again at once.
type Notice struct {
	Title string
	Body  string // names the way through the menu too, as not every desktop shows buttons
	Icon  assets.Icon

	Buttons [2]Button     // a button without a label does not exist
	Tag     string        // the notice replaces the one with the same tag; empty: none
	Timeout time.Duration // how long the notice is useful; 0: until the user closes it
}

// Button is a button of a notice.
type Button struct {
	Label  string
	Action action.Action
}

// CountdownTag is the tag of a countdown's notice.
const CountdownTag = "countdown"

// Removal returns a notice that only removes the one with that tag.
func Removal(tag string) Notice { return Notice{Tag: tag} }

// IsRemoval reports whether n was made by Removal.
func (n *Notice) IsRemoval() bool { return n.Title == "" }

// HasButtons reports whether n has at least one button.
func (n *Notice) HasButtons() bool { return n.Buttons[0].Label != "" }

func notice(title, body string, icon assets.Icon, buttons ...Button) Notice {
	n := Notice{Title: title, Body: body, Icon: icon}
	copy(n.Buttons[:], buttons)
	return n
}

// FirstStartNotice returns the notice of the very first start: where the icon is, and the way to the
// dashboard.
func FirstStartNotice(t *lang.Printer) Notice {
	return notice(t.T("notice.first_title"), t.T("notice.first_body"), assets.App, Button{t.T("menu.dashboard"), action.OpenDashboard{}})
}

// EndsCountdown reports whether an event of that kind ends the countdown of its reconnect.
func EndsCountdown(k monitor.EventKind) bool {
	switch k {
	case monitor.Asked, monitor.Sending, monitor.Joined, monitor.Failed, monitor.Cancelled:
		return true
	}
	return false
}

// NoticeOf returns the notice of an event; ok is false if it has none, or if the settings switch it off.
func NoticeOf(e monitor.Event, set settings.Settings, f surroundings.Facts, t *lang.Printer) (n Notice, ok bool) {
	on := set.Notifications
	switch e.Kind {
	case monitor.ClientReady:
		return readyNotice(e, set, f, t)
	case monitor.CountingDown:
		n = notice(t.T("notice.countdown_title", "time", t.Seconds(e.Pause)), t.T("notice.countdown_body"), icon(e.To),
			Button{t.T("dialog.cancel"), action.Cancel{Job: e.Job}}, Button{t.T("notice.pause_hour"), action.Pause{For: time.Hour}})
		n.Tag, n.Timeout = CountdownTag, e.Pause
		return n, on.Ready
	case monitor.Joined:
		return notice(t.T("notice.joined_title"), t.T("notice.joined_body", "time", t.Seconds(e.Took)), assets.InGame), on.Joined && (e.ByHand || !e.Rejoin)
	case monitor.Dropped:
		return notice(t.T("notice.dropped_title"), t.T(droppedText(e, set)), assets.Disconnecting), on.Dropped
	case monitor.SignalMissing:
		return notice(t.T("notice.signal_missing_title"), t.T("notice.signal_missing_body"), assets.Error, checksButton(t)), on.Failed
	case monitor.Missed:
		return notice(t.T("notice.missed_title"), t.T(missedText(e)), assets.MainMenu, reconnectButton(t)), on.Dropped
	case monitor.Failed, monitor.Refused:
		return failedNotice(e, set.Active(), f, t), on.Failed && !endedByUser(e)
	case monitor.Withheld:
		return notice(t.T("notice.wrong_title"), t.T("notice.wrong_held", "address", OneLine(f.WrongServer), "profile", set.Profile), assets.Error), on.Failed
	case monitor.Asked:
		if e.Server == monitor.ServerDown && !e.Merged {
			return notice(t.T("notice.server_down_title"), t.T("notice.server_down_body"), assets.Unknown), on.Failed
		}
	}
	return Notice{}, false
}

func checksButton(t *lang.Printer) Button { return Button{t.T("menu.checks"), action.RunChecks{}} }
func reconnectButton(t *lang.Printer) Button {
	return Button{t.T("menu.reconnect"), action.Reconnect{}}
}
func takeButton(t *lang.Printer) Button {
	return Button{t.T("menu.password_take"), action.TakePassword{}}
}

// readyNotice returns the notice of a client in the main menu, unless another notice follows at once.
func readyNotice(e monitor.Event, set settings.Settings, f surroundings.Facts, t *lang.Printer) (Notice, bool) {
	body, buttons := "notice.ready_body", []Button(nil)
	switch {
	case e.Job != 0 && !e.ByHand && set.AutoReconnect.Delay > 0:
		return Notice{}, false // the countdown's notice follows
	case e.Job != 0 && set.Notifications.Failed && f.MissesPassword():
		return Notice{}, false // the failure's notice follows
	case f.MissesPassword():
		body = "notice.ready_no_password"
		if e.Job == 0 {
			buttons = []Button{takeButton(t)}
		}
	case e.Job != 0:
		body = "notice.ready_reconnecting"
	case e.Reason == monitor.TurnedOff:
		buttons = []Button{reconnectButton(t)}
	}
	return notice(t.T("notice.ready_title"), t.T(body), assets.MainMenu, buttons...), set.Notifications.Ready
}

func droppedText(e monitor.Event, set settings.Settings) (key string) {
	switch {
	case e.Reason == monitor.TurnedOff && set.AutoReconnect.Enabled:
		return "notice.dropped_paused"
	case e.Reason != monitor.NoReason:
		return "notice.dropped_manual"
	}
	return "notice.dropped_auto"
}

func missedText(e monitor.Event) (key string) {
	switch e.Cause {
	case monitor.Launch:
		return "notice.missed_start"
	case monitor.DroppedOut:
		return "notice.missed_drop"
	}
	return "notice.missed_restart"
}

// failedNotice returns the notice of a reconnect that failed or was refused. Its buttons offer what
// may help.
func failedNotice(e monitor.Event, p settings.Profile, f surroundings.Facts, t *lang.Printer) Notice {
	text, buttons := failure(e, p, t), []Button{checksButton(t)}
	differs := f.Password == surroundings.PasswordDiffers && (e.Reason == monitor.WrongPassword || e.Reason == monitor.FellBack)
	if differs {
		text = JoinSentences(t, text, t.T("failure.take_password"))
	}
	if e.Attempt > 1 && e.Reason != monitor.WrongPassword && e.Reason != monitor.PasswordWanted { // their texts speak of two attempts
		text = JoinSentences(t, text, t.N("failure.attempts", e.Attempt))
	}
	wanted := e.Reason == monitor.PasswordWanted && p.Password != settings.PasswordNone
	switch {
	case e.Kind == monitor.Refused:
	case e.Reason == monitor.PasswordMissing || differs:
		buttons = []Button{takeButton(t), buttons[0]}
	case wanted || e.Reason == monitor.PasswordNotText || e.Reason == monitor.WrongPassword:
		buttons = []Button{{t.T("notice.set_password"), action.SetPassword{}}, buttons[0]}
	}
	return notice(t.T("notice.failed_title"), text, assets.Error, buttons...)
}

// failure says why a reconnect failed, and what to do about it.
func failure(e monitor.Event, p settings.Profile, t *lang.Printer) string {
	key := "failure." + e.Reason.String()
	switch {
	case e.Reason == monitor.FellBack && e.Server == monitor.ServerDown:
		key = "failure.fell_back_down"
	case e.Reason == monitor.PasswordWanted && p.Password == settings.PasswordNone:
		key = "failure.password_wanted_none"
	case e.Reason == monitor.NoReason || e.Reason == monitor.ByUser || e.Reason == monitor.TurnedOff:
		key = "failure.called_off"
	}
	return t.T(key, "profile", p.Name)
}

// JoinSentences joins two sentences as the language of t does.
func JoinSentences(t *lang.Printer, first, second string) string {
	return t.T("checks.also", "first", first, "second", second)
}

// EnglishFailure says in English, for the commands, why a reconnect failed. Reason is the name of a
// monitor.Reason, and server that of the monitor.ServerState at that time.
func EnglishFailure(reason, server string, p settings.Profile) string {
	e := monitor.Event{Reason: monitor.ParseReason(reason)}
	if server == monitor.ServerDown.String() {
		e.Server = monitor.ServerDown
	}
	return failure(e, p, lang.English())
}
