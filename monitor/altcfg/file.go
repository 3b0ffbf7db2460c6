// Package altcfg reads what the settings files of alt:V's client and server have
// in common.
package altcfg

import (
	"fmt"
	"io"
	"os"

	"github.com/pelletier/go-toml/v2/unstable"

	"altv-tray/monitor/problem"
)

// Limits of a settings file, each far over any real one's.
const (
	MaxSize = 1 << 20 // bytes
	// MaxKeys is for TOML: go-toml's time grows with the square of their number,
	// and a file of 1 MiB full of them would take minutes.
	MaxKeys = 10_000
)

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

// TooManyKeys goes as far as the TOML is valid.
func TooManyKeys(text []byte) bool {
	var parser unstable.Parser
	parser.Reset(text)
	keys := 0
	for keys <= MaxKeys && parser.NextExpression() {
		keys += countKeys(parser.Expression())
	}
	return keys > MaxKeys
}

func countKeys(node *unstable.Node) int {
	count := 0
	switch node.Kind {
	case unstable.Table, unstable.ArrayTable:
		return 1
	case unstable.KeyValue:
		return 1 + countKeys(node.Value())
	case unstable.Array, unstable.InlineTable:
		for children := node.Children(); children.Next(); {
			count += countKeys(children.Node())
		}
	}
	return count
}
