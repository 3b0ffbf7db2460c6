package tray

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
	"altv-tray/tray/lang"
)

// never is a time that render gives where nothing changes by itself.
const never = monitor.Forever

// scene is all that decides what is shown. It is comparable: the same scene
// at the same time is the same view.
type scene struct {
	snap    monitor.Snapshot
	set     *settings.Settings // never changed once it is here
	version string
	text    *lang.Printer
	facts   facts
}

// soon is for how long after a click on a client that is ready the row does not
// turn into Cancel: the request leaves as soon as the keyring has answered, and
// a second click, or one beside a command, is not meant to call it off.
const soon = 500 * time.Millisecond

// render decides what is shown of a scene at that time of the machine's clock.
// Next is when the view changes though nothing happens: a minute or a second
// has passed.
func render(sc scene, now monitor.Time) (v view, next monitor.Time) {
	next = never
	s, t := &sc.snap, sc.text
	v.icon = icon(s.Client)
	v.overlay = overlay(s, sc.set)
	client := clientText(t, s.Client)
	if sc.facts.debugOff && s.Client.Outcome == debugport.NotRunning {
		client = t.T("state.debug_off")
	}
	state := t.T("state.row", "state", client)
	d, at := lasting(t, s, now)
	next = min(next, at)
	if d != "" {
		state += " · " + d
	}
	if r := s.Reconnect; r.Phase != monitor.NoJob && r.Attempt > 1 {
		state += " · " + t.T("state.attempt", "n", strconv.Itoa(r.Attempt), "of", strconv.Itoa(r.Attempts))
	}
	server := t.T("server.row", "state", serverText(t, s))
	if sc.facts.noServerFile {
		server += " · " + t.T("server.no_file")
	}
	if to := sc.facts.wrongServer; to != "" {
		server += " · " + t.T("server.wrong", "address", plain(to))
	}
	for id := range rowProfileFirst {
		v.rows[id].enabled = true
	}
	v.rows[rowState] = row{label: state}
	v.rows[rowServer] = row{label: server}
	v.rows[rowLast] = row{label: lastText(t, sc.facts)}
	v.tooltip = cut(state+"\n"+server, tooltipUnits)

	label := func(id rowID, key string) { v.rows[id].label = t.T(key) }
	if r := s.Reconnect; r.Phase.Cancellable() {
		v.cancels = r.ID
		if r.ByHand && r.Phase == monitor.Waiting && s.Client.Ready() && now < r.Since+soon {
			v.cancels = 0
			next = min(next, r.Since+soon)
		}
	}
	switch until := s.Reconnect.Until; {
	case v.cancels == 0:
		label(rowReconnect, "menu.reconnect")
		v.rows[rowReconnect].enabled = s.Client.Present()
	case until > now:
		left, at := countdown(t, until, now)
		v.rows[rowReconnect].label = t.T("menu.cancel_in", "time", left)
		next = min(next, at)
	default:
		label(rowReconnect, "menu.cancel")
	}

	label(rowAutomatic, "menu.automatic")
	v.rows[rowAutomatic].checked = sc.set.AutoReconnect.Enabled
	paused := s.PausedUntil != 0
	for id, key := range map[rowID]string{
		rowPause: "menu.pause", rowPause15: "menu.pause_15", rowPause60: "menu.pause_60", rowPauseForever: "menu.pause_forever",
	} {
		v.rows[id] = row{label: t.T(key), enabled: !paused}
	}
	v.rows[rowResume] = row{label: t.T("menu.resume"), enabled: paused}
	switch {
	case paused && s.PausedUntil == never:
		v.rows[rowPause].label = t.T("menu.paused")
	case paused:
		left, at := remaining(t, s.PausedUntil, now)
		v.rows[rowPause].label = t.T("menu.paused_in", "time", left)
		next = min(next, at)
	}

	label(rowProfile, "menu.profile")
	renderProfiles(&v, t, sc.set)
	label(rowPassword, "menu.password")
	label(rowPasswordSet, "menu.password_set")
	v.rows[rowPasswordTake] = row{label: t.T("menu.password_take"), enabled: sc.facts.serverPassword}
	v.rows[rowPasswordKept] = row{label: keptText(t, sc)}
	v.rows[rowPasswordClear] = row{label: t.T("menu.password_clear"), enabled: sc.facts.password != passwordMissing}

	label(rowNotifications, "menu.notifications")
	on := sc.set.Notifications
	v.rows[rowNotifyReady] = row{t.T("menu.notify_ready"), true, on.Ready}
	v.rows[rowNotifyJoined] = row{t.T("menu.notify_joined"), true, on.Joined}
	v.rows[rowNotifyDropped] = row{t.T("menu.notify_dropped"), true, on.Dropped}
	v.rows[rowNotifyFailed] = row{t.T("menu.notify_failed"), true, on.Failed}

	absent := s.Client.Outcome == debugport.NotRunning && !sc.facts.debugOff
	v.rows[rowStart] = row{label: t.T("menu.start"), enabled: sc.facts.canStart && absent}
	v.rows[rowDebugOn] = row{label: t.T("menu.debug_on"), enabled: sc.facts.debugUnset}
	v.rows[rowAutostart] = row{t.T("menu.autostart"), true, sc.facts.autostart}

	label(rowSettings, "menu.settings")
	if sc.facts.settingsBroken {
		v.rows[rowSettings].label += " · " + t.T("menu.settings_broken")
	}
	label(rowLogs, "menu.logs")
	label(rowChecks, "menu.checks")
	v.rows[rowAbout].label = t.T("menu.about", "version", sc.version)
	label(rowQuit, "menu.quit")
	return v, next
}

