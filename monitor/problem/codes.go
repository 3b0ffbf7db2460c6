package problem

// Code identifies a problem. Its sentence is "problem.<code>" in the translations.
type Code string

// Problems with altv-tray's settings file.
const (
	FileTooLarge Code = "file_too_large"
	UTF16        Code = "utf16"
	Twice        Code = "twice"
	NotTOML      Code = "not_toml"

	UnknownKey Code = "unknown_key"
	NotTable   Code = "not_table"
	NotEntries Code = "not_entries"
	NotBool    Code = "not_bool"
	NotText    Code = "not_text"
	NotInRange Code = "not_in_range"
	NotOneOf   Code = "not_one_of"
	NotTime    Code = "not_time"
	NotAddress Code = "not_address"
	NotSource  Code = "not_source"
	Control    Code = "control"
	PathEscape Code = "path_escape"

	NotHotkey     Code = "not_hotkey"
	HotkeyBare    Code = "hotkey_bare"    // no modifier
	HotkeyShift   Code = "hotkey_shift"   // Shift alone
	HotkeyWindows Code = "hotkey_windows" // the Windows key
	HotkeyF12     Code = "hotkey_f12"
	HotkeyAltGr   Code = "hotkey_altgr" // Ctrl+Alt with a letter or digit

	NameMissing Code = "name_missing"
	NameEmpty   Code = "name_empty"
	NameLong    Code = "name_long"
	NameTaken   Code = "name_taken"
	NotLocal    Code = "not_local"
	NoProfile   Code = "no_profile"
	NoOverride  Code = "no_override"
	NewerSchema Code = "newer_schema"

	NotRead    Code = "not_read"
	NotWritten Code = "not_written"
	ReadOnly   Code = "read_only" // also a file of alt:V
	IsFolder   Code = "is_folder"
	NotRegular Code = "not_regular"
	NoPlace    Code = "no_place"
)

// Problems with the settings of alt:V's client and server.
const (
	NoClientFile Code = "no_client_file"
	BrokenTOML   Code = "broken_toml"
	WrongValue   Code = "wrong_value"
	NoPort       Code = "no_port"
	FolderSilent Code = "folder_silent"

	NoPlaceForDebug Code = "no_place_for_debug" // debug mode cannot be switched on
)

// Problems when a program is to be started, now or at login.
const (
	BadAddress  Code = "bad_address"
	Declined    Code = "declined"
	WindowsOnly Code = "windows_only"
)

// Problems with control.json, by which the commands find the running app.
const (
	NotPlain     Code = "not_plain"
	OthersRead   Code = "others_read"
	Unreadable   Code = "unreadable"
	ElsewhereApp Code = "elsewhere_app"
)

// Problems with a password, the keyring and the session bus.
const (
	PasswordNotStored Code = "password_not_stored" // the keyring has none for the profile
	KeyringLocked     Code = "keyring_locked"      // or the user dismissed its dialog, or it did not answer in time
	NoKeyring         Code = "no_keyring"          // this system has none
	PasswordTooLong   Code = "password_too_long"
	PasswordNotText   Code = "password_not_text" // it is not UTF-8 or contains a NUL
	PasswordEmpty     Code = "password_empty"
	NoSessionBus      Code = "no_session_bus"
)

// Reasons why the hotkey does not work.
const (
	HotkeyTaken   Code = "hotkey_taken"   // by another program
	HotkeyNoWay   Code = "hotkey_no_way"  // the desktop has no way to register one
	HotkeyRefused Code = "hotkey_refused" // by the portal's user
	HotkeyNoKey   Code = "hotkey_no_key"  // the keyboard has no key of that name
	HotkeyGone    Code = "hotkey_gone"    // the X server or the portal has ended
	HotkeyFailed  Code = "hotkey_failed"
)

// What the debug port did instead of returning a status: parts of a sentence.
const (
	PortHTTPCode     Code = "port_http_code"
	PortNotHTTP      Code = "port_not_http"
	PortTooLong      Code = "port_too_long"
	PortEmpty        Code = "port_empty"
	PortNoWord       Code = "port_no_word"
	PortClosed       Code = "port_closed"
	PortTooLate      Code = "port_too_late"
	PortNoConnection Code = "port_no_connection"
)

// Reasons why a game server is down or its state is unknown.
const (
	ServerRefused     Code = "server_refused"
	ServerReplaced    Code = "server_replaced" // another server has its address now
	RelayEmpty        Code = "relay_empty"
	ServerSilent      Code = "server_silent"
	ServerNotTried    Code = "server_not_tried" // this computer could not open a connection at all
	ServerShutDown    Code = "server_shut_down"
	ServerJustStarted Code = "server_just_started" // its game mode has sent the signal
	NoServerAddress   Code = "no_server_address"
	NoServerFolder    Code = "no_server_folder"
	NoServerLog       Code = "no_server_log"
	ServerFolderGone  Code = "server_folder_gone"
	ServerLogUnread   Code = "server_log_unread"
	ServerLogSilent   Code = "server_log_silent" // reading its folder takes too long
	ServerLogOld      Code = "server_log_old"
	CDNTellsNothing   Code = "cdn_tells_nothing"
	WaitsForStarted   Code = "waits_for_started"
	WaitsForSignal    Code = "waits_for_signal"
	OpenWithoutSignal Code = "open_without_signal" // and its port is open
	SignalMissing     Code = "signal_missing"      // and its port has been open for too long
)

// Reasons in the client's log why a join failed.
const (
	ClientTimedOut         Code = "client_timed_out"         // nothing came from the server for too long
	ClientHTTPFailed       Code = "client_http_failed"       // the server's HTTP port, or the CDN, cannot be reached
	ClientDisconnected     Code = "client_disconnected"      // the connection ended, and the log says no more
	ClientConnectionFailed Code = "client_connection_failed" // anything else; the sentence contains the log's line
)

// Problems with what the user asked for.
const (
	NoClientFolder   Code = "no_client_folder"
	NoServerPassword Code = "no_server_password"
	NoServerFound    Code = "no_server_found"
	NoDialog         Code = "no_dialog"
	NoBrowser        Code = "no_browser"
	ProfileGone      Code = "profile_gone"
	LastProfile      Code = "last_profile"
	NotInDemo        Code = "not_in_demo"
)
