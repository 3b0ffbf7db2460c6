package tray

import (
	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/settings"
	"altv-tray/tray/lang"
)

// notice is one notification. It is comparable, so that the same one is not
// told twice in a row.
type notice struct {
	title string
	body  string
	icon  assets.Icon
}

// noticeOf decides what the user is told of an event, with what is known around
// it; ok is false for nothing.
func noticeOf(e monitor.Event, set settings.Settings, f facts, t *lang.Printer) (n notice, ok bool) {
	on := set.Notifications
	switch e.Kind {
	case monitor.ClientReady:
		n = notice{t.T("notice.ready_title"), t.T("notice.ready_body"), assets.MainMenu}
		switch {
		case e.Job != 0:
			n.body = t.T("notice.ready_reconnecting")
		case f.missesPassword():
			n.body = t.T("notice.ready_no_password")
		}
		return n, on.Ready
	case monitor.Joined:
		return notice{t.T("notice.joined_title"), t.T("notice.joined_body", "time", t.Seconds(e.Took)), assets.InGame}, on.Joined
	case monitor.Dropped:
		key := "notice.dropped_auto"
		switch {
		case e.Reason == monitor.TurnedOff && set.AutoReconnect.Enabled:
			key = "notice.dropped_paused"
		case e.Reason != monitor.NoReason:
			key = "notice.dropped_manual"
		}
		return notice{t.T("notice.dropped_title"), t.T(key), assets.Disconnecting}, on.Dropped
	case monitor.Failed, monitor.Refused:
		if e.Reason == monitor.TurnedOff || e.Reason == monitor.SettingsChanged && !e.ByHand {
			return notice{}, false // the user did that himself, a moment ago
		}
		n = notice{t.T("notice.failed_title"), failure(e, set.Active(), t), assets.Error}
		if f.password == passwordDiffers && (e.Reason == monitor.WrongPassword || e.Reason == monitor.FellBack) {
			n.body = also(t, n.body, t.T("failure.take_password"))
		}
		return n, on.Failed
	case monitor.Held:
		return notice{t.T("notice.wrong_title"), t.T("notice.wrong_held", "address", plain(f.wrongServer), "profile", set.Profile), assets.Error}, on.Failed
	case monitor.Asked:
		if e.Server == monitor.ServerDown && !e.Joins {
			return notice{t.T("notice.server_down_title"), t.T("notice.server_down_body"), assets.Unknown}, on.Failed
		}
	}
	return notice{}, false
}

// failure says why a reconnect came to nothing, and what to do about it.
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
	text := t.T(key, "profile", p.Name)
	if e.Attempt > 1 {
		text = also(t, text, t.N("failure.attempts", e.Attempt))
	}
	return text
}

// also puts a sentence behind another, as the language does it.
func also(t *lang.Printer, first, second string) string {
	return t.T("checks.also", "first", first, "second", second)
}

// FailureText is what the commands say, in English, of a monitor.Reason's word,
// with the word for the server's state at that time.
func FailureText(reason, server string, p settings.Profile) string {
	e := monitor.Event{Reason: monitor.ParseReason(reason)}
	if server == monitor.ServerDown.String() {
		e.Server = monitor.ServerDown
	}
	return failure(e, p, lang.New("en"))
}
