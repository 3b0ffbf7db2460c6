package clientfolder

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

// Config holds the keys of the client's settings that matter here, with the
// defaults of the alt:V documentation for those left out.
type Config struct {
	File   string // the path of altv.toml
	Debug  bool   // the debug port opens at the client's next start
	Branch string // release, rc or dev; "release" where left out
	LastIP string // the server that a reconnect goes to, host:port or a CDN's URL; "127.0.0.1:7788" where left out
}

// ReadConfig reads altv.toml in folder. Keys not known are ignored. A debug that
// is not a plain true counts as off, for the client may read it so. The error
// wraps os.ErrNotExist where there is no such file, else it names the file and,
// where it is broken, the line. It wraps folder.ErrSilent where the folder does not
// answer.
func ReadConfig(dir string) (Config, error) {
	return folder.Do(dir, func() (Config, error) { return readConfig(dir) })
}

func readConfig(folder string) (Config, error) {
	path, text, err := readConfigFile(folder)
	if err != nil {
		return Config{}, err
	}
	d, err := takeApart(path, text)
	if err != nil {
		return Config{}, err
	}
	config := Config{File: path, Debug: d.debug, Branch: "release", LastIP: "127.0.0.1:7788"}
	if d.branch != nil {
		config.Branch = *d.branch
	}
	if d.lastIP != nil {
		config.LastIP = *d.lastIP
	}
	return config, nil
}

// readConfigFile returns the file as it is, its byte order mark included.
func readConfigFile(folder string) (path string, text []byte, err error) {
	path = filepath.Join(folder, tomlName)
	text, err = readWhole(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, problem.New(problem.NoClientFile).In(folder).Because(os.ErrNotExist)
	}
	return path, text, err
}

func readWhole(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the client's settings: %w", err)
	}
	defer file.Close()
	return altcfg.Read(file, "the client's settings")
}

// document is the text of the client's settings taken apart.
type document struct {
	debug          bool
	branch, lastIP *string // nil where left out
	withDebug      []byte  // the text with debug switched on; nil where debug is no single value
	rest           string  // all values but debug, in a form to compare
}

func takeApart(path string, text []byte) (document, error) {
	mark := text[:0]
	if bom := []byte("\uFEFF"); bytes.HasPrefix(text, bom) {
		mark, text = text[:len(bom)], text[len(bom):]
	}
	d, line, err := takeApartTOML(text)
	if err != nil {
		return document{}, problem.Locate(err, path, line)
	}
	if d.withDebug != nil {
		d.withDebug = append(bytes.Clone(mark), d.withDebug...)
	}
	return d, nil
}

// span is a piece of a text, by byte offsets.
type span struct{ start, end int }

func (s span) replaced(text []byte, by string) []byte {
	return bytes.Join([][]byte{text[:s.start], []byte(by), text[s.end:]}, nil)
}

// lineEnd is what the text's first line ends with.
func lineEnd(text []byte) string {
	if i := bytes.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// addedAfter puts a line of its own after the one that holds offset.
func addedAfter(text []byte, offset int, line string) []byte {
	end := lineEnd(text)
	next := len(text)
	if i := bytes.IndexByte(text[offset:], '\n'); i >= 0 {
		next = offset + i + 1
	}
	line += end
	if next > 0 && text[next-1] != '\n' {
		line = end + line
	}
	return span{next, next}.replaced(text, line)
}
