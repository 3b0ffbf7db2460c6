package gameserver

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"sync"
	"time"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

const fileName = "server.toml"

var errNoFolder = fmt.Errorf("no folder of the server is known: %w", os.ErrNotExist)

// ServerConfig has the keys of a server.toml that matter here, with the defaults of the alt:V
// documentation. It does not have the password: see ReadPassword.
type ServerConfig struct {
	Host            string // address to bind; "0.0.0.0" if left out
	Port            int    // 1 to 65535, UDP and TCP; 7788 if left out
	HasPassword     bool   // the file sets a password that is not empty
	Debug           bool   // reconnecting over the client's debug port needs it
	UseCDN          bool   // true: the server opens no TCP port
	CDNURL          string // the CDN's address, which players use; empty without a CDN
	ConnectionQueue bool
	UseEarlyAuth    bool
	File            string    // the file that was read
	Modified        time.Time // the time of the file, also of a broken one; zero: there is no file
}

// lastRead has the ServerConfig last read from each folder.
var lastRead sync.Map

// ReadConfig reads server.toml in a folder; other keys are ignored. The error wraps
// os.ErrNotExist if there is no such file or dir is empty, else it names the file and, if
// possible, line and key. If the error wraps folder.ErrSilent, the result is what was last read
// from that folder, or the zero value.
func ReadConfig(dir string) (ServerConfig, error) {
	if dir == "" {
		return ServerConfig{}, errNoFolder
	}
	config, err := folder.Do(dir, func() (ServerConfig, error) {
		config, _, err := readConfig(dir)
		return config, err
	})
	if errors.Is(err, folder.ErrSilent) {
		last, _ := lastRead.Load(dir)
		config, _ = last.(ServerConfig)
	} else if err == nil || errors.Is(err, os.ErrNotExist) {
		lastRead.Store(dir, config)
	}
	return config, err
}

// ReadPassword reads the password in server.toml; empty if it has none. Its errors are those
// of ReadConfig.
func ReadPassword(dir string) (string, error) {
	if dir == "" {
		return "", errNoFolder
	}
	return folder.Do(dir, func() (string, error) {
		_, password, err := readConfig(dir)
		return password, err
	})
}

// readConfig accepts a key only in its exact case, as the server does. With an error, c has only
// the Modified time.
func readConfig(dir string) (c ServerConfig, password string, err error) {
	path := filepath.Join(dir, fileName)
	if info, err := os.Stat(path); err == nil {
		c.Modified = info.ModTime() // before it is read, so that no change is missed
	}
	failed := c
	_, values, err := altcfg.Read(path)
	if err != nil {
		return failed, "", err
	}
	c.Host, c.File = "0.0.0.0", path
	port := int64(7788)
	for _, key := range []struct {
		name string
		to   any
	}{
		{"host", &c.Host}, {"port", &port}, {"password", &password},
		{"debug", &c.Debug}, {"useCdn", &c.UseCDN}, {"cdnUrl", &c.CDNURL},
		{"connectionQueue", &c.ConnectionQueue}, {"useEarlyAuth", &c.UseEarlyAuth},
	} {
		value, to := reflect.ValueOf(values[key.name]), reflect.ValueOf(key.to).Elem()
		switch {
		case !value.IsValid():
		case value.Type() != to.Type():
			return failed, "", problem.New(problem.WrongValue).In(path).Of(key.name)
		default:
			to.Set(value)
		}
	}
	if port < 1 || port > 65535 {
		return failed, "", problem.New(problem.NoPort, problem.Text("value", strconv.FormatInt(port, 10))).In(path).Of("port")
	}
	if !c.UseCDN {
		c.CDNURL = ""
	}
	c.Port, c.HasPassword = int(port), password != ""
	return c, password, nil
}

// TCPAddress returns the host:port of the server's TCP port as seen from this computer.
func (c ServerConfig) TCPAddress() string {
	host := c.Host
	switch host {
	case "", "0.0.0.0", "localhost", "*":
		host = "127.0.0.1"
	case "::", "[::]":
		host = "::1"
	}
	return net.JoinHostPort(host, strconv.Itoa(c.Port))
}
