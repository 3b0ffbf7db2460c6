package gameserver

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/monitor/fault"
)

const (
	configName = "server.toml"
	// configLimit is far over any real server.toml; what is larger was not
	// meant to be one.
	configLimit = 1 << 20
)

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

// ReadConfig reads server.toml in folder, or where there is none the server.cfg
// of older servers. Keys not known are ignored, for there are many more and
// game modes add their own. The error is os.ErrNotExist (wrapped) where there
// is neither, else it names the file and, as far as the fault has a place, its
// line and key.
func ReadConfig(folder string) (ServerConfig, error) {
	path := filepath.Join(folder, configName)
	text, err := readConfigFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if old, err := readOldConfig(folder); !errors.Is(err, fs.ErrNotExist) {
			return old, err
		}
	}
	if err != nil {
		return ServerConfig{}, err
	}
	raw := rawConfig{Host: "0.0.0.0", Port: 7788}
	if err := toml.Unmarshal(text, &raw); err != nil {
		return ServerConfig{}, configError(path, err)
	}
	return raw.config(path, text)
}

// rawConfig is what the file says, with the defaults where it says nothing.
type rawConfig struct {
	Host            string `toml:"host"`
	Port            int64  `toml:"port"`
	Password        string `toml:"password"`
	Debug           bool   `toml:"debug"`
	Name            string `toml:"name"`
	UseCDN          bool   `toml:"useCdn"`
	CDNURL          string `toml:"cdnUrl"`
	ConnectionQueue bool   `toml:"connectionQueue"`
	UseEarlyAuth    bool   `toml:"useEarlyAuth"`
}

func (raw rawConfig) config(path string, text []byte) (ServerConfig, error) {
	if raw.Port < 1 || raw.Port > 65535 {
		return ServerConfig{}, fault.New(fault.NoPort, path, "value", strconv.FormatInt(raw.Port, 10)).At(portLine(text)).Of("port")
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

func readConfigFile(path string) ([]byte, error) {
	file, err := openShared(path)
	if err != nil {
		return nil, fmt.Errorf("reading the server's settings: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, configLimit+1))
	if err != nil {
		return nil, fmt.Errorf("reading the server's settings: %w", err)
	}
	if len(text) > configLimit {
		return nil, fault.New(fault.TooLarge, path)
	}
	return bytes.TrimPrefix(text, []byte("\uFEFF")), nil
}

// configError keeps the cause for errors.As but not its String method, which
// quotes the faulty lines and with them perhaps the password.
func configError(path string, err error) error {
	var at *toml.DecodeError
	if !errors.As(err, &at) {
		return fault.New(fault.NotTOML, path).Because(err)
	}
	line, _ := at.Position()
	if len(at.Key()) == 0 {
		return fault.New(fault.NotTOML, path).At(line).Because(err)
	}
	key := at.Key()[len(at.Key())-1]
	return fault.New(fault.WrongValue, path).At(line).Of(key).Because(err)
}

// portLine finds the line that sets the top-level port, 1-based; the decoder
// knows lines only of what it refuses itself. The first one is it, since tables
// come after the top level.
func portLine(text []byte) int {
	number := 0
	for line := range bytes.Lines(text) {
		number++
		key, _, found := bytes.Cut(line, []byte("="))
		if !found {
			key, _, found = bytes.Cut(line, []byte(":")) // server.cfg
		}
		if found && string(bytes.Trim(key, " \t\"'")) == "port" {
			return number
		}
	}
	return 1
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

// readsCDN tells whether folder's server.toml turns a CDN on. known is false
// where that cannot be read, as while an editor is half-way through saving it.
func readsCDN(folder string) (on, known bool) {
	config, err := ReadConfig(folder)
	if errors.Is(err, os.ErrNotExist) {
		return false, true
	}
	return config.UseCDN, err == nil
}
