package view

import (
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/tray/action"
)

// RowID is a row's place in the menu. It never changes. What cannot be done now is
// disabled, so that nothing moves under the pointer; only what is of no use at all
// is not there.
type RowID int

// Place is where a row stands and what kind it is.
type Place struct {
	Parent    RowID // the row whose submenu it is in; itself for the top level
	Checkable bool
	Separator bool // a line comes before it
}

// entry is one row of the menu: where it stands, what it says, when it can be
// clicked, and what a click asks for.
type entry struct {
	name      string // its text is the translations' menu.<name>, unless text says otherwise
	in        string // the row whose submenu it is in; empty: the top level
	separator bool   // at the top level: a line comes before it
	submenu   bool   // it opens one
	text      func(f *frame) string
	letter    func(f *frame) string        // whose mnemonic it has; nil: that of its name
	shown     func(f *frame) bool          // nil: always
	enabled   func(f *frame) bool          // nil: always, if it does something
	ticked    func(f *frame) bool          // nil: it has no tick
	does      func(f *frame) action.Action // nil: it only says something, or opens a submenu
}

// menu is the whole menu, in order. The profiles follow behind, in the submenu
// of "profile".
var menu = []entry{
	{name: "state", text: stateText},
	{name: "server", text: serverRow},
	{name: "last", text: lastText, shown: failed},
	{name: "reconnect", separator: true, text: reconnectText, letter: reconnectName, enabled: canReconnect, does: reconnectOrCancel},
	{name: "automatic", ticked: automatic, does: func(f *frame) action.Action { return action.Automatic{On: !automatic(f)} }},
	{name: "pause", submenu: true, shown: running},
	{name: "pause_15", in: "pause", does: always(action.Pause{For: 15 * time.Minute})},
	{name: "pause_60", in: "pause", does: always(action.Pause{For: time.Hour})},
	{name: "pause_forever", in: "pause", does: always(action.Pause{})},
	{name: "resume", shown: paused, does: always(action.Resume{})},
	{name: "profile", separator: true, submenu: true},
	{name: "server_folder", text: serverFolderText, shown: offersFolder, does: always(action.UseServerFolder{})},
	{name: "password", submenu: true},
	{name: "password_set", in: "password", does: always(action.SetPassword{})},
	{name: "password_take", in: "password", enabled: func(f *frame) bool { return f.Facts.ServerHasPassword }, does: always(action.TakePassword{})},
	{name: "password_clear", in: "password", enabled: mayBeStored, does: always(action.ClearPassword{})},
	{name: "password_kept", in: "password", text: keptText, shown: storedIsWrong},
	{name: "notifications", submenu: true},
	{name: "notify_ready", in: "notifications", ticked: notifies("ready"), does: toggles("ready")},
	{name: "notify_joined", in: "notifications", ticked: notifies("joined"), does: toggles("joined")},
	{name: "notify_dropped", in: "notifications", ticked: notifies("dropped"), does: toggles("dropped")},
	{name: "notify_failed", in: "notifications", ticked: notifies("failed"), does: toggles("failed")},
	{name: "start", separator: true, shown: onWindows, enabled: canStart, does: always(action.StartClient{})},
	{name: "debug_on", shown: func(f *frame) bool { return f.Facts.ClientDebugOff }, does: always(action.SwitchDebugOn{})},
	{name: "autostart", ticked: starts, does: func(f *frame) action.Action { return action.Autostart{On: !starts(f)} }},
	{name: "dashboard", separator: true, does: always(action.OpenDashboard{})},
	{name: "settings", text: settingsText, does: always(action.OpenSettings{})},
	{name: "logs", does: always(action.OpenLogs{})},
	{name: "checks", does: always(action.RunChecks{})},
	{name: "about", separator: true, text: func(f *frame) string { return f.Text.T("menu.about", "version", f.Version) }, does: always(action.About{})},
	{name: "quit", does: always(action.Quit{})},
}

// maxProfiles is how many profiles the menu can show; the last row then says
// that there are more.
const maxProfiles = 32

// RowCount is how many rows there can be.
func RowCount() int { return len(menu) + maxProfiles }

