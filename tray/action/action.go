// Package action is what a user can ask for, as values, and the one place that does it, so that
// menu, commands, dashboard and all other ways in behave, log and fail alike.
package action

import (
	"reflect"
	"regexp"
	"strings"
	"time"
)

// Action is one thing that a user can ask for: a value of one of the types below.
type Action any

var capital = regexp.MustCompile(`(.)([A-Z])`)

// Name returns the action's name, as it is in the log: reconnect, use_profile.
func Name(a Action) string {
	return strings.ToLower(capital.ReplaceAllString(reflect.TypeOf(a).Name(), "${1}_$2"))
}

// The actions. Those that take long go on after Do has returned.
type (
	// Reconnect sends the client back, or joins the reconnect under way. It never cancels.
	Reconnect struct{}
	// Cancel calls off that reconnect if it has not been sent yet.
	Cancel struct{ Job uint64 }
	// Automatic switches automatic reconnects on or off.
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
	// PasswordChanged says that another process has changed the stored password.
	PasswordChanged struct{}
	// Notify switches notifications on or off, by their key in the settings.
	Notify struct {
		Key string
		On  bool
	}
	// StartClient starts alt:V.
	StartClient struct{}
	// SwitchDebugOn sets debug in the client's settings, after asking unless Agreed.
	SwitchDebugOn struct{ Agreed bool }
	// SwitchServerDebugOn sets debug in the profile's server.toml, without asking.
	SwitchServerDebugOn struct{}
	// Autostart switches the start at login on or off.
	Autostart struct{ On bool }
	// OpenDashboard shows a section of the dashboard: see dashboard.Server.Open.
	OpenDashboard struct{ Section string }
	// OpenSettings opens the settings file, and makes one if there is none.
	OpenSettings struct{}
	// OpenLogs opens the folder of the log.
	OpenLogs struct{}
	// RunChecks opens the dashboard on its checks.
	RunChecks struct{}
	// About says what this program is.
	About struct{}
	// Quit ends the tray app.
	Quit struct{}
)
