package clientfolder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"

	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

// Start starts dir's altv.exe in debug mode, without waiting. With a server alt:V joins it;
// with "" it shows its main menu. No password is passed on.
func Start(ctx context.Context, dir, server string) error {
	args, err := arguments(server)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("starting alt:V: %w", err)
	}
	program := filepath.Join(dir, exeName)
	_, err = folder.Do(dir, func() (os.FileInfo, error) { return os.Stat(program) })
	if err != nil {
		return fmt.Errorf("starting alt:V: %w; correct client.folder in the settings", err)
	}
	// Through the shell, as CreateProcess refuses a client that is set to run as
	// administrator, which alt:V itself advises for some problems.
	err = shellOpen(program, windows.ComposeCommandLine(args), dir)
	if errors.Is(err, windows.ERROR_CANCELLED) {
		return problem.New(problem.Declined).In(program).Because(err)
	}
	if err != nil {
		return &fs.PathError{Op: "starting", Path: program, Err: err}
	}
	return nil
}

func shellOpen(program, args, folder string) error {
	var texts [3]*uint16
	for i, text := range []string{program, args, folder} {
		var err error
		if texts[i], err = windows.UTF16PtrFromString(text); err != nil {
			return err
		}
	}
	return windows.ShellExecute(0, nil, texts[0], texts[1], texts[2], windows.SW_SHOWNORMAL)
}
