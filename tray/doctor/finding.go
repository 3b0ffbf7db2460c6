package doctor

import (
	"time"

	"altv-tray/tray/errtext"
	"altv-tray/tray/lang"
)

// finding is a Check before it is put into words. Its text is doctor.<id>.<name>, its advice
// the same with _do. Args are pairs of a placeholder's name and its value: see inWords.
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

func (f *finding) check(p *lang.Printer) Check {
	args := make([]string, len(f.args))
	for i, a := range f.args {
		args[i] = inWords(p, a)
	}
	c := Check{ID: f.id, Level: f.level, Text: p.T(f.key(), args...)}
	if f.level != OK {
		c.Advice = p.T(f.key()+"_do", args...)
	}
	return c
}

// inWords puts an argument into the user's language.
func inWords(p *lang.Printer, value any) string {
	switch v := value.(type) {
	case error:
		return errtext.Within(p, v)
	case time.Duration:
		return p.Seconds(v)
	}
	return value.(string)
}

// judges are in the order in which a user reads the checks, each with the part of
// the facts that it goes by. One returns nil where its check does not apply.
var judges = []struct {
	judge func(*facts) *finding
	needs part
}{
	{settingsFile, ownPart}, {folders, ownPart}, {trayApp, ownPart},
	{clientFolder, clientPart}, {clientDebug, clientPart}, {clientRunning, clientPart}, {clientPort, clientPart},
	{portOwner, clientPart},
	{serverConfig, serverPart}, {serverDebug, serverPart}, {serverUp, dialPart}, {serverCDN, serverPart}, {serverSignal, serverPart}, {serverAuth, serverPart}, {serverQueue, serverPart},
	{wrongServer, clientPart},
	{keyring, passwordPart}, {password, passwordPart},
	{trayHost, desktopPart}, {notifications, desktopPart}, {hotkeyHeld, serverPart},
}
