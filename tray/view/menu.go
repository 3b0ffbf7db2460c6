package view

import (
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/tray/action"
)

// RowID is the position of a row in the menu. It does not change while the program runs.
type RowID int

// Place is the position and the kind of a row.
type Place struct {
	Parent    RowID // the row whose submenu it is in; the row itself at the top level
	Checkable bool
	Separator bool // a line comes before it
}

// entry is one row of the menu. A row that cannot be used now is disabled, so that nothing moves
// under the pointer. It is hidden only where it would be of no use at all.
type entry struct {
	name      string // the key of its text is menu.<name>, unless text is set; that of its letter mnemonic.<name>
	parent    string // the row whose submenu it is in; empty: top level
	separator bool   // at the top level: a line comes before it
	submenu   bool   // it opens a submenu
	text      func(f *frame) string
	shown     func(f *frame) bool          // nil: always
	enabled   func(f *frame) bool          // nil: always, if it has an action or a submenu
	checked   func(f *frame) bool          // nil: it cannot be checked
	action    func(f *frame) action.Action // nil: a click does nothing
}

// menu is the whole menu, in order. The rows of the profiles follow after it, in the submenu of
// "profile".
var menu = []entry{
	{name: "state", text: clientRowText},
	{name: "server", text: serverRowText},
	{name: "last", text: lastText, shown: hasFailure},
	{name: "reconnect", separator: true, text: reconnectText, enabled: canReconnect, action: reconnectOrCancel},
	{name: "automatic", checked: automatic, action: func(f *frame) action.Action { return action.Automatic{On: !automatic(f)} }},
	{name: "pause", submenu: true, shown: notPaused},
	{name: "pause_15", parent: "pause", action: always(action.Pause{For: 15 * time.Minute})},
	{name: "pause_60", parent: "pause", action: always(action.Pause{For: time.Hour})},
	{name: "pause_forever", parent: "pause", action: always(action.Pause{})},
	{name: "resume", shown: paused, action: always(action.Resume{})},
	{name: "profile", separator: true, submenu: true},
	{name: "server_folder", text: serverFolderText, shown: hasFolderToOffer, action: always(action.UseServerFolder{})},
	{name: "password", submenu: true},
	{name: "password_set", parent: "password", action: always(action.SetPassword{})},
	{name: "password_take", parent: "password", enabled: func(f *frame) bool { return f.Facts.ServerHasPassword }, action: always(action.TakePassword{})},
	{name: "password_clear", parent: "password", enabled: mayBeStored, action: always(action.ClearPassword{})},
	{name: "password_kept", parent: "password", text: passwordKeptText, shown: passwordIsWrong},
	{name: "notifications", submenu: true},
	{name: "notify_ready", parent: "notifications", checked: notifies("ready"), action: toggles("ready")},
	{name: "notify_joined", parent: "notifications", checked: notifies("joined"), action: toggles("joined")},
	{name: "notify_dropped", parent: "notifications", checked: notifies("dropped"), action: toggles("dropped")},
	{name: "notify_failed", parent: "notifications", checked: notifies("failed"), action: toggles("failed")},
	{name: "start", separator: true, shown: onWindows, enabled: canStartClient, action: always(action.StartClient{})},
	{name: "debug_on", shown: func(f *frame) bool { return f.Facts.ClientDebugOff }, action: always(action.SwitchDebugOn{})},
	{name: "autostart", checked: autostarts, action: func(f *frame) action.Action { return action.Autostart{On: !autostarts(f)} }},
	{name: "dashboard", separator: true, action: always(action.OpenDashboard{})},
	{name: "settings", text: settingsText, action: always(action.OpenSettings{})},
	{name: "logs", action: always(action.OpenLogs{})},
	{name: "checks", action: always(action.RunChecks{})},
	{name: "about", separator: true, text: func(f *frame) string { return f.Text.T("menu.about", "version", f.Version) }, action: always(action.About{})},
	{name: "quit", action: always(action.Quit{})},
}

// maxProfiles is how many profiles the menu can show. If there are more, its last row says so.
const maxProfiles = 32

