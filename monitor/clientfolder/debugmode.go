package clientfolder

import "altv-tray/monitor/altcfg"

// SwitchDebugOn is altcfg's for the client's settings, which are read at its next start. It
// returns the path of a copy of the old file, or "" if debug was on already.
//
// It has no time limit once it writes: with one it could report that nothing has changed,
// and change it later.
func SwitchDebugOn(dir string) (backup string, err error) {
	config, err := ReadConfig(dir)
	if err != nil || config.Debug {
		return "", err
	}
	return altcfg.SwitchDebugOn(config.File, true)
}
