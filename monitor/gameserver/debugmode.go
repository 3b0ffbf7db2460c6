package gameserver

import (
	"fmt"
	"os"
	"path/filepath"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

// SwitchDebugOn sets debug to true in server.toml in a folder and leaves every
// other byte as it is; where debug is on already it does nothing. With an error
// nothing has changed. A running server reads its settings at its next start only.
// No copy of the old file is kept: it would have the password in one more place.
func SwitchDebugOn(dir string) error {
	config, err := ReadConfig(dir)
	if err != nil || config.Debug {
		return err
	}
	before := map[string]any{}
	text, err := altcfg.Read(config.File, &before)
	if err != nil {
		return err
	}
	edited, err := altcfg.WithDebugOn(config.File, text, before)
	if err != nil {
		return err
	}
	path, err := filepath.EvalSymlinks(config.File) // a link stays one
	if err != nil {
		return fmt.Errorf("switching debug mode on: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("switching debug mode on: %w", err)
	}
	if info.Mode().Perm()&0o200 == 0 {
		return problem.New(problem.ClientReadOnly).In(config.File)
	}
	if err := atomicfile.Write(path, edited, info.Mode().Perm()); err != nil {
		return fmt.Errorf("switching debug mode on: %w", err)
	}
	return nil
}
