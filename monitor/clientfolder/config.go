package clientfolder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

// Config has the keys of the client's settings that matter here, or alt:V's defaults.
type Config struct {
	File   string // the path of altv.toml
	Debug  bool   // the debug port opens at the client's next start
	LastIP string // the server that a reconnect goes to, host:port or a CDN's URL; "127.0.0.1:7788" if left out
}

// ReadConfig reads altv.toml in a folder. Debug is true only if the value is a boolean true, as
// the client may read anything else as false. The error wraps os.ErrNotExist if there is no
// such file or dir is empty, and folder.ErrSilent if the folder does not answer.
func ReadConfig(dir string) (Config, error) {
	if dir == "" {
		return Config{}, problem.New(problem.NoClientFolder).Because(os.ErrNotExist)
	}
	return folder.Do(dir, func() (Config, error) {
		path := filepath.Join(dir, tomlName)
		_, values, err := altcfg.Read(path)
		if errors.Is(err, fs.ErrNotExist) {
			return Config{}, problem.New(problem.NoClientFile).In(dir).Because(os.ErrNotExist)
		}
		if err != nil {
			return Config{}, err
		}
		config := Config{File: path, Debug: values["debug"] == true, LastIP: "127.0.0.1:7788"}
		if last, ok := values["lastip"].(string); ok {
			config.LastIP = last
		}
		return config, nil
	})
}
