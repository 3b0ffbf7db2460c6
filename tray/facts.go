package tray

import (
	"sync"
	"time"

	"altv-tray/monitor"
)

// facts is what the menu shows beside the monitor's snapshot and the settings.
// It is comparable; the zero value claims nothing.
type facts struct {
	autostart bool // altv-tray starts with the desktop

	reconnected bool // a reconnect has ended, now or in an earlier run
	joined      bool // it got the player into the game
	took        time.Duration
	why         monitor.Reason // why not, where it did not

	settingsBroken bool // the settings file is not in force
	noServerFile   bool // the profile's folder holds no settings of a server

	password       passwordFact
	serverPassword bool // the server's own settings hold a password

	canStart    bool   // the client was found, on a system that it runs on
	debugOff    bool   // the client runs, but not in debug mode
	debugUnset  bool   // the client's settings have debug mode off, so it can be switched on
	wrongServer string // where the client will go, if that is not the profile's server
	elsewhere   bool   // and it is on another computer for certain
}

// missesPassword tells that the server is known to want a password and that the
// keyring holds none, so that nothing can be sent.
func (f *facts) missesPassword() bool { return f.password == passwordMissing && f.serverPassword }

// passwordFact is what the keyring was last seen to hold for the profile.
type passwordFact uint8

const (
	passwordUnknown passwordFact = iota
	passwordMissing              // none
	passwordStored
	passwordDiffers // another one than the server's own settings
)

// factBook holds the facts; its methods may be called from any goroutine.
type factBook struct {
	mu      sync.Mutex
	facts   facts
	changed chan struct{}
}

func newFactBook() *factBook { return &factBook{changed: make(chan struct{}, 1)} }

func (b *factBook) get() facts {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.facts
}

// note changes facts, and wakes who shows them if they did change.
func (b *factBook) note(change func(*facts)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	old := b.facts
	if change(&b.facts); b.facts == old {
		return
	}
	b.wake()
}

// wake has what is shown looked at again.
func (b *factBook) wake() {
	select {
	case b.changed <- struct{}{}:
	default:
	}
}