// renderProfiles lists the profiles with a tick at the one in use.
func renderProfiles(v *view, t *lang.Printer, set *settings.Settings) {
	for i, p := range set.Profiles {
		id := rowProfileFirst + rowID(i)
		if id == rowCount-1 && len(set.Profiles) > maxProfiles {
			v.rows[id] = row{label: t.N("menu.profile_more", len(set.Profiles)-i)}
			break
		}
		v.rows[id] = row{cut(plain(p.Name), profileUnits), true, p.Name == set.Profile}
	}
}

// profileUnits keeps a long profile name from making the menu wide.
const profileUnits = 40

// keptText says what is known of the profile's password.
func keptText(t *lang.Printer, sc scene) string {
	switch {
	case sc.set.Active().Password == settings.PasswordNone:
		return t.T("menu.password_unneeded")
	case sc.facts.missesPassword():
		return t.T("menu.password_missing")
	case sc.facts.password == passwordMissing:
		return t.T("menu.password_none_sent")
	case sc.facts.password == passwordStored:
		return t.T("menu.password_stored")
	case sc.facts.password == passwordDiffers:
		return t.T("menu.password_differs")
	}
	return t.T("menu.password_unread")
}

func lastText(t *lang.Printer, f facts) string {
	switch {
	case !f.reconnected:
		return t.T("menu.last_none")
	case f.joined:
		return t.T("menu.last_reconnect", "time", t.Seconds(f.took))
	}
	if f.why == monitor.NoReason {
		return t.T("menu.last_failed")
	}
	return t.T("menu.last_failed_why", "why", t.T("why."+f.why.String()))
}

func icon(r debugport.Reading) assets.Icon {
	switch r.Outcome {
	case debugport.Unasked, debugport.NotRunning:
		return assets.NotRunning
	case debugport.Known:
		switch r.Status {
		case debugport.Loading:
			return assets.Loading
		case debugport.MainMenu:
			return assets.MainMenu
		case debugport.Connecting:
			return assets.Connecting
		case debugport.DownloadingFiles:
			return assets.DownloadingFiles
		case debugport.InGame:
			return assets.InGame
		case debugport.Disconnecting:
			return assets.Disconnecting
		case debugport.Error:
			return assets.Error
		}
	}
	return assets.Unknown
}

