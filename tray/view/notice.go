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

// Notice is one notification. It is comparable, so that the same one is not
// shown twice in a row.
type Notice struct {
	Title string
	Body  string // it names the way through the menu, as not every desktop shows buttons
	Icon  assets.Icon

	Buttons [2]Button     // those without a label are not there
	Tag     string        // it takes the place of the one with the same tag; empty: of none
	Timeout time.Duration // for how long it is of use; 0: until the user closes it
}

// Button is what a notice offers to do.
type Button struct {
	Label  string
	Action action.Action
}

// CountdownTag is the tag of a countdown's notice.
const CountdownTag = "countdown"

// Removal is no notice, but takes the one with that tag away.
func Removal(tag string) Notice { return Notice{Tag: tag} }

// IsRemoval reports that n was made by Removal.
func (n *Notice) IsRemoval() bool { return n.Title == "" }

// HasButtons reports whether there is one at least.
func (n *Notice) HasButtons() bool { return n.Buttons[0].Label != "" }

func notice(title, body string, icon assets.Icon) Notice {
	return Notice{Title: title, Body: body, Icon: icon}
}

// NoticeOf decides what the user is told of an event, with what is known around
// it; ok is false for nothing.
func NoticeOf(e monitor.Event, set settings.Settings, f surroundings.Facts, t *lang.Printer) (n Notice, ok bool) {
	n, ok = withoutButtons(e, set, f, t)
	n.Buttons = buttonsOf(e, set.Active(), f, t)
	return n, ok
}

// EndsCountdown reports that the notice of a countdown is of no use any more, after
// that event of the same reconnect.
func EndsCountdown(k monitor.EventKind) bool {
	switch k {
	case monitor.Asked, monitor.Sending, monitor.Joined, monitor.Failed, monitor.Cancelled:
		return true
	}
	return false
}

func withoutButtons(e monitor.Event, set settings.Settings, f surroundings.Facts, t *lang.Printer) (n Notice, ok bool) {
	on := set.Notifications
	switch e.Kind {
	case monitor.ClientReady:
		return readyNotice(e, set, f, t)
	case monitor.CountingDown:
		n = notice(t.T("notice.countdown_title", "time", t.Seconds(e.Pause)), t.T("notice.countdown_body"), icon(e.To))
		n.Tag, n.Timeout = CountdownTag, e.Pause
		return n, on.Ready
	case monitor.Joined:
		return notice(t.T("notice.joined_title"), t.T("notice.joined_body", "time", t.Seconds(e.Took)), assets.InGame), on.Joined && (e.ByHand || !e.Rejoin)
	case monitor.Dropped:
		return notice(t.T("notice.dropped_title"), t.T(droppedText(e, set)), assets.Disconnecting), on.Dropped
	case monitor.SignalMissing:
		return notice(t.T("notice.signal_missing_title"), t.T("notice.signal_missing_body"), assets.Error), on.Failed
	case monitor.Missed:
		return notice(t.T("notice.missed_title"), t.T(missedText(e)), assets.MainMenu), on.Dropped
	case monitor.Failed, monitor.Refused:
		if usersOwn(e) {
			return Notice{}, false
		}
		why := failure(e, set.Active(), t)
		if differs(e, f) {
			why = JoinSentences(t, why, t.T("failure.take_password"))
		}
		return notice(t.T("notice.failed_title"), withAttempts(e, why, t), assets.Error), on.Failed
	case monitor.Withheld:
		return notice(t.T("notice.wrong_title"), t.T("notice.wrong_held", "address", OneLine(f.WrongServer), "profile", set.Profile), assets.Error), on.Failed
	case monitor.Asked:
		if e.Server == monitor.ServerDown && !e.Merged {
			return notice(t.T("notice.server_down_title"), t.T("notice.server_down_body"), assets.Unknown), on.Failed
		}
	}
	return Notice{}, false
}

// readyNotice is that of a client in the main menu, unless another follows at once.
func readyNotice(e monitor.Event, set settings.Settings, f surroundings.Facts, t *lang.Printer) (Notice, bool) {
	body := "notice.ready_body"
	switch {
	case e.Job != 0 && !e.ByHand && set.AutoReconnect.Delay > 0:
		return Notice{}, false // the countdown's follows
	case e.Job != 0 && set.Notifications.Failed && f.MissesPassword():
		return Notice{}, false // that of the failure follows
	case f.MissesPassword():
		body = "notice.ready_no_password"
	case e.Job != 0:
		body = "notice.ready_reconnecting"
	}
	return notice(t.T("notice.ready_title"), t.T(body), assets.MainMenu), set.Notifications.Ready
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
	return t.T(key, "profile", p.Name)
}

// withAttempts ends a text with how many attempts there were, if more than one, and if the
// text does not speak of two.
func withAttempts(e monitor.Event, text string, t *lang.Printer) string {
	if e.Attempt > 1 && e.Reason != monitor.WrongPassword && e.Reason != monitor.PasswordWanted {
		return JoinSentences(t, text, t.N("failure.attempts", e.Attempt))
	}
	return text
}

// JoinSentences puts a sentence behind another, as the language does it.
func JoinSentences(t *lang.Printer, first, second string) string {
	return t.T("checks.also", "first", first, "second", second)
}

// EnglishFailure is what the commands say, in English, of a monitor.Reason's word,
// with the word for the server's state at that time.
func EnglishFailure(reason, server string, p settings.Profile) string {
	e := monitor.Event{Reason: monitor.ParseReason(reason)}
	if server == monitor.ServerDown.String() {
		e.Server = monitor.ServerDown
	}
	return failure(e, p, lang.English())
}
