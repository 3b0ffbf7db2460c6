package gameserver

import "altv-tray/monitor/altcfg"

// SwitchDebugOn is altcfg's for server.toml in a folder, which is read at the server's next
// start. It keeps no copy of the old file, which would have the password too.
func SwitchDebugOn(dir string) error {
	config, err := ReadConfig(dir)
	if err == nil && !config.Debug {
		_, err = altcfg.SwitchDebugOn(config.File, false)
	}
	return err
}