// RowCount returns the most rows that there can be.
func RowCount() int { return len(menu) + maxProfiles }

// Profile returns the row of the nth profile, from 0.
func Profile(n int) RowID { return RowID(len(menu) + n) }

// IsProfile reports whether a row is a profile's. These rows come and go at the end of their submenu.
func IsProfile(id RowID) bool { return int(id) >= len(menu) }

// ID returns the row with a name of the table. It panics if there is none.
func ID(name string) RowID {
	for i, e := range menu {
		if e.name == name {
			return RowID(i)
		}
	}
	panic("no row of the menu is named " + name)
}

// PlaceOf returns the place of a row.
func PlaceOf(id RowID) Place {
	if IsProfile(id) {
		return Place{Parent: ID("profile"), Checkable: true}
	}
	e := menu[id]
	p := Place{Parent: id, Checkable: e.checked != nil, Separator: e.separator}
	if e.parent != "" {
		p.Parent = ID(e.parent)
	}
	return p
}

// frame is a scene at one time.
type frame struct {
	*Scene
	now      monitor.Time
	next     monitor.Time     // when the view changes even if the scene does not
	switches map[string]*bool // Notifications.Switches, set by Render alone
}

// changesAt records that the view changes at t even if the scene does not.
func (f *frame) changesAt(t monitor.Time) { f.next = min(f.next, t) }

func (e *entry) row(f *frame) (r Row) {
	if e.shown != nil && !e.shown(f) {
		return r
	}
	if e.text != nil {
		r.Label = e.text(f)
	} else {
		r.Label = f.Text.T("menu." + e.name)
	}
	r.Enabled = (e.action != nil || e.submenu) && (e.enabled == nil || e.enabled(f))
	r.Checked = e.checked != nil && e.checked(f)
	if e.action != nil {
		r.Action = e.action(f)
	}
	if onWindows(f) && (e.action != nil || e.submenu) {
		r.Mnemonic = f.Text.T("mnemonic." + e.name)
	}
	return r
}

func always(a action.Action) func(*frame) action.Action {
	return func(*frame) action.Action { return a }
}

func onWindows(f *frame) bool { return f.System == "windows" }

func automatic(f *frame) bool { return f.Settings.AutoReconnect.Enabled }

func paused(f *frame) bool { return f.Snap.PausedUntil != 0 }

func notPaused(f *frame) bool { return !paused(f) }

func autostarts(f *frame) bool { return f.Facts.Autostart }

// notifies and toggles take a key of switches.
func notifies(key string) func(*frame) bool {
	return func(f *frame) bool { return *f.switches[key] }
}

func toggles(key string) func(*frame) action.Action {
	on := notifies(key)
	return func(f *frame) action.Action { return action.Notify{Key: key, On: !on(f)} }
}

func hasFolderToOffer(f *frame) bool { return f.Facts.FoundFolder != "" }

func canStartClient(f *frame) bool {
	absent := f.Snap.Client.Outcome == debugport.NotRunning && !f.Facts.RunsWithoutDebug
	return f.Facts.CanStartClient && absent
}

// clickGrace is how long the row "reconnect" stays as it is after a click, if the client is ready. The
// request is sent as soon as the keyring has answered, and a second click is not meant to cancel it.
const clickGrace = 500 * time.Millisecond

// cancellable returns the reconnect that the row "reconnect" cancels; 0: it asks for one.
func cancellable(f *frame) uint64 {
	r := f.Snap.Reconnect
	if !r.Phase.Cancellable() {
		return 0
	}
	if r.ByHand && r.Phase == monitor.Waiting && f.Snap.Client.Ready() && f.now < r.Since+clickGrace {
		f.changesAt(r.Since + clickGrace)
		return 0
	}
	return r.ID
}

func canReconnect(f *frame) bool { return cancellable(f) != 0 || f.Snap.Client.Present() }

func reconnectOrCancel(f *frame) action.Action {
	if job := cancellable(f); job != 0 {
		return action.Cancel{Job: job}
	}
	return action.Reconnect{}
}
