package gameserver

import (
	"fmt"
	"path/filepath"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// oldConfigName is what servers before server.toml read: YAML, often with
// every value in quotes (public server repositories).
const oldConfigName = "server.cfg"

func readOldConfig(folder string) (ServerConfig, error) {
	path := filepath.Join(folder, oldConfigName)
	text, err := readConfigFile(path)
	if err != nil {
		return ServerConfig{}, err
	}
	var values map[string]any
	if err := yaml.Unmarshal(text, &values); err != nil {
		// The error may quote what it could not read, and with it the password.
		return ServerConfig{}, &configFault{fmt.Sprintf("%s: not valid YAML", path), err}
	}
	raw := rawConfig{Host: "0.0.0.0", Port: 7788}
	for key, set := range map[string]func(string) error{
		"host":            word(&raw.Host),
		"password":        word(&raw.Password),
		"name":            word(&raw.Name),
		"cdnUrl":          word(&raw.CDNURL),
		"port":            number(&raw.Port),
		"debug":           truth(&raw.Debug),
		"useCdn":          truth(&raw.UseCDN),
		"connectionQueue": truth(&raw.ConnectionQueue),
		"useEarlyAuth":    truth(&raw.UseEarlyAuth),
	} {
		value, ok := values[key]
		if !ok || value == nil {
			continue
		}
		if err := set(fmt.Sprint(value)); err != nil {
			return ServerConfig{}, &configFault{fmt.Sprintf("%s: %s: the value is not valid or of the wrong type", path, key), err}
		}
	}
	return raw.config(path, text)
}

func word(into *string) func(string) error {
	return func(text string) error { *into = text; return nil }
}

func number(into *int64) func(string) error {
	return func(text string) (err error) {
		*into, err = strconv.ParseInt(text, 10, 64)
		return err
	}
}

func truth(into *bool) func(string) error {
	return func(text string) (err error) {
		*into, err = strconv.ParseBool(text)
		return err
	}
}