// overlay tells the most urgent thing about reconnecting.
func overlay(s *monitor.Snapshot, set *settings.Settings) assets.Overlay {
	switch {
	case s.Reconnect.Phase != monitor.NoJob:
		return assets.Pending
	case s.PausedUntil != 0:
		return assets.Paused
	case !set.AutoReconnect.Enabled:
		return assets.AutomaticOff
	}
	return assets.None
}

func clientText(t *lang.Printer, r debugport.Reading) string {
	switch r.Outcome {
	case debugport.Unasked:
		return t.T("state.looking")
	case debugport.NotRunning:
		return t.T("state.not_running")
	case debugport.NotAltV:
		return t.T("state.not_altv")
	case debugport.NoAnswer:
		return t.T("state.no_answer")
	case debugport.UnknownWord:
		return t.T("state.unknown_word", "word", r.Word)
	}
	switch r.Status {
	case debugport.Loading:
		return t.T("state.loading")
	case debugport.MainMenu:
		return t.T("state.main_menu")
	case debugport.Connecting:
		return t.T("state.connecting")
	case debugport.DownloadingFiles:
		return t.T("state.downloading_files")
	case debugport.InGame:
		return t.T("state.in_game")
	case debugport.Disconnecting:
		return t.T("state.disconnecting")
	}
	return t.T("state.error_shown")
}

func serverText(t *lang.Printer, s *monitor.Snapshot) string {
	text := t.T("server." + s.Server.String())
	if s.Server == monitor.ServerUnknown || s.Server == monitor.ServerDown {
		for _, w := range serverWhys {
			if strings.Contains(s.ServerWhy, w.part) {
				return text + " · " + t.T(w.key)
			}
		}
	}
	return text
}

// serverWhys are the reasons that are worth a word in the menu, by what is
// said of them in the log.
var serverWhys = []struct{ part, key string }{
	{"CDN", "server.why_cdn"},
	{"altv-tray ready", "server.why_signal"},
	{"Server started", "server.why_log"},
	{"server.log", "server.why_log_missing"},
	{"no folder", "server.why_nowhere"},
	{"no address", "server.why_nowhere"},
}

// lasting tells for how long the state has lasted, in whole minutes, and when
// that text changes. The first minute goes without: it is of no interest.
func lasting(t *lang.Printer, s *monitor.Snapshot, now monitor.Time) (string, monitor.Time) {
	if s.Client.Outcome != debugport.Known {
		return "", never
	}
	d := now - s.Since
	next := s.Since + (d/time.Minute+1)*time.Minute
	if d < time.Minute {
		return "", next
	}
	return t.Minutes(d), next
}

// countdown says how many seconds are left, rounded up, and when that changes.
func countdown(t *lang.Printer, until, now monitor.Time) (string, monitor.Time) {
	if until-now > time.Hour {
		return remaining(t, until, now) // Seconds would tell no seconds either
	}
	n, next := unitsLeft(until, now, time.Second)
	return t.Seconds(n * time.Second), next
}

// remaining is the same in minutes.
func remaining(t *lang.Printer, until, now monitor.Time) (string, monitor.Time) {
	n, next := unitsLeft(until, now, time.Minute)
	return t.Minutes(n * time.Minute), next
}

func unitsLeft(until, now monitor.Time, unit time.Duration) (n time.Duration, next monitor.Time) {
	n = (max(0, until-now) + unit - 1) / unit
	if n == 0 {
		return 0, never
	}
	return n, until - (n-1)*unit
}

// tooltipUnits is what Windows shows of a tooltip; systray drops the end mark
// of a longer one.
const tooltipUnits = 127

// cut shortens a text to that many UTF-16 units, on a rune's boundary.
func cut(text string, units int) string {
	if len(text) <= units || len(utf16.Encode([]rune(text))) <= units {
		return text
	}
	n := 1 // the ellipsis
	for i, r := range text {
		if n += utf16.RuneLen(r); n > units {
			return text[:i] + "…"
		}
	}
	return text
}

// plain makes a text from elsewhere safe to show in one line.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || r == 0x7f {
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
