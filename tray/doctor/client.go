package doctor

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/debugport"
)

func clientFolder(f *facts) *finding {
	const id = "client_folder"
	switch {
	case !f.clientKnown():
		return nil
	case f.clientSilent() != "":
		return fail(id, "silent", "folder", f.clientSilent())
	case f.client.folderErr == nil:
		return ok(id, "found", "folder", f.client.folder.Path)
	case f.settings.Client.Folder != "":
		return fail(id, "wrong", "folder", f.settings.Client.Folder)
	}
	return warn(id, "missing")
}

// clientDebug judges debug mode by the client's settings. They count from its
// next start on, so a port that answers proves only that it is on now.
func clientDebug(f *facts) *finding {
	const id = "client_debug"
	config := f.client.config
	flag := slices.ContainsFunc(f.client.running, func(p clientfolder.Process) bool { return p.HasDebugFlag })
	switch {
	case !f.clientKnown() || f.client.folderErr != nil || f.clientSilent() != "":
		return nil // without a folder client_folder says what to do
	case f.client.configErr == nil && config.Debug:
		return ok(id, "on", "file", config.File)
	case flag:
		return ok(id, "flag")
	case errors.Is(f.client.configErr, fs.ErrNotExist):
		return f.offNowOrLater(id, "no_file", "folder", f.client.folder.Path)
	case f.client.configErr != nil:
		return warn(id, "broken", "problem", f.client.configErr)
	}
	return f.offNowOrLater(id, "off", "file", config.File)
}

// offNowOrLater: a client that answers is in debug mode all the same, until it
// ends.
func (f *facts) offNowOrLater(id, name string, args ...any) *finding {
	if f.answers() {
		return warn(id, name, args...)
	}
	return fail(id, name, args...)
}

func clientRunning(f *facts) *finding {
	const id = "client_running"
	switch {
	case !f.clientKnown():
		return nil
	case len(f.client.running) > 0:
		return ok(id, "yes", "pid", number(f.client.running[0].PID))
	case f.answers():
		return ok(id, "unseen", "address", f.settings.Client.Address)
	case f.client.runningErr != nil:
		return warn(id, "not_known", "problem", f.client.runningErr)
	}
	return fail(id, "no")
}

func clientPort(f *facts) *finding {
	const id = "client_port"
	r, address := f.client.reading, f.settings.Client.Address
	switch r.Outcome {
	case debugport.Known:
		if r.Status == debugport.Error {
			return warn(id, "error", "address", address)
		}
		return ok(id, "answers", "address", address, "word", r.Status.String())
	case debugport.UnknownWord:
		return warn(id, "unknown_word", "address", address, "word", r.Word)
	case debugport.NotAltV:
		return fail(id, "not_altv", "address", address, "detail", r)
	case debugport.NotRunning:
		return fail(id, f.whyClosed(), "address", address)
	}
	return fail(id, "no_answer", "address", address, "detail", r)
}

// whyClosed tells why nothing listens, as far as the other facts do.
func (f *facts) whyClosed() string {
	switch {
	case !f.clientHere():
		return "nobody_there"
	case len(f.client.running) == 0:
		return "nobody"
	case f.client.configErr == nil && !f.client.config.Debug:
		return "debug_off"
	}
	return "not_open"
}

func portOwner(f *facts) *finding {
	const id = "port_owner"
	owner, address := f.client.owner, f.settings.Client.Address
	args := []any{"address", address, "name", owner.Name, "pid", number(owner.PID)}
	switch {
	case !f.clientHere():
		return nil
	case f.client.reading.Outcome == debugport.NotRunning:
		return ok(id, "free", args...)
	case f.client.ownerErr != nil || owner.Name == "":
		if f.answers() {
			return ok(id, "not_known", args...)
		}
		return warn(id, "hidden", args...)
	case strings.EqualFold(owner.Name, "altv.exe"), strings.HasPrefix(owner.Name, "wineserver") && f.answers():
		return ok(id, "altv", args...)
	case f.isOwn(owner.Name):
		return ok(id, "own", args...)
	case f.answers():
		return warn(id, "stranger_answers", args...)
	}
	return fail(id, "stranger", args...)
}

// isOwn: the simulated client is this program.
func (f *facts) isOwn(name string) bool {
	return slices.ContainsFunc([]string{f.own.program, "altv-tray", "altv-tray.exe", "altv-tray.com"},
		func(own string) bool { return strings.EqualFold(own, name) })
}

func number(n int32) string { return strconv.Itoa(int(n)) }
