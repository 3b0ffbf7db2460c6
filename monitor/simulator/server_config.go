package simulator

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pelletier/go-toml/v2"
)

// password returns the password from the server's folder or, without one there, from
// the options. trouble says why an existing server.toml is ignored; it never has
// anything of the file's content in it.
func (s *Server) password() (password, trouble string) {
	opts := s.world.opts
	if opts.Folder == "" {
		return opts.Password, ""
	}
	file := filepath.Join(opts.Folder, "server.toml")
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return opts.Password, ""
	}
	if err != nil {
		return opts.Password, fmt.Sprintf("cannot read its configuration: %v", err)
	}
	var config struct {
		Password string `toml:"password"`
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // Windows editors write one
	if err := toml.Unmarshal(text, &config); err != nil {
		// The error's own text may quote the password.
		where := ""
		if broken, ok := errors.AsType[*toml.DecodeError](err); ok {
			row, _ := broken.Position()
			where = fmt.Sprintf(" in line %d", row)
		}
		return opts.Password, fmt.Sprintf("%s is broken%s: correct it; until then it is ignored", file, where)
	}
	return config.Password, ""
}
