package view

import (
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/tray/action"
	"altv-tray/tray/hotkey"
)

// Now is the JSON form of a scene for a page of the dashboard. Its texts are those of the menu.
type Now struct {
	Client     ClientNow    `json:"client"`
	Server     ServerNow    `json:"server"`
	Profile    string       `json:"profile"`
	Profiles   []string     `json:"profiles"`
	Automatic  bool         `json:"automatic"`
	Paused     bool         `json:"paused"`
	PausedText string       `json:"paused_text"`
	Reconnect  ReconnectNow `json:"reconnect"`
	Last       LastNow      `json:"last"`
	Overlay    string       `json:"overlay"`
	CanStart   bool         `json:"can_start"` // alt:V is not running, and can be started
	Autostart  bool         `json:"autostart"`
	Stored     bool         `json:"stored"` // the keyring may have a password of the profile
	Language   string       `json:"language"`
	Problem    string       `json:"problem"` // why the settings file is not in force; NowOf does not set it
	Story      string       `json:"story"`   // what happens in the demo; empty elsewhere
	Version    string       `json:"version"`
	Hotkey     HotkeyNow    `json:"hotkey"`
}

// ClientNow is the client's state. Icon is the name of an assets.Icon.
type ClientNow struct {
	State string      `json:"state"` // the name of a debugport.Reading; empty: not known yet
	Text  string      `json:"text"`
	Icon  assets.Icon `json:"icon"`
	Since time.Time   `json:"since"`
}

// ServerNow is the server's state.
type ServerNow struct {
	State string    `json:"state"` // the name of a monitor.ServerState
	Text  string    `json:"text"`
	Since time.Time `json:"since"`
}

// ReconnectNow is the menu's row "reconnect", and the reconnect under way.
type ReconnectNow struct {
	Label    string `json:"label"`
	Enabled  bool   `json:"enabled"`
	Action   string `json:"action"`   // reconnect or cancel
	Job      uint64 `json:"job"`      // the reconnect to cancel; 0: none
	Phase    string `json:"phase"`    // the name of a monitor.Phase
	Attempt  int    `json:"attempt"`  // from 1; 0: no reconnect is under way
	Attempts int    `json:"attempts"` // the most attempts that there will be
}

// LastNow is how the last reconnect ended, or what has failed since.
type LastNow struct {
	Known    bool   `json:"known"`
	Joined   bool   `json:"joined"`
	Text     string `json:"text"`
	Password bool   `json:"password"` // it failed because of the password, which the user can store
}

// HotkeyNow is the hotkey's state.
type HotkeyNow struct {
	Held bool   `json:"held"` // the hotkey is registered
	Text string `json:"text"` // the state in a sentence; empty: no hotkey is set
}

// NowOf returns the JSON form of a scene. Next is as Render's.
func NowOf(sc *Scene, at time.Time) (n Now, next monitor.Time) {
	s := &sc.Snap
	f := frame{Scene: sc, now: s.TimeAt(at), next: monitor.Forever}
	wall := func(t monitor.Time) time.Time { return s.WallTime(t, at).UTC().Round(time.Millisecond) }
	n = Now{
		Client:  ClientNow{State: s.Client.String(), Text: clientText(&f), Icon: icon(s.Client), Since: wall(s.Since)},
		Server:  ServerNow{State: serverState(s).String(), Text: serverText(&f), Since: wall(s.ServerSince)},
		Profile: sc.Settings.Profile, Automatic: automatic(&f),
		Paused: paused(&f), PausedText: pauseText(&f),
		Reconnect: ReconnectNow{
			Label: reconnectText(&f), Enabled: canReconnect(&f), Action: action.Name(reconnectOrCancel(&f)), Job: cancellable(&f),
			Phase: s.Reconnect.Phase.String(), Attempt: s.Reconnect.Attempt, Attempts: s.Reconnect.Attempts,
		},
		Last: LastNow{
			Known: sc.Last.Kind != "" || hasFailure(&f), Joined: sc.Last.Joined && !hasFailure(&f), Text: lastText(&f), Password: needsPassword(&f),
		},
		CanStart: canStartClient(&f), Autostart: autostarts(&f), Stored: mayBeStored(&f), Overlay: overlay(sc).String(), Version: sc.Version, Story: sc.Story, Language: sc.Text.Tag(),
		Hotkey: HotkeyNow{Held: sc.Hotkey.Stage == hotkey.Registered, Text: hotkeyText(&f)},
	}
	for _, p := range sc.Settings.Profiles {
		n.Profiles = append(n.Profiles, p.Name)
	}
	return n, f.next
}