// Profile is the row of the nth profile, from 0.
func Profile(n int) RowID { return RowID(len(menu) + n) }

// IsProfile reports whether a row is one of the profiles', which come and go at
// the end of their submenu.
func IsProfile(id RowID) bool { return int(id) >= len(menu) }

// ID finds a row by its name in the table. It panics where there is none.
func ID(name string) RowID {
	for i, e := range menu {
		if e.name == name {
			return RowID(i)
		}
	}
	panic("no row of the menu is named " + name)
}

// PlaceOf tells where a row stands.
func PlaceOf(id RowID) Place {
	if IsProfile(id) {
		return Place{Parent: ID("profile"), Checkable: true}
	}
	e := menu[id]
	p := Place{Parent: id, Checkable: e.ticked != nil, Separator: e.separator}
	if e.in != "" {
		p.Parent = ID(e.in)
	}
	return p
}

// frame is a scene at one time. Texts that change by themselves note when.
type frame struct {
	*Scene
	now  monitor.Time
	next monitor.Time // when the view changes though nothing happens
}

// until notes that the view changes then.
func (f *frame) until(t monitor.Time) { f.next = min(f.next, t) }

func (e *entry) row(f *frame) (r Row) {
	if e.shown != nil && !e.shown(f) {
		return r
	}
	if e.text != nil {
		r.Label = e.text(f)
	} else {
		r.Label = f.Text.T("menu." + e.name)
	}
	r.Enabled = (e.does != nil || e.submenu) && (e.enabled == nil || e.enabled(f))
	r.Checked = e.ticked != nil && e.ticked(f)
	if e.does != nil {
		r.Action = e.does(f)
	}
	if onWindows(f) && (e.does != nil || e.submenu) {
		name := e.name
		if e.letter != nil {
			name = e.letter(f)
		}
		r.Mnemonic = f.Text.T("mnemonic." + name)
	}
	return r
}

func always(a action.Action) func(*frame) action.Action {
	return func(*frame) action.Action { return a }
}

func onWindows(f *frame) bool { return f.System == "windows" }

func automatic(f *frame) bool { return f.Settings.AutoReconnect.Enabled }

func paused(f *frame) bool { return f.Snap.PausedUntil != 0 }

func running(f *frame) bool { return !paused(f) }

func starts(f *frame) bool { return f.Facts.Autostart }

// notifies and toggles take one of the keys of Notifications.Switches.
func notifies(key string) func(*frame) bool {
	return func(f *frame) bool { return *f.Settings.Notifications.Switches()[key] }
}

func toggles(key string) func(*frame) action.Action {
	on := notifies(key)
	return func(f *frame) action.Action { return action.Notify{Key: key, On: !on(f)} }
}

func offersFolder(f *frame) bool { return f.Facts.FoundFolder != "" }

func canStart(f *frame) bool {
	absent := f.Snap.Client.Outcome == debugport.NotRunning && !f.Facts.RunsWithoutDebug
	return f.Facts.CanStartClient && absent
}

// soon is for how long after a click on a client that is ready the row does not
// turn into Cancel: the request leaves as soon as the keyring has answered, and
// a second click, or one beside a command, is not meant to call it off.
const soon = 500 * time.Millisecond

// cancels is the reconnect that the row "reconnect" calls off; 0: it asks for
// one.
func cancels(f *frame) uint64 {
	r := f.Snap.Reconnect
	if !r.Phase.Cancellable() {
		return 0
	}
	if r.ByHand && r.Phase == monitor.Waiting && f.Snap.Client.Ready() && f.now < r.Since+soon {
		f.until(r.Since + soon)
		return 0
	}
	return r.ID
}

// reconnectName is what the row "reconnect" is at the time.
func reconnectName(f *frame) string {
	if cancels(f) != 0 {
		return "cancel"
	}
	return "reconnect"
}

func canReconnect(f *frame) bool { return cancels(f) != 0 || f.Snap.Client.Present() }

func reconnectOrCancel(f *frame) action.Action {
	if job := cancels(f); job != 0 {
		return action.Cancel{Job: job}
	}
	return action.Reconnect{}
}
