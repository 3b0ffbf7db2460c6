package gameserver

import (
	"context"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shirou/gopsutil/v4/process"

	"altv-tray/monitor/portowner"
)

// FindFolder finds the folder of the game server that listens on an address of loopback:
// where its process was started, where its --config points to, or where its program lies. A
// folder counts only if its server.toml names that port. FindFolder returns "" if it finds
// none, as for a server behind a relay or of another user.
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
	// What cannot be read stays empty, as for an elevated process on Windows.
	cwd, _ := p.CwdWithContext(ctx)
	program, _ := p.ExeWithContext(ctx)
	args, _ := p.CmdlineSliceWithContext(ctx)
	for _, dir := range candidates(cwd, program, args) {
		if config, err := ReadConfig(dir); err == nil && !config.UseCDN && config.Port == int(at.Port()) {
			return dir
		}
	}
	return ""
}

// candidates returns the folders in which the settings of a server may be that was started in
// cwd, the most likely one first. A --config leads to one folder only, and to none if it names
// another file than server.toml, which ReadConfig would not read.
func candidates(cwd, program string, args []string) []string {
	dirs := []string{filepath.Clean(cwd), filepath.Dir(program)}
	for i, arg := range args {
		name, value, found := strings.Cut(arg, "=")
		if name != "--config" {
			continue
		}
		if !found && i+1 < len(args) {
			value = args[i+1]
		}
		if filepath.Base(value) != fileName {
			return nil
		}
		dir := filepath.Dir(value)
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(cwd, dir)
		}
		dirs = []string{dir}
		break
	}
	return slices.DeleteFunc(dirs, func(dir string) bool { return !filepath.IsAbs(dir) })
}
