package gameserver

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

const configName = "server.toml"

// ServerConfig holds the keys of a server.toml that matter here, with the
// defaults of the alt:V documentation for those left out. It never prints its
// password, neither through fmt nor slog nor JSON; but fmt cannot be stopped
// from printing it out of an unexported field of another struct.
type ServerConfig struct {
	Host            string // address to bind; "0.0.0.0" where left out
	Port            int    // 1 to 65535, UDP and TCP; 7788 where left out
	Password        string `json:"-"` // in plain text; "" for none
	HasPassword     bool   // the file sets a password that is not empty
	Debug           bool   // reconnecting over the client's debug port needs it
	Name            string
	UseCDN          bool // true: the server opens no TCP port
	CDNURL          string
	ConnectionQueue bool
	UseEarlyAuth    bool
	File            string // the file that says so
}

// ReadConfig reads server.toml in folder. Keys not known are ignored, for there
// are many more and game modes add their own. The error wraps os.ErrNotExist
// where there is no such file, else it names the file and, as far as the fault
// has a place, its line and key.
//
// With an error that wraps folder.ErrSilent come the settings that were last read
// from there, without their password; HasPassword tells whether they had one. They
// have no File where nothing was read yet.
func ReadConfig(dir string) (ServerConfig, error) {
	config, err := folder.Do(dir, func() (ServerConfig, error) { return readConfig(dir) })
	if errors.Is(err, folder.ErrSilent) {
		last, _ := lastRead.Load(dir)
		config, _ = last.(ServerConfig)
		return config, err
	}
	if err == nil || errors.Is(err, os.ErrNotExist) {
		last := config
		last.Password = ""
		lastRead.Store(dir, last)
	}
	return config, err
}

// lastRead has the ServerConfig last read from each folder, without its password.
var lastRead sync.Map

func readConfig(dir string) (ServerConfig, error) {
	path := filepath.Join(dir, configName)
	text, err := readConfigFile(path)
	if err != nil {
		return ServerConfig{}, err
	}
	raw, err := readTOML(path, text)
	if err != nil {
		return ServerConfig{}, err
	}
	if raw.Port < 1 || raw.Port > 65535 {
		return ServerConfig{}, problem.New(problem.NoPort, problem.Text("value", strconv.FormatInt(raw.Port, 10))).In(path).At(lineOfKey(text, "port")).Of("port")
	}
	return ServerConfig{
		Host: raw.Host, Port: int(raw.Port),
		Password: raw.Password, HasPassword: raw.Password != "",
		Debug: raw.Debug, Name: raw.Name,
		UseCDN: raw.UseCDN, CDNURL: raw.CDNURL,
		ConnectionQueue: raw.ConnectionQueue, UseEarlyAuth: raw.UseEarlyAuth,
		File: path,
	}, nil
}

// rawConfig is what the file says, with the defaults where it says nothing.
type rawConfig struct {
	Host            string
	Port            int64
	Password        string
	Debug           bool
	Name            string
	UseCDN          bool
	CDNURL          string
	ConnectionQueue bool
	UseEarlyAuth    bool
}

func readConfigFile(path string) ([]byte, error) {
	file, err := openShared(path)
	if err != nil {
		return nil, fmt.Errorf("reading the server's settings: %w", err)
	}
	defer file.Close()
	text, err := altcfg.Read(file, "the server's settings")
	return bytes.TrimPrefix(text, []byte("\uFEFF")), err
}

// TCPAddress is the host:port at which the server's TCP port can be reached
// from this computer: an address that means "all" becomes loopback.
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

// CDN is the CDN's address, by which players reach the server; empty where it
// uses none.
func (c ServerConfig) CDN() string {
	if !c.UseCDN {
		return ""
	}
	return c.CDNURL
}

// String tells the settings without the password.
func (c ServerConfig) String() string {
	password := "none"
	if c.HasPassword || c.Password != "" {
		password = "REDACTED"
	}
	return fmt.Sprintf("{Host:%s Port:%d Password:%s Debug:%t Name:%s UseCDN:%t CDNURL:%s ConnectionQueue:%t UseEarlyAuth:%t}",
		c.Host, c.Port, password, c.Debug, c.Name, c.UseCDN, c.CDNURL, c.ConnectionQueue, c.UseEarlyAuth)
}

// Format prints String for every verb, so that %#v and %d do not get past it.
func (c ServerConfig) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, c.String()) }

// LogValue is String, for slog.
func (c ServerConfig) LogValue() slog.Value { return slog.StringValue(c.String()) }

var (
	_ fmt.Formatter  = ServerConfig{}
	_ slog.LogValuer = ServerConfig{}
)
