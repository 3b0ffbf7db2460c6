// Package doctor checks everything that a reconnect depends on. It gathers facts (gather.go) and
// examines them. The examinations use nothing but the facts.
package doctor

import (
	"context"
	"slices"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/portowner"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
	"altv-tray/tray/hotkey"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

// Level is how bad a Check is.
type Level string

// The levels. With a Failure a reconnect, or what the Check is about, cannot work. With a Warning
// it may not work.
const (
	OK      Level = "ok"
	Warning Level = "warning"
	Failure Level = "failure"
)

// Check is the result of one examination. It never contains a password.
type Check struct {
	ID     string `json:"id"` // what was examined, in every language: "client_port"
	Level  Level  `json:"level"`
	Text   string `json:"text"`             // what was found and what it means
	Advice string `json:"advice,omitempty"` // what to do; empty if and only if Level is OK
}

// Input is the input of Run. Settings, Paths, Keyring, Printer and System must be set.
type Input struct {
	Settings settings.Settings // in force; Run checks the profile in use
	Problem  error             // why the settings file is not in force, or nil
	App      *AppState         // nil: Run is called by a process other than the tray app
	Paths    settings.Paths
	Log      string // the log file; empty: Run does not check it
	Keyring  settings.Keyring
	Printer  *lang.Printer // the language of the texts

	// OnCheck, unless nil, is called with each check as soon as it is known, and with its
	// place among all checks, from 0.
	OnCheck func(place int, c Check)

	System surroundings.System
	probes probes
}

// AppState is what the running tray app knows.
type AppState struct {
	Client debugport.Reading // its newest answer of the debug port; if Unasked, Run asks the port
	Server problem.Code      // why the server is not ready; empty: it is ready, or not known
	Hotkey hotkey.State
}

// probes replaces in tests what Run uses of the system. The zero value stands for the system.
type probes struct {
	PortOwner func(ctx context.Context, address string) (portowner.Owner, error)
	Desktop   func(ctx context.Context) desktopFacts
	OS        string // as runtime.GOOS
}

// Run checks everything once and returns the checks that apply, always in the same order. It
// takes at most about 5 seconds, or 10 if the user has to unlock the keyring. It sends nothing
// to the client but a request for the status, if that is not known.
func Run(ctx context.Context, in Input) []Check {
	found := make([]Check, len(examinations)) // those that do not apply have no ID
	gather(ctx, in, func(f *facts, complete part) {
		for i, x := range examinations {
			if x.needs != complete {
				continue
			}
			if result := x.examine(f); result != nil {
				found[i] = result.check(x.id, in.Printer)
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

// Summary returns a short text with the numbers of failures and warnings.
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

// finding is a Check without its texts, which have the translation keys doctor.<id>.<name> and
// doctor.<id>.<name>_do. args are pairs of a placeholder's name and a value for argText.
type finding struct {
	level Level
	name  string
	args  []any
}

func ok(name string, args ...any) *finding   { return &finding{OK, name, args} }
func warn(name string, args ...any) *finding { return &finding{Warning, name, args} }
func fail(name string, args ...any) *finding { return &finding{Failure, name, args} }

func (f *finding) check(id string, p *lang.Printer) Check {
	args := make([]string, len(f.args))
	for i, a := range f.args {
		args[i] = argText(p, a)
	}
	key := "doctor." + id + "." + f.name
	c := Check{ID: id, Level: f.level, Text: p.T(key, args...)}
	if f.level != OK {
		c.Advice = p.T(key+"_do", args...)
	}
	return c
}

// argText returns an error, a time.Duration or a string in the user's language.
func argText(p *lang.Printer, value any) string {
	switch v := value.(type) {
	case error:
		return errtext.Inline(p, v)
	case time.Duration:
		return p.Seconds(v)
	}
	return value.(string)
}

// examinations are in the order of the checks. Each needs one part of the facts beside
// serverPart, and returns nil if its check does not apply.
var examinations = []struct {
	id      string
	examine func(*facts) *finding
	needs   part
}{
	{"settings", settingsFile, ownPart}, {"folders", folders, ownPart}, {"tray_app", trayApp, ownPart},
	{"client_folder", clientFolder, clientPart}, {"client_debug", clientDebug, clientPart},
	{"client_running", clientRunning, clientPart}, {"client_port", clientPort, clientPart}, {"port_owner", portOwner, clientPart},
	{"server_config", serverConfig, serverPart}, {"server_debug", serverDebug, serverPart}, {"server_up", serverUp, dialPart},
	{"server_cdn", serverCDN, serverPart}, {"server_signal", serverSignal, serverPart},
	{"server_auth", serverAuth, serverPart}, {"server_queue", serverQueue, serverPart},
	{"wrong_server", wrongServer, clientPart},
	{"keyring", keyring, passwordPart}, {"password", password, passwordPart},
	{"tray_host", trayHost, desktopPart}, {"notifications", notifications, desktopPart}, {"hotkey", hotkeyHeld, serverPart},
}
