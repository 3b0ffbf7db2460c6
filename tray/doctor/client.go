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
	switch {
	case !f.clientExpected():
		return nil
	case f.silentFolder() != "":
		return fail("silent", "folder", f.silentFolder())
	case f.client.folder != "":
		return ok("found", "folder", f.client.folder)
	case f.Settings.Client.Folder != "":
		return fail("wrong", "folder", f.Settings.Client.Folder)
	}
	return warn("missing")
}

// clientDebug examines the client's settings, which take effect at its next start.
func clientDebug(f *facts) *finding {
	config, bad := f.client.config, fail
	if f.clientAnswers() {
		bad = warn
	}
	flag := slices.ContainsFunc(f.client.running, func(p clientfolder.Process) bool { return p.HasDebugFlag })
	switch {
	case !f.clientExpected() || f.client.folder == "" || f.silentFolder() != "":
		return nil // client_folder has the advice
	case f.client.err == nil && config.Debug:
		return ok("on", "file", config.File)
	case flag:
		return ok("flag")
	case errors.Is(f.client.err, fs.ErrNotExist):
		return bad("no_file", "folder", f.client.folder)
	case f.client.err != nil:
		return warn("broken", "problem", f.client.err)
	}
	return bad("off", "file", config.File)
}

func clientRunning(f *facts) *finding {
	switch {
	case !f.clientExpected():
		return nil
	case len(f.client.running) > 0:
		return ok("yes", "pid", number(f.client.running[0].PID))
	case f.clientAnswers():
		return ok("unseen", "address", f.Settings.Client.Address)
	case f.client.runningErr != nil:
		return warn("not_known", "problem", f.client.runningErr)
	}
	return fail("no")
}

func clientPort(f *facts) *finding {
	r, address := f.client.reading, f.Settings.Client.Address
	switch r.Outcome {
	case debugport.Known:
		if r.Status == debugport.Error {
			return warn("error", "address", address)
		}
		return ok("answers", "address", address, "word", string(r.Status))
	case debugport.UnknownWord:
		return warn("unknown_word", "address", address, "word", r.Word)
	case debugport.NotAltV:
		return fail("not_altv", "address", address, "detail", error(r.Problem()))
	case debugport.NotRunning:
		return fail(f.whyClosed(), "address", address)
	}
	return fail("no_answer", "address", address, "detail", error(r.Problem()))
}

// whyClosed returns the name of the finding that explains why nothing listens.
func (f *facts) whyClosed() string {
	switch {
	case !f.clientIsLocal():
		return "nobody_there"
	case len(f.client.running) == 0:
		return "nobody"
	case f.client.err == nil && !f.client.config.Debug:
		return "debug_off"
	}
	return "not_open"
}

func portOwner(f *facts) *finding {
	owner, address := f.client.owner, f.Settings.Client.Address
	args := []any{"address", address, "name", owner.Name, "pid", number(owner.PID)}
	switch {
	case !f.clientIsLocal():
		return nil
	case f.client.reading.Outcome == debugport.NotRunning:
		return ok("free", args...)
	case f.client.ownerErr != nil || owner.Name == "":
		if f.clientAnswers() {
			return ok("not_known", args...)
		}
		return warn("hidden", args...)
	case strings.EqualFold(owner.Name, "altv.exe"), strings.HasPrefix(owner.Name, "wineserver") && f.clientAnswers():
		return ok("altv", args...)
	case owner.Name == f.program, strings.HasPrefix(strings.ToLower(owner.Name), "altv-tray"): // a simulated client
		return ok("own", args...)
	case f.clientAnswers():
		return warn("stranger_answers", args...)
	}
	return fail("stranger", args...)
}

func number(n int32) string { return strconv.Itoa(int(n)) }
