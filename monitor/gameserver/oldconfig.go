package gameserver

import (
	"path/filepath"
	"strconv"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/fault"
)

// oldConfigName is what servers before server.toml read.
const oldConfigName = "server.cfg"

func readOldConfig(folder string) (ServerConfig, error) {
	path := filepath.Join(folder, oldConfigName)
	text, err := readConfigFile(path)
	if err != nil {
		return ServerConfig{}, err
	}
	pairs, at, err := altcfg.Pairs(text)
	if err != nil {
		return ServerConfig{}, fault.In(err, path, altcfg.LineAt(text, at))
	}
	raw := rawConfig{Host: "0.0.0.0", Port: 7788}
	seen, portAt := map[string]bool{}, 0
	for _, p := range pairs {
		if seen[p.Key] || !p.Single {
			continue // the first of two counts
		}
		seen[p.Key] = true
		switch p.Key {
		case "host":
			raw.Host = p.Value
		case "password":
			raw.Password = p.Value
		case "name":
			raw.Name = p.Value
		case "cdnUrl":
			raw.CDNURL = p.Value
		case "port":
			portAt = p.Start
			if raw.Port, err = strconv.ParseInt(p.Value, 10, 64); err != nil {
				return ServerConfig{}, fault.New(fault.NoNumber, path).At(altcfg.LineAt(text, p.Start)).Of("port")
			}
		case "debug":
			raw.Debug = p.Truth()
		case "useCdn":
			raw.UseCDN = p.Truth()
		case "connectionQueue":
			raw.ConnectionQueue = p.Truth()
		case "useEarlyAuth":
			raw.UseEarlyAuth = p.Truth()
		}
	}
	return raw.config(path, func() int { return altcfg.LineAt(text, portAt) })
}
