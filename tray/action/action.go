// Package action has the actions that a user can ask for, as values, and the one place that does
// them, so that the menu, the commands, the dashboard, the hotkey and the notifications behave, log
// and fail alike.
package action

import (
	"reflect"
	"regexp"
	"strings"
	"time"
)

// Action is a value of one of the types below.
type Action any

var capital = regexp.MustCompile(`(.)([A-Z])`)

// Name returns the name of an action's type as the log has it, for example use_profile.
func Name(a Action) string {
	return strings.ToLower(capital.ReplaceAllString(reflect.TypeOf(a).Name(), "${1}_$2"))
}

// The actions. Those that may take long go on after Do has returned.
type (
	// Reconnect sends the client back. It is merged with a reconnect under way, and never cancels one.
	Reconnect struct{}
	// Cancel cancels the reconnect with that number if it has not been sent yet.
	Cancel struct{ Job uint64 }
	// Automatic switches automatic reconnects on or off.
	Automatic struct{ On bool }
	// Pause pauses automatic reconnects; 0 means until resumed.
	Pause struct{ For time.Duration }
	// Resume ends a pause.
	Resume struct{}
	// Ready reports that the game mode has started completely.
	Ready struct{}
	// UseProfile selects the profile of that name.
	UseProfile struct{ Name string }
	// UseServerFolder writes the server's folder that was found into the profile.
	UseServerFolder struct{}
	// SetPassword asks for the server's password in a dialog, and stores it.
	SetPassword struct{}
	// StorePassword stores a password for a profile.
	StorePassword struct{ Profile, Password string }
	// TakePassword stores the password from server.toml.
	TakePassword struct{}
	// ClearPassword removes the password from the keyring.
	ClearPassword struct{}
	// PasswordChanged reports that another process has changed the stored password.
	PasswordChanged struct{}
	// Notify switches notifications on or off. Key is their key in the settings.
	Notify struct {
		Key string
		On  bool
	}
	// StartClient starts alt:V.
	StartClient struct{}
	// SwitchDebugOn switches on debug mode in the client's settings.
	SwitchDebugOn struct{}
	// SwitchServerDebugOn switches on debug mode in the profile's server.toml.
	SwitchServerDebugOn struct{}
	// Autostart switches the start at login on or off.
	Autostart struct{ On bool }
	// OpenDashboard opens a section of the dashboard: see dashboard.Server.Open.
	OpenDashboard struct{ Section string }
	// OpenSettings opens the settings file. It creates the file first if there is none.
	OpenSettings struct{}
	// OpenLogs opens the folder of the log.
	OpenLogs struct{}
	// RunChecks opens the dashboard at its checks.
	RunChecks struct{}
	// About shows what this program is.
	About struct{}
	// Quit ends the tray app.
	Quit struct{}
)
