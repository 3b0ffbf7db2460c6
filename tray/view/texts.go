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
	"altv-tray/tray/action"
	"altv-tray/tray/errtext"
	"altv-tray/tray/hotkey"
	"altv-tray/tray/surroundings"
)

// never is when a view changes that does not by itself.
const never = monitor.Forever

// Render decides what is shown of a scene at that time of the machine's clock. Next is when the
// view changes by itself, as minutes and seconds pass.
func Render(sc *Scene, now monitor.Time) (v View, next monitor.Time) {
	f := frame{Scene: sc, now: now, next: never}
	v.Icon = icon(sc.Snap.Client)
	v.Overlay = overlay(sc)
	v.Rows = make([]Row, RowCount())
	for i := range menu {
		v.Rows[i] = menu[i].row(&f)
	}
	renderProfiles(&v, sc)
	v.Tooltip = tooltip(&f)
	return v, f.next
}

// renderProfiles lists the profiles with a tick at the one in use.
func renderProfiles(v *View, sc *Scene) {
	for i, p := range sc.Settings.Profiles {
		id := Profile(i)
		if i == maxProfiles-1 && len(sc.Settings.Profiles) > maxProfiles {
			v.Rows[id] = Row{Label: sc.Text.N("menu.profile_more", len(sc.Settings.Profiles)-i)}
			break
		}
		v.Rows[id] = Row{
			Label: cut(OneLine(p.Name), profileUnits), Enabled: true, Checked: p.Name == sc.Settings.Profile,
			Action: action.UseProfile{Name: p.Name},
		}
	}
}

// profileUnits keeps a long profile name from making the menu wide.
const profileUnits = 40

func stateText(f *frame) string {
	r := f.Snap.Reconnect
	return join(" · ",
		f.Text.T("state.row", "state", clientWords(f)),
		lasting(f),
		f.when(f.Facts.ClientSilent, "server.folder_silent"),
		f.when(r.Attempt > 1, "state.attempt", "n", strconv.Itoa(r.Attempt), "of", strconv.Itoa(r.Attempts)))
}

// join puts the texts that are not empty behind one another.
func join(separator string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return text == "" }), separator)
}

// when returns the text of a key where that applies, else an empty one.
func (f *frame) when(applies bool, key string, args ...string) string {
	if !applies {
		return ""
	}
	return f.Text.T(key, args...)
}

// clientWords is the client's state without for how long it has lasted.
func clientWords(f *frame) string {
	if f.Facts.RunsWithoutDebug && f.Snap.Client.Outcome == debugport.NotRunning {
		return f.Text.T("state.debug_off")
	}
	return f.Text.T(stateOf(f.Snap.Client).key, "word", f.Snap.Client.Word)
}

func serverRow(f *frame) string { return f.Text.T("server.row", "state", serverWords(f)) }

// serverWords is the server's state with what is wrong around it.
func serverWords(f *frame) string {
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
	case cancels(f) == 0:
		return f.Text.T("menu.reconnect")
	case until > f.now:
		return f.Text.T("menu.cancel_in", "time", countdown(f, until))
	}
	return f.Text.T("menu.cancel")
}

// pauseText is empty while nothing is paused.
func pauseText(f *frame) string {
	switch until := f.Snap.PausedUntil; until {
	case 0:
		return ""
	case never:
		return f.Text.T("menu.paused")
	default:
		return f.Text.T("menu.paused_in", "time", remaining(f, until))
	}
}

func settingsText(f *frame) string {
	lost, taken := f.Hotkey.Stage == hotkey.Unavailable, f.Hotkey.Why == problem.HotkeyTaken
	return join(" · ",
		f.Text.T("menu.settings"),
		f.when(f.SettingsBroken, "menu.settings_broken"),
		f.when(lost && taken, "menu.hotkey_taken"),
		f.when(lost && !taken, "menu.hotkey_off"))
}

