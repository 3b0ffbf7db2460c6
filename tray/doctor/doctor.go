// Package doctor checks everything that a reconnect depends on. It first gathers facts
// (gather.go) and then judges them, which needs nothing but the facts.
package doctor

import (
	"context"
	"slices"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/portowner"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/hotkey"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

// Level is how bad a Check is.
type Level string

// The levels. With a Failure a reconnect, or what the Check is about, cannot work; with a
// Warning it may not.
const (
	OK      Level = "ok"
	Warning Level = "warning"
	Failure Level = "failure"
)

// Check is one thing that was looked at. It never holds a password.
type Check struct {
	ID     string `json:"id"` // what was looked at, the same in every language: "client_port"
	Level  Level  `json:"level"`
	Text   string `json:"text"`             // what was found and what it means
	Advice string `json:"advice,omitempty"` // what to do; empty where Level is OK, else never
}

// Input is what Run looks at. Settings, Paths, Keyring, Printer and System must be set.
type Input struct {
	Settings settings.Settings // in force; its profile in use is the one looked at
	Problem  error             // why the settings file is not in force; nil: it is
	App      *AppState         // what the running tray app knows, where that asks; nil: none does
	Paths    settings.Paths
	Log      string // the log file; empty: not looked at
	Keyring  settings.Keyring
	Printer  *lang.Printer // the language of the texts

	// OnCheck is called with each check as soon as it is known, and its place among all,
	// from 0. Nil: nobody waits for them.
	OnCheck func(place int, c Check)

	System surroundings.System
	Probes Probes
}

// AppState is what the running tray app knows.
type AppState struct {
	Client debugport.Reading // what it has just seen on the debug port; Unasked: Run asks it
	Server problem.Code      // why it takes the server for not ready; empty: it is, or is not known
	Hotkey hotkey.State
}

// Probes replace looks that only Run takes, in tests; the zero value means the real ones.
type Probes struct {
	PortOwner func(ctx context.Context, address string) (portowner.Owner, error)
	Desktop   func(ctx context.Context) Desktop
	OS        string // as runtime.GOOS
}

// Run checks everything once, in at most about 5 seconds, or 10 if the user has to unlock the
// keyring. The order is always the same; checks that do not apply are left out. If the
// client's status is not known, it asks for that; it sends nothing else there.
func Run(ctx context.Context, in Input) []Check {
	found := make([]Check, len(judges)) // those that do not apply have no ID
	gather(ctx, in, func(f *facts, complete part) {
		for i, j := range judges {
			if j.needs != complete {
				continue
			}
			if one := j.judge(f); one != nil {
				found[i] = one.check(j.id, in.Printer)
				if in.OnCheck != nil {
					in.OnCheck(i, found[i])
				}
			}
		}
	})
	return slices.DeleteFunc(found, func(c Check) bool { return c.ID == "" })
}

// Count counts the checks of a level.
func Count(checks []Check, level Level) int {
	n := 0
	for _, c := range checks {
		if c.Level == level {
			n++
		}
	}
	return n
}

// Summary says in a few words how many failures and warnings there are.
func Summary(p *lang.Printer, checks []Check) string {
	failures, warnings := Count(checks, Failure), Count(checks, Warning)
	switch {
	case failures > 0 && warnings > 0:
		return p.T("checks.both", "failures", p.N("doctor.summary.failures", failures), "warnings", p.N("doctor.summary.warnings", warnings))
	case failures > 0:
		return p.N("doctor.summary.failures", failures)
	case warnings > 0:
		return p.N("doctor.summary.warnings", warnings)
	}
	return p.T("doctor.summary.well")
}
