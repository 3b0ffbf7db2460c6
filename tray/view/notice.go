package view

import (
	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/settings"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

// Notice is one notification. It is comparable, so that the same one is not
// shown twice in a row.
type Notice struct {
	Title string
	Body  string
	Icon  assets.Icon
}

// NoticeOf decides what the user is told of an event, with what is known around
// it; ok is false for nothing.
func NoticeOf(e monitor.Event, set settings.Settings, f surroundings.Facts, t *lang.Printer) (n Notice, ok bool) {
	on := set.Notifications
	switch e.Kind {
	case monitor.ClientReady:
		n = Notice{t.T("notice.ready_title"), t.T("notice.ready_body"), assets.MainMenu}
		switch {
		case e.Job != 0:
			n.Body = t.T("notice.ready_reconnecting")
		case f.MissesPassword():
			n.Body = t.T("notice.ready_no_password")
		}
		return n, on.Ready
	case monitor.Joined:
		return Notice{t.T("notice.joined_title"), t.T("notice.joined_body", "time", t.Seconds(e.Took)), assets.InGame}, on.Joined
	case monitor.Dropped:
		key := "notice.dropped_auto"
		switch {
		case e.Reason == monitor.TurnedOff && set.AutoReconnect.Enabled:
			key = "notice.dropped_paused"
		case e.Reason != monitor.NoReason:
			key = "notice.dropped_manual"
		}
		return Notice{t.T("notice.dropped_title"), t.T(key), assets.Disconnecting}, on.Dropped
	case monitor.Failed, monitor.Refused:
		if e.Reason == monitor.TurnedOff || e.Reason == monitor.SettingsChanged && !e.ByHand {
			return Notice{}, false // the user did that himself, a moment ago
		}
		n = Notice{t.T("notice.failed_title"), failure(e, set.Active(), t), assets.Error}
		if f.Password == surroundings.PasswordDiffers && (e.Reason == monitor.WrongPassword || e.Reason == monitor.FellBack) {
			n.Body = Also(t, n.Body, t.T("failure.take_password"))
		}
		return n, on.Failed
	case monitor.Held:
		return Notice{t.T("notice.wrong_title"), t.T("notice.wrong_held", "address", Plain(f.WrongServer), "profile", set.Profile), assets.Error}, on.Failed
	case monitor.Asked:
		if e.Server == monitor.ServerDown && !e.Joins {
			return Notice{t.T("notice.server_down_title"), t.T("notice.server_down_body"), assets.Unknown}, on.Failed
		}
	}
	return Notice{}, false
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
		text = Also(t, text, t.N("failure.attempts", e.Attempt))
	}
	return text
}

// Also puts a sentence behind another, as the language does it.
func Also(t *lang.Printer, first, second string) string {
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
