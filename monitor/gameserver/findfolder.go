package gameserver

import (
	"context"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"github.com/shirou/gopsutil/v4/process"

	"altv-tray/monitor/portowner"
)

// FindFolder finds the folder of the game server that listens on an address of
// loopback: where the process that has the port was started, where its --config
// says, or where its program lies. It counts only with a server.toml in it that
// names that port. Empty: it found none, as for a server that a relay or another
// user has.
func FindFolder(ctx context.Context, address string) string {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !at.Addr().Unmap().IsLoopback() {
		return ""
	}
	owner, err := portowner.Find(ctx, address)
	if err != nil || owner.PID == 0 || int(owner.PID) == os.Getpid() {
		return ""
	}
	p, err := process.NewProcessWithContext(ctx, owner.PID)
	if err != nil {
		return ""
	}
	// What cannot be read stays empty, as on Windows of an elevated process.
	var started startedAs
	started.folder, _ = p.CwdWithContext(ctx)
	started.program, _ = p.ExeWithContext(ctx)
	started.args, _ = p.CmdlineSliceWithContext(ctx)
	for _, dir := range started.candidates() {
		if config, err := ReadConfig(dir); err == nil && !config.UseCDN && config.Port == int(at.Port()) {
			return dir
		}
	}
	return ""
}

// startedAs is how a process was started, as far as it is known.
type startedAs struct {
	folder, program string
	args            []string
}

// candidates are the folders in which the server's settings may be, the most likely
// one first. A --config leads to one only, and to none where it names another file
// than server.toml: its settings are not read here.
func (s startedAs) candidates() (all []string) {
	for i, arg := range s.args {
		name, value, found := strings.Cut(arg, "=")
		if name != "--config" {
			continue
		}
		if !found && i+1 < len(s.args) {
			value = s.args[i+1]
		}
		if filepath.Base(value) != "server.toml" {
			return nil
		}
		dir := filepath.Dir(value)
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(s.folder, dir)
		}
		return absolute(dir)
	}
	return absolute(s.folder, filepath.Dir(s.program))
}

func absolute(dirs ...string) (all []string) {
	for _, dir := range dirs {
		if filepath.IsAbs(dir) {
			all = append(all, filepath.Clean(dir))
		}
	}
	return all
}
