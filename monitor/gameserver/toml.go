package gameserver

import (
	"bytes"
	"errors"
	"regexp"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"altv-tray/monitor/problem"
)

// key is a key of the top level and where its value goes.
type key struct {
	name string
	to   any // *string, *bool or *int64
}

// readTOML reads those keys of a server.toml. A key counts only with its exact
// case, as for the server; go-toml, given a struct, would take Port for port.
func readTOML(path string, text []byte, keys []key) error {
	values := map[string]any{}
	if err := toml.Unmarshal(text, &values); err != nil {
		return configError(path, err)
	}
	for _, key := range keys {
		value, ok := values[key.name]
		if !ok {
			continue
		}
		switch to := key.to.(type) {
		case *string:
			*to, ok = value.(string)
		case *bool:
			*to, ok = value.(bool)
		case *int64:
			*to, ok = value.(int64)
		}
		if !ok {
			return problem.New(problem.WrongValue).In(path).At(lineOfKey(text, key.name)).Of(key.name)
		}
	}
	return nil
}

// plainKey is a key that an error may name. One in quotes could be anything.
var plainKey = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)

// configError says where the text is broken. It leaves out go-toml's own words,
// which may quote the password.
func configError(path string, err error) error {
	var at *toml.DecodeError
	if !errors.As(err, &at) {
		return problem.New(problem.BrokenTOML).In(path)
	}
	line, _ := at.Position()
	if len(at.Key()) == 0 {
		return problem.New(problem.BrokenTOML).In(path).At(line)
	}
	name := at.Key()[len(at.Key())-1]
	if !plainKey.MatchString(name) {
		name = `"…"`
	}
	return problem.New(problem.TwiceOrWrong).In(path).At(line).Of(name)
}

// lineOfKey finds the line that sets a key of the top level, or begins a table
// of that name, in a valid text. The decoder knows lines only of what it refuses
// itself.
func lineOfKey(text []byte, name string) int {
	var parser unstable.Parser
	parser.Reset(text)
	for root := true; parser.NextExpression(); {
		node := parser.Expression()
		root = root && node.Kind == unstable.KeyValue
		if !root && node.Kind == unstable.KeyValue {
			continue
		}
		if key := node.Key(); key.Next() && string(key.Node().Data) == name {
			return 1 + bytes.Count(text[:key.Node().Raw.Offset], []byte("\n"))
		}
	}
	return 1
}
