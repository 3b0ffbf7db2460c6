package doctor

import (
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/tray/errtext"
	"altv-tray/tray/lang"
)

// finding is a Check before it is told. Its text has the key
// doctor.<id>.<name>, its advice the same with "_do" at the end; args fill in
// both: pairs of a name and what stands for it, a string or what told makes one
// of.
type finding struct {
	id    string
	level Level
	name  string
	args  []any
}

func ok(id, name string, args ...any) *finding   { return &finding{id, OK, name, args} }
func warn(id, name string, args ...any) *finding { return &finding{id, Warning, name, args} }
func fail(id, name string, args ...any) *finding { return &finding{id, Failure, name, args} }

func (f *finding) key() string { return "doctor." + f.id + "." + f.name }

func (f *finding) adviceKey() string { return f.key() + "_do" }

func (f *finding) check(p *lang.Printer) Check {
	args := make([]string, len(f.args))
	for i, a := range f.args {
		args[i] = told(p, a)
	}
	c := Check{ID: f.id, Level: f.level, Text: p.T(f.key(), args...)}
	if f.level != OK {
		c.Advice = p.T(f.adviceKey(), args...)
	}
	return c
}

// told tells an argument in the user's language.
func told(p *lang.Printer, value any) string {
	switch v := value.(type) {
	case error:
		return errtext.Within(p, v)
	case []error:
		text := ""
		for i, err := range v {
			if one := errtext.Within(p, err); i == 0 {
				text = one
			} else {
				text = p.T("checks.also", "first", text, "second", one)
			}
		}
		return text
	case time.Duration:
		return p.Seconds(v)
	case debugport.Reading:
		return errtext.Within(p, v.Problem())
	}
	return value.(string)
}

// judges are in the order in which a user reads the checks. One gives nil where
// there is nothing to say.
var judges = []func(*facts) *finding{
	settingsFile, folders, trayApp,
	clientFolder, clientDebug, clientRunning, clientPort, portOwner,
	serverConfig, serverUp, serverCDN, serverAuth, serverQueue, wrongServer,
	keyring, password,
	trayHost, notifications,
}

func examine(f *facts) []*finding {
	var all []*finding
	for _, judge := range judges {
		if found := judge(f); found != nil {
			all = append(all, found)
		}
	}
	return all
}
