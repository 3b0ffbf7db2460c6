// Package settings has the settings file, with its validation, hot reload and edits that keep
// comments; the paths of the app's files; and the server passwords in the system's keyring.
package settings

import (
	_ "embed"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// Settings is the content of the settings file, with defaults for the missing keys. The zero
// value is not valid: begin with Default. The fields are the file's keys in the file's order.
// Their types and tags define the valid values (see Kind).
type Settings struct {
	Schema        int      `range:"1 1"`                     // version of the file's format, always the current one
	Language      Language `choices:"auto en zh-Hans de ru"` // language of menu, notifications and dialogs
	Profile       string   // name of the profile in use
	Client        Client
	AutoReconnect AutoReconnect
	Hotkey        Hotkey
	Notifications Notifications
	Profiles      []Profile // at least one, in the file's order, with unique names
}

// Client describes the alt:V client.
type Client struct {
	Address     string `kind:"address"` // host:port of its debug port
	AllowRemote bool   // Address may be on another machine
	Folder      string `kind:"path"` // where altv.toml is; empty: the program looks for it
}

// AutoReconnect describes when a reconnect begins by itself, and how often it is tried.
type AutoReconnect struct {
	Enabled     bool
	OnLaunch    bool          // also when the client has just started
	WhenDropped WhenDropped   `choices:"server_down always never"` // also when the client fell out of the game
	Delay       time.Duration `range:"0s 1h"`                      // countdown before sending
	Attempts    int           `range:"1 100"`
	JoinTimeout time.Duration `range:"1s 1h"` // longest time from sending to being in game
}

// Hotkey describes the key that works in every window, also in the game.
type Hotkey struct {
	Reconnect Combination // does what "Reconnect now" does; zero: no key
	Sound     bool        // a press plays a sound: one for accepted, one for refused
}

// Notifications selects the events that the desktop shows.
type Notifications struct {
	Ready   bool // the client reached the main menu
	Joined  bool // in game after a reconnect
	Dropped bool // the server went down, and the client fell out of the game
	Failed  bool // a reconnect was given up
}

// Switches maps the keys of the file to the fields of n.
func (n *Notifications) Switches() map[string]*bool {
	all := map[string]*bool{}
	for _, f := range keysOf(n) {
		all[f.name] = f.value.Addr().Interface().(*bool)
	}
	return all
}

// Profile describes a game server. The keyring stores its password under Name.
type Profile struct {
	Name       string         // 1 to 64 runes, no control characters
	Folder     string         `kind:"path"`               // the server's folder with server.toml and server.log; empty: none
	Server     string         `kind:"address"`            // host:port, used if Folder is empty
	Ready      Ready          `choices:"port log signal"` // how to know that the server is ready
	ReadyDelay time.Duration  `range:"0s 10m"`            // how long it must have been ready
	Password   PasswordSource `choices:"keyring none"`    // where the server's password comes from
}

// Language is a language of the user interface.
type Language string

// LanguageAuto stands for the system's language.
const LanguageAuto Language = "auto"

// WhenDropped selects whether to reconnect a client that fell out of the game by itself.
type WhenDropped string

// The values of WhenDropped.
const (
	DroppedServerDown WhenDropped = "server_down" // only if the server went down too
	DroppedAlways     WhenDropped = "always"
	DroppedNever      WhenDropped = "never"
)

// Ready selects how to know that the game server is ready.
type Ready string

// The values of Ready.
const (
	ReadyPort   Ready = "port"   // its TCP port accepts connections
	ReadyLog    Ready = "log"    // its server.log says so
	ReadySignal Ready = "signal" // the game mode runs "altv-tray ready"
)

// PasswordSource selects where a profile's server password comes from.
type PasswordSource string

// The values of PasswordSource.
const (
	PasswordKeyring PasswordSource = "keyring"
	PasswordNone    PasswordSource = "none" // the server has no password, and the keyring is not asked
)

// defaultFile is the content of a new settings file.
//
//go:embed default.toml
var defaultFile []byte

// Default returns the settings of default.toml, which are those of a missing or empty file.
func Default() Settings { return defaults().clone() }

var defaults = sync.OnceValue(func() Settings {
	s := Settings{Profiles: []Profile{{}}}
	var values map[string]any
	_ = toml.Unmarshal(defaultFile, &values) // a test reads it
	_ = s.fill(values)
	return s
})

// Active returns the profile in use. If s does not have it, Active returns one of that name
// with default values, so that nobody uses the password of another profile.
func (s Settings) Active() Profile {
	if p, ok := s.Find(s.Profile); ok {
		return p
	}
	p := Default().Profiles[0]
	p.Name = s.Profile
	return p
}

// Find returns the profile of that name and whether it exists.
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

// equal reports whether all fields are equal.
func (s Settings) equal(other Settings) bool { return reflect.DeepEqual(s, other) }
