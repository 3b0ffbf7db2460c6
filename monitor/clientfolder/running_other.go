//go:build !windows

package clientfolder

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Running lists the processes named altv.exe, which under Linux are Wine's. It
// reads a file for each process there is: some milliseconds, for use on demand,
// not for polling.
func Running(ctx context.Context) ([]Process, error) {
	const processes = "/proc"
	entries, err := os.ReadDir(processes)
	if err != nil {
		return nil, fmt.Errorf("listing the processes: %w", err)
	}
	var found []Process
	for _, entry := range entries {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("listing the processes: %w", err)
		}
		id, err := strconv.ParseInt(entry.Name(), 10, 32)
		if err != nil {
			continue // not a process
		}
		// Wine gives the name of the Windows program to its process.
		name, err := os.ReadFile(filepath.Join(processes, entry.Name(), "comm"))
		if err != nil || !strings.EqualFold(strings.TrimSuffix(string(name), "\n"), exeName) {
			continue // ended meanwhile, or another program
		}
		line, _ := os.ReadFile(filepath.Join(processes, entry.Name(), "cmdline"))
		args := strings.Split(strings.TrimRight(string(line), "\x00"), "\x00")
		found = append(found, Process{PID: int32(id), Path: args[0], HasDebugFlag: hasDebugFlag(args)})
	}
	return found, nil
}
