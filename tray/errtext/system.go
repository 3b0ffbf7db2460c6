package errtext

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"altv-tray/tray/lang"
)

// sentence returns the sentence of a common system error.
func sentence(p *lang.Printer, err error) (text string, known bool) {
	is := func(targets ...error) bool {
		return slices.ContainsFunc(targets, func(target error) bool { return errors.Is(err, target) })
	}
	exit, exited := errors.AsType[*exec.ExitError](err)
	lookup, lookedUp := errors.AsType[*net.DNSError](err)
	network, isNetwork := errors.AsType[net.Error](err) // context.DeadlineExceeded is one too
	switch {
	case is(diskFull...):
		return p.T("system_error.disk_full"), true
	case is(readOnly...):
		return p.T("system_error.read_only"), true
	case is(inUse...):
		return p.T("system_error.in_use"), true
	// xdg-open is missing, or has found no program (exit codes 3 and 4 in its manual).
	case is(exec.ErrNotFound), is(noProgram...), exited && (exit.ExitCode() == 3 || exit.ExitCode() == 4):
		return p.T("system_error.no_program"), true
	case is(noWay...):
		return p.T("system_error.no_way"), true
	case lookedUp && !lookup.IsTimeout:
		return p.T("system_error.no_host"), true
	case is(refused...):
		return p.T("system_error.refused"), true
	case is(fs.ErrPermission):
		return p.T("system_error.permission"), true
	case is(fs.ErrNotExist):
		return p.T("system_error.not_exist"), true
	case is(context.DeadlineExceeded, os.ErrDeadlineExceeded), isNetwork && network.Timeout():
		return p.T("system_error.timeout"), true
	}
	return "", false
}

// withoutFile splits a system error into its file, if any, and the cause.
func withoutFile(err error) (file string, cause error) {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		file, cause = path.Path, path.Err
	} else if link, ok := errors.AsType[*os.LinkError](err); ok {
		file, cause = link.New, link.Err
	} else {
		return "", err
	}
	if own, _ := filepath.Match(".altv-tray-*.tmp", filepath.Base(file)); own {
		file = filepath.Dir(file) // a temporary file of this program
	}
	return file, cause
}