// hotkeyText says whether the hotkey works; empty if none is set.
func hotkeyText(f *frame) string {
	key := f.Hotkey.Key.String()
	switch s := f.Hotkey; {
	case s.Stage == hotkey.Unavailable:
		return errtext.Sentence(f.Text, s.Problem())
	case s.Stage == hotkey.Asking:
		return f.Text.T("doctor.hotkey.asking", "key", key)
	case s.Stage != hotkey.Registered:
		return ""
	case s.Backend == hotkey.XWayland:
		return f.Text.T("doctor.hotkey.xwayland", "key", key)
	case s.Backend == hotkey.Portal && s.Name != "":
		return f.Text.T("doctor.hotkey.portal", "key", s.Name)
	}
	return f.Text.T("doctor.hotkey.held", "key", key)
}

func mayBeStored(f *frame) bool { return f.Facts.Password != surroundings.PasswordMissing }

// storedIsWrong tells that the stored password is not the one of server.toml.
func storedIsWrong(f *frame) bool {
	return f.Settings.Active().Password != settings.PasswordNone && (f.Facts.MissesPassword() || f.Facts.Password == surroundings.PasswordDiffers)
}

func keptText(f *frame) string {
	if f.Facts.MissesPassword() {
		return f.Text.T("menu.password_missing")
	}
	return f.Text.T("menu.password_differs")
}

func lastText(f *frame) string {
	switch last := f.Last; {
	case failed(f):
		return failureText(f)
	case last.Kind == "":
		return f.Text.T("menu.last_none")
	case last.Joined:
		return f.Text.T("menu.last_reconnect", "time", f.Text.Seconds(last.Duration))
	default:
		return whyFailed(f, monitor.ParseReason(last.Reason))
	}
}

type state struct {
	icon assets.Icon
	key  string
}

// states are the icon and the text of each Reading, of which only these two fields count.
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

func inGame(r debugport.Reading) bool {
	return r.Outcome == debugport.Known && r.Status == debugport.InGame
}

// overlay shows the most urgent thing beside the state.
func overlay(sc *Scene) assets.Overlay {
	switch s := &sc.Snap; {
	case s.Reconnect.Phase != monitor.NoJob:
		return assets.Pending
	case sc.Failure != monitor.NoReason:
		return assets.Failed
	case inGame(s.Client) && serverState(s) == monitor.ServerDown:
		return assets.ServerDown
	case s.PausedUntil != 0:
		return assets.Paused
	case !sc.Settings.AutoReconnect.Enabled:
		return assets.AutomaticOff
	}
	return assets.NoOverlay
}

// serverState is what is shown of the server: one whose port is open is not down, though its
// game mode has not said that it is ready.
func serverState(s *monitor.Snapshot) monitor.ServerState {
	if why := s.ServerWhy.Code; s.Server == monitor.ServerDown && (why == problem.OpenWithoutSignal || why == problem.SignalMissing) {
		return monitor.ServerStarting
	}
	return s.Server
}

// serverWhys are the reasons that are worth a word in the menu.
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

// serverFolderText names the folder by its last part: all of it would make the menu
// wide.
func serverFolderText(f *frame) string {
	return f.Text.T("menu.server_folder", "folder", cut(OneLine(filepath.Base(f.Facts.FoundFolder)), 20))
}

// lasting says for how long the state has lasted, in whole minutes; "" in the first one.
func lasting(f *frame) string {
	if f.Snap.Client.Outcome != debugport.Known {
		return ""
	}
	d := f.now - f.Snap.Since
	f.until(f.Snap.Since + (d/time.Minute+1)*time.Minute)
	if d < time.Minute {
		return ""
	}
	return f.Text.Minutes(d)
}

// countdown says how many seconds are left, rounded up.
func countdown(f *frame, until monitor.Time) string {
	if until-f.now > time.Hour {
		return remaining(f, until) // Seconds would show none either
	}
	return f.Text.Seconds(left(f, until, time.Second))
}

// remaining is the same in minutes.
func remaining(f *frame, until monitor.Time) string {
	return f.Text.Minutes(left(f, until, time.Minute))
}

// left is what is left until then, in whole units, rounded up.
func left(f *frame, until monitor.Time, unit time.Duration) time.Duration {
	n := (max(0, until-f.now) + unit - 1) / unit
	if n > 0 {
		f.until(until - (n-1)*unit)
	}
	return n * unit
}

// cut shortens a text to that many UTF-16 units, on a rune's boundary.
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

// OneLine makes a text from elsewhere safe to show in one line.
func OneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || r == 0x7f {
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
