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
)

// never is a time that render gives where nothing changes by itself.
const never = monitor.Forever

// render decides what is shown of a snapshot at that time of the machine's
// clock. Next is when the view changes though nothing happens: a minute or a
// second has passed.
func render(s monitor.Snapshot, set settings.Settings, version string, now monitor.Time) (v view, next monitor.Time) {
	next = never
	v.icon = icon(s.Client)
	state := "alt:V: " + clientText(s.Client)
	if d, at := lasting(s, now); d != "" || at != never {
		next = min(next, at)
		if d != "" {
			state += " · " + d
		}
	}
	if r := s.Reconnect; r.Phase != monitor.NoJob && r.Attempt > 1 {
		state += " · " + attemptText(r.Attempt, r.Attempts)
	}
	server := "Server: " + serverText(s)
	for id := range v.rows {
		v.rows[id].enabled = true
	}
	v.rows[rowState] = row{label: state}
	v.rows[rowServer] = row{label: server}
	v.tooltip = cut(state+"\n"+server, tooltipUnits)

	v.rows[rowReconnect].label = "Reconnect now"
	switch r := s.Reconnect; {
	case r.Phase.Cancellable() && r.Until != 0:
		text, at := countdown(r.Until, now)
		v.rows[rowReconnect].label = "Cancel reconnect (" + text + ")"
		next = min(next, at)
	case r.Phase.Cancellable():
		v.rows[rowReconnect].label = "Cancel reconnect"
	default:
		v.rows[rowReconnect].enabled = s.Client.Present()
	}

	v.rows[rowAutomatic].label = "Automatic reconnect"
	v.rows[rowAutomatic].checked = set.AutoReconnect.Enabled
	paused := s.PausedUntil != 0
	v.rows[rowPause] = row{label: "Pause", enabled: !paused}
	v.rows[rowPause15] = row{label: "For 15 minutes", enabled: !paused}
	v.rows[rowPause60] = row{label: "For 1 hour", enabled: !paused}
	v.rows[rowPauseForever] = row{label: "Until resumed", enabled: !paused}
	v.rows[rowResume] = row{label: "Resume", enabled: paused}
	if paused && s.PausedUntil != never {
		text, at := remaining(s.PausedUntil, now)
		v.rows[rowResume].label = "Resume (paused for " + text + ")"
		next = min(next, at)
	}

	v.rows[rowPassword].label = "Server password"
	v.rows[rowPasswordSet].label = "Set…"
	v.rows[rowPasswordClear].label = "Clear"
	v.rows[rowSettings].label = "Open settings"
	v.rows[rowLogs].label = "Open log folder"
	v.rows[rowAbout].label = "About altv-tray " + version
	v.rows[rowQuit].label = "Quit"
	return v, next
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

func clientText(r debugport.Reading) string {
	switch r.Outcome {
	case debugport.Unasked:
		return "Looking"
	case debugport.NotRunning:
		return "Not running"
	case debugport.NotAltV:
		return "Another program answers on its port"
	case debugport.NoAnswer:
		return "No answer"
	case debugport.UnknownWord:
		return "Unknown state " + r.Word
	}
	switch r.Status {
	case debugport.Loading:
		return "Loading"
	case debugport.MainMenu:
		return "Main menu"
	case debugport.Connecting:
		return "Connecting"
	case debugport.DownloadingFiles:
		return "Downloading files"
	case debugport.InGame:
		return "In game"
	case debugport.Disconnecting:
		return "Disconnecting"
	}
	return "Error"
}

func serverText(s monitor.Snapshot) string {
	text := s.Server.String()
	if s.ServerWhy != "" && (s.Server == monitor.ServerUnknown || s.Server == monitor.ServerDown) {
		text += " · " + s.ServerWhy
	}
	return text
}

func attemptText(n, of int) string {
	return "attempt " + strconv.Itoa(n) + " of " + strconv.Itoa(of)
}

// lasting tells for how long the state has lasted, in whole minutes, and when
// that text changes. The first minute goes without: it is of no interest.
func lasting(s monitor.Snapshot, now monitor.Time) (string, monitor.Time) {
	if s.Client.Outcome != debugport.Known {
		return "", never
	}
	d := now - s.Since
	next := s.Since + (d/time.Minute+1)*time.Minute
	if d < time.Minute {
		return "", next
	}
	return minutes(d), next
}

// minutes says "12 min" or "1 h 5 min".
func minutes(d time.Duration) string {
	m := int(d / time.Minute)
	if m < 60 {
		return strconv.Itoa(m) + " min"
	}
	text := strconv.Itoa(m/60) + " h"
	if m%60 != 0 {
		text += " " + strconv.Itoa(m%60) + " min"
	}
	return text
}

// countdown says how many seconds are left, rounded up, and when that changes.
func countdown(until, now monitor.Time) (string, monitor.Time) {
	left := max(0, until-now)
	n := (left + time.Second - 1) / time.Second
	return strconv.Itoa(int(n)) + " s", nextDown(until, n, time.Second)
}

// remaining is the same in minutes.
func remaining(until, now monitor.Time) (string, monitor.Time) {
	left := max(0, until-now)
	n := (left + time.Minute - 1) / time.Minute
	return minutes(n * time.Minute), nextDown(until, n, time.Minute)
}

func nextDown(until monitor.Time, n, unit time.Duration) monitor.Time {
	if n <= 0 {
		return never
	}
	return until - (n-1)*unit
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
