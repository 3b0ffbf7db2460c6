package gameserver

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/problem"
)

// readTOML reads a server.toml. Its keys are what they are to the letter, as
// for the server; go-toml, given a struct, would take Port for port.
func readTOML(path string, text []byte) (rawConfig, error) {
	raw := rawConfig{Host: "0.0.0.0", Port: 7788}
	if altcfg.TooManyKeys(text) {
		return raw, problem.New(problem.TooManyKeys, problem.Text("most", strconv.Itoa(altcfg.MaxKeys))).In(path)
	}
	values := map[string]any{}
	if err := toml.Unmarshal(text, &values); err != nil {
		return raw, configError(path, err)
	}
	for _, key := range []struct {
		name  string
		fills func(value any) bool
	}{
		{"host", into(&raw.Host)}, {"port", into(&raw.Port)}, {"password", into(&raw.Password)},
		{"debug", into(&raw.Debug)}, {"name", into(&raw.Name)}, {"useCdn", into(&raw.UseCDN)}, {"cdnUrl", into(&raw.CDNURL)},
		{"connectionQueue", into(&raw.ConnectionQueue)}, {"useEarlyAuth", into(&raw.UseEarlyAuth)},
	} {
		if value, given := values[key.name]; given && !key.fills(value) {
			return raw, problem.New(problem.WrongValue).In(path).At(lineOfKey(text, key.name)).Of(key.name)
		}
	}
	return raw, nil
}

// into gives what puts a value there, if it is of the type.
func into[T any](field *T) func(value any) bool {
	return func(value any) bool {
		v, ok := value.(T)
		if ok {
			*field = v
		}
		return ok
	}
}

// configError says where the text is broken. It leaves out what go-toml says of
// it, which may quote the password.
func configError(path string, err error) error {
	var at *toml.DecodeError
	if !errors.As(err, &at) {
		return problem.New(problem.BrokenTOML).In(path)
	}
	line, _ := at.Position()
	if len(at.Key()) == 0 {
		return problem.New(problem.BrokenTOML).In(path).At(line)
	}
	return problem.New(problem.TwiceOrWrong).In(path).At(line).Of(shown(at.Key()))
}

// shown is a key as it stands in the file, unless it is one in quotes, which
// could be anything.
func shown(key []string) string {
	name := key[len(key)-1]
	if name == "" || len(name) > 40 || strings.ContainsFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-'
	}) {
		return `"…"`
	}
	return name
}

// lineOfKey finds the line that sets a key of the top level, or begins a table
// of that name, in a text that is valid; the decoder knows lines only of what it
// refuses itself.
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
