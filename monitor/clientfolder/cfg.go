package clientfolder

import (
	"fmt"
	"strings"

	"altv-tray/monitor/altcfg"
)

// takeApartCfg reads an altv.cfg without its byte order mark. The line is that of
// the error.
func takeApartCfg(text []byte) (d document, line int, err error) {
	pairs, at, err := altcfg.Pairs(text)
	if err != nil {
		return document{}, altcfg.LineAt(text, at), err
	}
	var debug *altcfg.Pair
	var rest strings.Builder
	for _, pair := range pairs {
		switch {
		case pair.Key == "debug" && debug == nil:
			debug = &pair
			continue
		case pair.Key == "branch" && d.branch == nil && pair.Single:
			d.branch = &pair.Value
		case pair.Key == "lastip" && d.lastIP == nil && pair.Single:
			d.lastIP = &pair.Value
		}
		fmt.Fprintf(&rest, "%q: %q\n", pair.Key, pair.Value)
	}
	d.rest = rest.String()
	switch {
	case debug == nil:
		d.withDebug = addedAfter(text, len(text), "debug: 'true'")
	case debug.Single:
		d.debug = debug.Truth()
		quote := ""
		if first := text[debug.Start : debug.Start+1]; first[0] == '\'' || first[0] == '"' {
			quote = string(first)
		}
		d.withDebug = span{debug.Start, debug.End}.replaced(text, quote+"true"+quote)
	}
	return d, 0, nil
}
