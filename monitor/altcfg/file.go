// Package altcfg reads what the settings files of alt:V's client and server have
// in common.
package altcfg

import (
	"fmt"
	"io"
	"os"

	"altv-tray/monitor/problem"
)

// MaxSize is the most bytes that a settings file may have, far more than any real
// one's. go-toml's time grows with the square of the number of keys: as many as
// fit in here take it a few seconds.
const MaxSize = 128 << 10

// Read reads an open settings file, its byte order mark included. What names it
// in an error.
func Read(file *os.File, what string) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(file, MaxSize+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", what, err)
	case len(text) > MaxSize:
		return nil, problem.New(problem.TooLarge).In(file.Name())
	}
	return text, nil
}
