// Package action is what a user can ask for, and the one place that does it.
//
// A menu row, a command, and whatever comes next are each turned into the same
// value, so that all of them behave, log and fail alike.
package action

import "time"

// Action is one thing that a user can ask for. Its values are comparable.
type Action interface{ name() string }

// Name returns the action's name, as it is in the log: reconnect, use_profile.
func Name(a Action) string { return a.name() }

// The actions. Those that take long, or ask the user something, go on after Do
// has returned.
type (
	// Reconnect sends the client back onto the server, or joins the reconnect
	// that is under way. It never cancels one.
	Reconnect struct{}
	// Cancel calls off that reconnect if it has not been sent yet.
	Cancel struct{ Job uint64 }
	// Automatic switches reconnects that nobody asks for on or off.
	Automatic struct{ On bool }
	// Pause stops what is automatic for that long; 0 means until resumed.
	Pause struct{ For time.Duration }
	// Resume ends a pause.
	Resume struct{}
	// Ready says that the server's own start-up is over.
	Ready struct{}
	// UseProfile puts the profile of that name in force.
	UseProfile struct{ Name string }
	// UseServerFolder has the profile name the server's folder that was found.
	UseServerFolder struct{}
	// SetPassword asks for the server's password and stores it.
	SetPassword struct{}
	// StorePassword stores that password for that profile, without asking.
	StorePassword struct{ Profile, Password string }
	// TakePassword stores the password of server.toml.
	TakePassword struct{}
	// ClearPassword removes the password from the keyring.
	ClearPassword struct{}
	// PasswordChanged says that somebody else has changed what is stored.
	PasswordChanged struct{}
	// Notify switches one kind of notifications on or off: a key of
	// [notifications] in the settings.
	Notify struct {
		Key string
		On  bool
	}
	// StartClient starts alt:V.
	StartClient struct{}
	// SwitchDebugOn sets debug in the client's settings, after asking unless
	// the user has agreed.
	SwitchDebugOn struct{ Agreed bool }
	// SwitchServerDebugOn sets debug in the profile's server.toml, without asking.
	SwitchServerDebugOn struct{}
	// Autostart switches the start at login on or off.
	Autostart struct{ On bool }
	// OpenDashboard shows the dashboard in the browser, at that section of it:
	// see dashboard.Server.Open.
	OpenDashboard struct{ Section string }
	// OpenSettings opens the settings file, and makes one if there is none.
	OpenSettings struct{}
	// OpenLogs opens the folder of the log.
	OpenLogs struct{}
	// RunChecks looks at all that a reconnect depends on and shows it.
	RunChecks struct{}
	// About says what this program is.
	About struct{}
	// Quit ends the tray app.
	Quit struct{}
)

func (Reconnect) name() string           { return "reconnect" }
func (Cancel) name() string              { return "cancel" }
func (Automatic) name() string           { return "automatic" }
func (Pause) name() string               { return "pause" }
func (Resume) name() string              { return "resume" }
func (Ready) name() string               { return "ready" }
func (UseProfile) name() string          { return "use_profile" }
func (UseServerFolder) name() string     { return "use_server_folder" }
func (SetPassword) name() string         { return "set_password" }
func (StorePassword) name() string       { return "store_password" }
func (TakePassword) name() string        { return "take_password" }
func (ClearPassword) name() string       { return "clear_password" }
func (PasswordChanged) name() string     { return "password_changed" }
func (Notify) name() string              { return "notify" }
func (StartClient) name() string         { return "start_client" }
func (SwitchDebugOn) name() string       { return "switch_debug_on" }
func (SwitchServerDebugOn) name() string { return "switch_server_debug_on" }
func (Autostart) name() string           { return "autostart" }
func (OpenDashboard) name() string       { return "open_dashboard" }
func (OpenSettings) name() string        { return "open_settings" }
func (OpenLogs) name() string            { return "open_logs" }
func (RunChecks) name() string           { return "run_checks" }
func (About) name() string               { return "about" }
func (Quit) name() string                { return "quit" }
