package gameserver

import "altv-tray/monitor/altcfg"

// SwitchDebugOn is altcfg's for server.toml in a folder, which is read at the server's next
// start.
func SwitchDebugOn(dir string) error {
	config, err := ReadConfig(dir)
	if err == nil && !config.Debug {
		err = altcfg.SwitchDebugOn(config.File)
	}
	return err
}
