package clientfolder

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/problem"
)

// takeApartTOML reads an altv.toml without its byte order mark. The line is that
// of the error.
func takeApartTOML(text []byte) (d document, line int, err error) {
	if altcfg.TooManyKeys(text) {
		return document{}, 1, problem.New(problem.TooManyKeys, problem.Text("most", strconv.Itoa(altcfg.MaxKeys)))
	}
	values := map[string]any{}
	if err := toml.Unmarshal(text, &values); err != nil {
		line = 1
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, _ = at.Position()
		}
		return document{}, line, notTOML(err)
	}
	place := placeOfDebug(text)
	d.debug = values["debug"] == true
	d.branch, d.lastIP = single(values["branch"]), single(values["lastip"])
	_, exists := values["debug"]
	switch {
	case place.value != nil:
		d.withDebug = place.value.replaced(text, "true")
	case exists: // a table or an array
	case place.lastPair > 0:
		d.withDebug = addedAfter(text, place.lastPair, "debug = true")
	default:
		// The first line is surely before the first table.
		d.withDebug = span{}.replaced(text, "debug = true"+lineEnd(text))
	}
	delete(values, "debug")
	// Not reflect.DeepEqual later on: for it, a NaN is not equal to itself.
	d.rest = fmt.Sprintf("%#v", values)
	return d, 0, nil
}

// notTOML says what go-toml said, unless that is long or has several lines: it
// names keys, and a key in quotes may be anything.
func notTOML(err error) error {
	text := strings.TrimPrefix(err.Error(), "toml: ")
	if strings.ContainsFunc(text, unicode.IsControl) || len(text) > 400 {
		return problem.New(problem.BrokenTOML)
	}
	return problem.New(problem.NotTOML, problem.Text("detail", text))
}

func single(value any) *string {
	switch value.(type) {
	case nil, map[string]any, []any:
		return nil
	}
	text := fmt.Sprint(value)
	return &text
}

// tomlPlace is where debug stands, or can be put, before the first table.
type tomlPlace struct {
	value    *span // debug's value; nil where there is no single one
	lastPair int   // where the last pair ends; 0 without one
}

// placeOfDebug goes as far as the text is valid.
func placeOfDebug(text []byte) tomlPlace {
	var place tomlPlace
	var parser unstable.Parser
	parser.Reset(text)
	for root := true; parser.NextExpression(); {
		node := parser.Expression()
		if node.Kind == unstable.Table || node.Kind == unstable.ArrayTable {
			root = false
		}
		if !root || node.Kind != unstable.KeyValue {
			continue
		}
		place.lastPair = rawSpan(node).end
		key := node.Key()
		if !key.Next() || string(key.Node().Data) != "debug" || !key.IsLast() {
			continue
		}
		if value := node.Value(); value.Kind != unstable.InlineTable && value.Kind != unstable.Array {
			at := rawSpan(value)
			place.value = &at
		}
	}
	return place
}

func rawSpan(node *unstable.Node) span {
	start := int(node.Raw.Offset)
	return span{start, start + int(node.Raw.Length)}
}
