package view

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
	"altv-tray/tray/hotkey"
	"altv-tray/tray/surroundings"
)

func clientRowText(f *frame) string {
	r := f.Snap.Reconnect
	return join(" · ",
		f.Text.T("state.row", "state", clientText(f)),
		durationText(f),
		f.when(f.Facts.ClientSilent, "server.folder_silent"),
		f.when(r.Attempt > 1, "state.attempt", "n", strconv.Itoa(r.Attempt), "of", strconv.Itoa(r.Attempts)))
}

// join joins the texts that are not empty.
func join(separator string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return text == "" }), separator)
}

// when returns the text of a key if the condition holds, otherwise an empty one.
func (f *frame) when(condition bool, key string, args ...string) string {
	if !condition {
		return ""
	}
	return f.Text.T(key, args...)
}

// clientText returns the client's state without its duration.
func clientText(f *frame) string {
	if f.Facts.RunsWithoutDebug && f.Snap.Client.Outcome == debugport.NotRunning {
		return f.Text.T("state.debug_off")
	}
	return f.Text.T(stateOf(f.Snap.Client).key, "word", f.Snap.Client.Word)
}

func serverRowText(f *frame) string { return f.Text.T("server.row", "state", serverText(f)) }

// serverText returns the server's state, and what is wrong with its folder or its address.
func serverText(f *frame) string {
	up := f.Snap.Server == monitor.ServerStarting || f.Snap.Server == monitor.ServerReady
	why, to := serverWhys[f.Snap.ServerWhy.Code], f.Facts.WrongServer
	return join(" · ",
		f.Text.T("server."+serverState(&f.Snap).String()),
		f.when(why != "" && !up, why),
		f.when(f.Facts.NoServerFile, "server.no_file"),
		f.when(f.Facts.ServerSilent, "server.folder_silent"),
		f.when(to != "", "server.wrong", "address", OneLine(to)))
}

func reconnectText(f *frame) string {
	until := f.Snap.Reconnect.Until
	switch {
	case cancellable(f) == 0:
		return f.Text.T("menu.reconnect")
	case until > f.now:
		return f.Text.T("menu.cancel_in", "time", secondsLeft(f, until))
	}
	return f.Text.T("menu.cancel")
}

// pauseText returns how long the pause lasts; empty if there is none.
func pauseText(f *frame) string {
	switch until := f.Snap.PausedUntil; until {
	case 0:
		return ""
	case monitor.Forever:
		return f.Text.T("menu.paused")
	default:
		return f.Text.T("menu.paused_in", "time", minutesLeft(f, until))
	}
}

func settingsText(f *frame) string {
	unavailable, taken := f.Hotkey.Stage == hotkey.Unavailable, f.Hotkey.Why == problem.HotkeyTaken
	return join(" · ",
		f.Text.T("menu.settings"),
		f.when(f.SettingsBroken, "menu.settings_broken"),
		f.when(unavailable && taken, "menu.hotkey_taken"),
		f.when(unavailable && !taken, "menu.hotkey_off"))
}

// hotkeyText says whether the hotkey works; empty if no key is set.
func hotkeyText(f *frame) string {
	if problem := f.Hotkey.Problem(); problem != nil {
		return errtext.Sentence(f.Text, problem)
	}
	name, key := f.Hotkey.Text()
	return f.when(name != "", "doctor.hotkey."+name, "key", key)
}

// mayBeStored reports whether the keyring may have a password of the profile: also while that is not known.
func mayBeStored(f *frame) bool { return f.Facts.Password != surroundings.PasswordMissing }

// passwordIsWrong reports whether the keyring does not have the password of server.toml.
func passwordIsWrong(f *frame) bool {
	return f.Settings.Active().Password != settings.PasswordNone && (f.Facts.MissesPassword() || f.Facts.Password == surroundings.PasswordDiffers)
}

func passwordKeptText(f *frame) string {
	if f.Facts.MissesPassword() {
		return f.Text.T("menu.password_missing")
	}
	return f.Text.T("menu.password_differs")
}

func lastText(f *frame) string {
	switch last := f.Last; {
	case hasFailure(f):
		return failureText(f)
	case last.Kind == "":
		return f.Text.T("menu.last_none")
	case last.Joined:
		return f.Text.T("menu.last_reconnect", "time", f.Text.Seconds(last.Duration))
	default:
		return lastFailedText(f, monitor.ParseReason(last.Reason))
	}
}

type state struct {
	icon assets.Icon
	key  string
}

// states holds the icon and the text of each Reading by its outcome and status.
var states = map[debugport.Reading]state{
	{Outcome: debugport.Unasked}:                                   {assets.NotRunning, "state.looking"},
	{Outcome: debugport.NotRunning}:                                {assets.NotRunning, "state.not_running"},
	{Outcome: debugport.NotAltV}:                                   {assets.Unknown, "state.not_altv"},
	{Outcome: debugport.NoAnswer}:                                  {assets.Unknown, "state.no_answer"},
	{Outcome: debugport.UnknownWord}:                               {assets.Unknown, "state.unknown_word"},
	{Outcome: debugport.Known, Status: debugport.Loading}:          {assets.Loading, "state.loading"},
	{Outcome: debugport.Known, Status: debugport.MainMenu}:         {assets.MainMenu, "state.main_menu"},
	{Outcome: debugport.Known, Status: debugport.Connecting}:       {assets.Connecting, "state.connecting"},
	{Outcome: debugport.Known, Status: debugport.DownloadingFiles}: {assets.DownloadingFiles, "state.downloading_files"},
	{Outcome: debugport.Known, Status: debugport.InGame}:           {assets.InGame, "state.in_game"},
	{Outcome: debugport.Known, Status: debugport.Disconnecting}:    {assets.Disconnecting, "state.disconnecting"},
	{Outcome: debugport.Known, Status: debugport.Error}:            {assets.Error, "state.error_shown"},
}

