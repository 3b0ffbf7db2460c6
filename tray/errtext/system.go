package errtext

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"altv-tray/tray/lang"
)

// systemKinds are what a system says most often, with what is told of it. The
// first that fits is it.
var systemKinds = []struct {
	is  func(error) bool
	key string
}{
	{isOneOf(diskFull), "system_error.disk_full"},
	{isOneOf(readOnly), "system_error.read_only"},
	{isOneOf(inUse), "system_error.in_use"},
	{isNoProgram, "system_error.no_program"},
	{isOneOf(noWay), "system_error.no_way"},
	{isNoHost, "system_error.no_host"},
	{isOneOf(refused), "system_error.refused"},
	{is(fs.ErrPermission), "system_error.permission"},
	{is(fs.ErrNotExist), "system_error.not_exist"},
	{isTimeout, "system_error.timeout"},
}

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

func isOneOf(targets []error) func(error) bool {
	return func(err error) bool {
		for _, target := range targets {
			if errors.Is(err, target) {
				return true
			}
		}
		return false
	}
}

// isNoProgram: that the desktop's own opener is missing, or that it found no
// program (3 and 4 in xdg-open's manual), is the same to a user.
func isNoProgram(err error) bool {
	var exit *exec.ExitError
	return errors.Is(err, exec.ErrNotFound) || isOneOf(noProgram)(err) ||
		errors.As(err, &exit) && (exit.ExitCode() == 3 || exit.ExitCode() == 4)
}

func isNoHost(err error) bool {
	var unknown *net.DNSError
	return errors.As(err, &unknown) && !unknown.IsTimeout
}

func isTimeout(err error) bool {
	var network net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &network) && network.Timeout()
}

// ofSystem tells an error that nobody here has made. What is not known is told
// in the system's own words.
func ofSystem(p *lang.Printer, err error) string {
	if text, known := sentence(p, err); known {
		return text
	}
	return p.T("system_error.unknown", "detail", strings.TrimRight(innermost(err).Error(), ".!\r\n "))
}

func sentence(p *lang.Printer, err error) (text string, known bool) {
	for _, kind := range systemKinds {
		if kind.is(err) {
			return p.T(kind.key), true
		}
	}
	return "", false
}

// fileOf is what a system's error is about; empty where it names nothing.
func fileOf(err error) string {
	var (
		path *fs.PathError
		link *os.LinkError
	)
	file := ""
	switch {
	case errors.As(err, &path):
		file = path.Path
	case errors.As(err, &link):
		file = link.New
	}
	if own, _ := filepath.Match(".altv-tray-*.tmp", filepath.Base(file)); own {
		return filepath.Dir(file) // nobody knows the other
	}
	return file
}

// innermost leaves out what was put around an error in English.
func innermost(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
