package doctor

import (
	"time"

	"altv-tray/tray/errtext"
	"altv-tray/tray/lang"
)

// finding is a Check before it is put into words. Its text is doctor.<id>.<name>, its advice
// the same with _do. Args are pairs of a placeholder's name and its value: see inWords.
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
		args[i] = inWords(p, a)
	}
	key := "doctor." + id + "." + f.name
	c := Check{ID: id, Level: f.level, Text: p.T(key, args...)}
	if f.level != OK {
		c.Advice = p.T(key+"_do", args...)
	}
	return c
}

// inWords puts an argument into the user's language.
func inWords(p *lang.Printer, value any) string {
	switch v := value.(type) {
	case error:
		return errtext.Inline(p, v)
	case time.Duration:
		return p.Seconds(v)
	}
	return value.(string)
}

// judges are in the order in which a user reads the checks, each with the check's ID and the
// part of the facts that it goes by. One returns nil where its check does not apply.
var judges = []struct {
	id    string
	judge func(*facts) *finding
	needs part
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
