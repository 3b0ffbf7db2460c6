package clientfolder

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

// Config holds the keys of the client's settings that matter here, with the
// defaults of the alt:V documentation for those left out.
type Config struct {
	File   string // the path of altv.toml
	Debug  bool   // the debug port opens at the client's next start
	LastIP string // the server that a reconnect goes to, host:port or a CDN's URL; "127.0.0.1:7788" where left out
}

// ReadConfig reads altv.toml in a folder. Unknown keys are ignored. Debug is false
// unless the file has a plain true, since the client may read anything else as
// false. The error wraps os.ErrNotExist where there is no such file, and
// folder.ErrSilent where the folder does not answer. Otherwise it names the file
// and, where the file is broken, the line.
func ReadConfig(dir string) (Config, error) {
	return folder.Do(dir, func() (Config, error) {
		path := filepath.Join(dir, tomlName)
		text, err := readFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return Config{}, problem.New(problem.NoClientFile).In(dir).Because(os.ErrNotExist)
		}
		if err != nil {
			return Config{}, err
		}
		values, err := parse(path, text)
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

// readFile returns the file as it is, its byte order mark included.
func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the client's settings: %w", err)
	}
	defer file.Close()
	return altcfg.Read(file, "the client's settings")
}

var mark = []byte("\uFEFF") // Windows editors begin a file with it

func parse(path string, text []byte) (map[string]any, error) {
	text = bytes.TrimPrefix(text, mark)
	values := map[string]any{}
	if err := toml.Unmarshal(text, &values); err != nil {
		line := 1
		if at := (*toml.DecodeError)(nil); errors.As(err, &at) {
			line, _ = at.Position()
		}
		return nil, problem.New(problem.BrokenTOML).In(path).At(line)
	}
	return values, nil
}