func stateOf(r debugport.Reading) state {
	return states[debugport.Reading{Outcome: r.Outcome, Status: r.Status}]
}

func icon(r debugport.Reading) assets.Icon { return stateOf(r).icon }

// overlay returns the sign in the icon's corner: the most urgent thing besides the client's state.
func overlay(sc *Scene) assets.Overlay {
	switch s := &sc.Snap; {
	case s.Reconnect.Phase != monitor.NoJob:
		return assets.Pending
	case sc.Failure != monitor.NoReason:
		return assets.Failed
	case s.Client.Status == debugport.InGame && serverState(s) == monitor.ServerDown:
		return assets.ServerDown
	case s.PausedUntil != 0:
		return assets.Paused
	case !sc.Settings.AutoReconnect.Enabled:
		return assets.AutomaticOff
	}
	return assets.NoOverlay
}

// serverState returns the server's state as it is shown: a server whose port is open is not down, even
// if its game mode has not reported that it is ready.
func serverState(s *monitor.Snapshot) monitor.ServerState {
	if why := s.ServerWhy.Code; s.Server == monitor.ServerDown && (why == problem.OpenWithoutSignal || why == problem.SignalMissing) {
		return monitor.ServerStarting
	}
	return s.Server
}

// serverWhys holds the reasons for the server's state that the menu mentions.
var serverWhys = map[problem.Code]string{
	problem.CDNTellsNothing:   "server.why_cdn",
	problem.WaitsForSignal:    "server.why_signal",
	problem.OpenWithoutSignal: "server.why_signal",
	problem.SignalMissing:     "server.why_signal",
	problem.WaitsForStarted:   "server.why_log",
	problem.ServerLogOld:      "server.why_log",
	problem.NoServerLog:       "server.why_log_missing",
	problem.ServerLogUnread:   "server.why_log_missing",
	problem.ServerFolderGone:  "server.why_log_missing",
	problem.NoServerAddress:   "server.why_nowhere",
	problem.NoServerFolder:    "server.why_nowhere",
}

// serverFolderText names only the last part of the folder, so that the menu does not become wide.
func serverFolderText(f *frame) string {
	return f.Text.T("menu.server_folder", "folder", cut(OneLine(filepath.Base(f.Facts.FoundFolder)), 20))
}

// durationText returns how long the client's state has lasted in whole minutes; empty in the first one.
func durationText(f *frame) string {
	if f.Snap.Client.Outcome != debugport.Known {
		return ""
	}
	d := f.now - f.Snap.Since
	f.changesAt(f.Snap.Since + (d/time.Minute+1)*time.Minute)
	if d < time.Minute {
		return ""
	}
	return f.Text.Minutes(d)
}

// secondsLeft returns how many seconds are left, or how many minutes if that is more than an hour.
func secondsLeft(f *frame, until monitor.Time) string {
	if until-f.now > time.Hour {
		return minutesLeft(f, until)
	}
	return f.Text.Seconds(left(f, until, time.Second))
}

func minutesLeft(f *frame, until monitor.Time) string {
	return f.Text.Minutes(left(f, until, time.Minute))
}

// left returns how much time is left, rounded up to whole units.
func left(f *frame, until monitor.Time, unit time.Duration) time.Duration {
	n := (max(0, until-f.now) + unit - 1) / unit
	if n > 0 {
		f.changesAt(until - (n-1)*unit)
	}
	return n * unit
}

// tooltipUnits is how many UTF-16 units of a tooltip Windows shows. systray sends a longer one without
// its end mark.
const tooltipUnits = 127

// tooltip returns the first two rows, the failure, the rest of the pause, and the profile if there are
// several. If that is too long, its longest lines are shortened.
func tooltip(f *frame) string {
	lines := []string{clientRowText(f), serverRowText(f), failureText(f), pauseText(f)}
	if len(f.Settings.Profiles) > 1 {
		lines = append(lines, f.Text.T("menu.profile_named", "name", cut(OneLine(f.Settings.Profile), 20)))
	}
	for {
		text := join("\n", lines...)
		if length(text) <= tooltipUnits {
			return text
		}
		longest := 0
		for i, line := range lines {
			if length(line) > length(lines[longest]) {
				longest = i
			}
		}
		lines[longest] = cut(lines[longest], length(lines[longest])-1)
	}
}

// length returns the length of a text in UTF-16 units.
func length(text string) int { return len(utf16.Encode([]rune(text))) }

// cut shortens a text to that many UTF-16 units without splitting a rune.
func cut(text string, units int) string {
	if len(text) <= units || length(text) <= units {
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

// OneLine makes a text from elsewhere safe to show in one line: it replaces control characters,
// invalid UTF-8 and runs of spaces by one space, and trims the text.
func OneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || r == 0x7f {
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
