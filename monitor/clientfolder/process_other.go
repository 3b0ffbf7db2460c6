//go:build !windows

package clientfolder

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Running returns Wine's processes named altv.exe. It takes some milliseconds.
func Running() ([]Process, error) {
	names, _ := filepath.Glob("/proc/[0-9]*/comm")
	var found []Process
	for _, name := range names {
		// Wine names its process after the Windows program.
		comm, err := os.ReadFile(name)
		if err != nil || !strings.EqualFold(strings.TrimSuffix(string(comm), "\n"), exeName) {
			continue // ended meanwhile, or another program
		}
		dir := filepath.Dir(name)
		id, _ := strconv.ParseInt(filepath.Base(dir), 10, 32)
		line, _ := os.ReadFile(filepath.Join(dir, "cmdline"))
		args := strings.Split(strings.TrimRight(string(line), "\x00"), "\x00")
		found = append(found, Process{PID: int32(id), Path: args[0], HasDebugFlag: hasDebugFlag(args)})
	}
	return found, nil
}

// Start is for Windows. Elsewhere its error wraps ErrWindowsOnly.
func Start(dir, server string) error {
	return fmt.Errorf("starting alt:V: %w", ErrWindowsOnly)
}
