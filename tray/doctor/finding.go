package doctor

import "altv-tray/tray/lang"

// finding is a Check before it is told. Its text has the key
// doctor.<id>.<name>, its advice the same with "_do" at the end; args fill in
// both.
type finding struct {
	id    string
	level Level
	name  string
	args  []string
}

func ok(id, name string, args ...string) *finding   { return &finding{id, OK, name, args} }
func warn(id, name string, args ...string) *finding { return &finding{id, Warning, name, args} }
func fail(id, name string, args ...string) *finding { return &finding{id, Failure, name, args} }

func (f *finding) key() string { return "doctor." + f.id + "." + f.name }

func (f *finding) adviceKey() string { return f.key() + "_do" }

func (f *finding) check(p *lang.Printer) Check {
	c := Check{ID: f.id, Level: f.level, Text: p.T(f.key(), f.args...)}
	if f.level != OK {
		c.Advice = p.T(f.adviceKey(), f.args...)
	}
	return c
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
