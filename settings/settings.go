// Package settings is what the user chose: the settings file, with its validation, hot
// reload and edits that keep comments; the places of the app's files; and the server
// passwords in the system's keyring.
package settings

import (
	_ "embed"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// Settings is the content of the settings file with every key filled in. Make other ones
// from Default: the zero value is not valid. Its fields are the file's keys, in the file's
// order; their types and tags say which values are valid (see field).
type Settings struct {
	Schema        int           `range:"1 1"`                     // version of the file's format, always the current one
	Language      Language      `choices:"auto en zh-Hans de ru"` // language of menu, notifications and dialogs
	Profile       string        // name of the profile in use
	Client        Client        // the alt:V client and its debug port
	AutoReconnect AutoReconnect // what is done without being asked
	Hotkey        Hotkey        // the key that works in every window, also in the game
	Notifications Notifications // what is announced
	Profiles      []Profile     // at least one, in the file's order, names unique
}

// Client is the alt:V client on this machine.
type Client struct {
	Address     string `kind:"address"` // host:port of its debug port
	AllowRemote bool   // Address may be another machine's
	Folder      string `kind:"path"` // where altv.toml is; empty: found by itself
}

// AutoReconnect says when the client is brought back without being asked.
type AutoReconnect struct {
	Enabled     bool
	OnLaunch    bool          // also when the client was just started
	WhenDropped WhenDropped   `choices:"server_down always never"` // also when the client fell out of the game
	Delay       time.Duration `range:"0s 1h"`                      // countdown before sending
	Attempts    int           `range:"1 100"`
	JoinTimeout time.Duration `range:"1s 1h"` // time from sending to being in game
}

// Hotkey is a key that works in every window, also in the game.
type Hotkey struct {
	Reconnect Combination // does the same as "Reconnect now"; the zero value: none
	Sound     bool        // a press plays a sound, which tells whether it was accepted
}

// Notifications says which events are announced on the desktop.
type Notifications struct {
	Ready   bool // the client reached the main menu
	Joined  bool // in game after a reconnect
	Dropped bool // the server went down, and the client fell out of the game
	Failed  bool // a reconnect was given up
}

// Switches returns each field by its key in the file.
func (n *Notifications) Switches() map[string]*bool {
	all := map[string]*bool{}
	for _, f := range keysOf(n) {
		all[f.name] = f.value.Addr().Interface().(*bool)
	}
	return all
}

// Profile is one game server. Its Name is also the user name under which its
// password lies in the keyring.
type Profile struct {
	Name       string         // 1 to 64 runes, no control characters
	Folder     string         `kind:"path"`               // the server's folder with server.toml and server.log; empty: none
	Server     string         `kind:"address"`            // host:port, used where Folder is empty
	Ready      Ready          `choices:"port log signal"` // how the server is known to be ready
	ReadyDelay time.Duration  `range:"0s 10m"`            // how long it must have stayed so
	Password   PasswordSource `choices:"keyring none"`    // where its password comes from
}

// Language is a language of the user interface.
type Language string

// LanguageAuto is the system's.
const LanguageAuto Language = "auto"

// WhenDropped says whether to reconnect a client that fell out of the game.
type WhenDropped string

// The choices for a client that fell out of the game by itself.
const (
	DroppedServerDown WhenDropped = "server_down" // only if the server went down too
	DroppedAlways     WhenDropped = "always"
	DroppedNever      WhenDropped = "never"
)

// Ready is how the game server is known to be ready.
type Ready string

// The sources of a server's readiness.
const (
	ReadyPort   Ready = "port"   // its TCP port accepts
	ReadyLog    Ready = "log"    // its server.log says so
	ReadySignal Ready = "signal" // the game mode runs "altv-tray ready"
)

// PasswordSource is where a profile's server password comes from.
type PasswordSource string

// The sources of a password. With PasswordNone the server has none and the
// keyring is not asked.
const (
	PasswordKeyring PasswordSource = "keyring"
	PasswordNone    PasswordSource = "none"
)

// defaultFile is the file that a user gets, with comments.
//
//go:embed default.toml
var defaultFile []byte

// Default returns the settings that a missing or empty file stands for: those of default.toml.
func Default() Settings { return defaults().clone() }

var defaults = sync.OnceValue(func() Settings {
	s := Settings{Profiles: []Profile{{}}}
	var values map[string]any
	_ = toml.Unmarshal(defaultFile, &values) // a test reads it
	_ = s.fill(values)
	return s
})

// Active returns the profile in use. If Settings made by hand do not have it, it is one of
// that name with default values: never another profile's password.
func (s Settings) Active() Profile {
	if p, ok := s.Find(s.Profile); ok {
		return p
	}
	p := Default().Profiles[0]
	p.Name = s.Profile
	return p
}

// Find returns the profile of that name, and whether there is one.
func (s Settings) Find(name string) (Profile, bool) {
	i := slices.IndexFunc(s.Profiles, func(p Profile) bool { return p.Name == name })
	if i < 0 {
		return Profile{}, false
	}
	return s.Profiles[i], true
}

// clone returns a copy that shares nothing with s.
func (s Settings) clone() Settings {
	s.Profiles = slices.Clone(s.Profiles)
	return s
}

// equal reports whether both say the same, in every field there is.
func (s Settings) equal(other Settings) bool { return reflect.DeepEqual(s, other) }
