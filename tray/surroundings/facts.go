package surroundings

// Facts is what is known besides the snapshot and the settings. The zero value claims nothing.
type Facts struct {
	Autostart bool // altv-tray starts with the desktop

	NoServerFile bool // the profile's folder holds no server.toml
	ServerSilent bool // the profile's folder does not answer
	ClientSilent bool // the client's folder does not answer

	Password          Password
	ServerHasPassword bool // server.toml holds a password
	ServerDebugOff    bool // server.toml has debug mode off, so it can be switched on

	FoundFolder string // the server's folder that was found and that the profile does not name

	ClientFolder     string // where the client is installed; empty: it was not found
	CanStartClient   bool   // the client was found, on a system that it runs on
	RunsWithoutDebug bool   // the client runs, but not in debug mode
	ClientDebugOff   bool   // the client's settings have debug mode off, so it can be switched on
	WrongServer      string // where the client will go, if that is not the profile's server
	Elsewhere        bool   // and it is certainly on another computer
}

// MissesPassword reports that server.toml has a password and the keyring none.
func (f *Facts) MissesPassword() bool { return f.Password == PasswordMissing && f.ServerHasPassword }

// Password is what the keyring was last seen to hold for the profile.
type Password uint8

// What the keyring can hold.
const (
	PasswordUnknown Password = iota // it was not looked at, or could not be
	PasswordMissing                 // none
	PasswordStored
	PasswordDiffers // another one than server.toml
)
