package clientfolder

import (
	"fmt"
	"os"
	"time"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

// SwitchDebugOn sets debug to true in the client's settings and leaves every
// other byte as it is. It keeps the old file beside the new one and returns its
// path; where debug is on already it does nothing and returns "". With an error
// nothing has changed. A running client reads its settings at its next start only,
// and the game server needs debug mode as well.
//
// It waits for a folder that stops answering in the middle: with a limit, it could
// say that nothing has changed and change it later.
func SwitchDebugOn(dir string) (backup string, err error) {
	config, err := ReadConfig(dir)
	if err != nil || config.Debug {
		return "", err
	}
	before := map[string]any{}
	text, err := altcfg.Read(config.File, &before)
	if err != nil {
		return "", err
	}
	edited, err := altcfg.WithDebugOn(config.File, text, before)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(config.File)
	if err != nil {
		return "", fmt.Errorf("switching debug mode on: %w", err)
	}
	// A rename would get past this on some systems, but the owner wants it so.
	if info.Mode().Perm()&0o200 == 0 {
		return "", problem.New(problem.ClientReadOnly).In(config.File)
	}
	backup = config.File + ".bak-" + time.Now().Format("20060102-150405")
	if err := atomicfile.Write(backup, text, info.Mode().Perm()); err != nil {
		return "", fmt.Errorf("switching debug mode on: %w", err)
	}
	if err := atomicfile.Write(config.File, edited, info.Mode().Perm()); err != nil {
		os.Remove(backup)
		return "", fmt.Errorf("switching debug mode on: %w", err)
	}
	return backup, nil
}
