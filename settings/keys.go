package settings

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

// Key is one key of the settings file, for a form.
type Key struct {
	Name    string // "auto_reconnect.delay"; of a profile the key alone: "folder"
	Kind    Kind
	Choices []string // of a Choice, all that there are
	Default string
}

// Kind is what a key's value looks like.
type Kind string

// The kinds.
const (
	Bool    Kind = "bool"
	Int     Kind = "int"
	Time    Kind = "duration" // as "10s"
	Text    Kind = "text"
	Choice  Kind = "choice"
	Address Kind = "address" // host:port
	Path    Kind = "path"    // a folder
	HotKey  Kind = "hotkey"  // a Combination
)

// kinds are those of the keys that are strings in the file.
var kinds = map[string]struct {
	kind    Kind
	choices []string
}{
	"language":                    {Choice, []string{"auto", "en", "zh-Hans", "de", "ru"}},
	"profile":                     {kind: Text},
	"client.address":              {kind: Address},
	"client.folder":               {kind: Path},
	"auto_reconnect.when_dropped": {Choice, []string{"server_down", "always", "never"}},
	"auto_reconnect.delay":        {kind: Time},
	"auto_reconnect.join_timeout": {kind: Time},
	"hotkey.reconnect":            {kind: HotKey},
	"profiles.name":               {kind: Text},
	"profiles.folder":             {kind: Path},
	"profiles.server":             {kind: Address},
	"profiles.ready":              {Choice, []string{"port", "log", "signal"}},
	"profiles.ready_delay":        {kind: Time},
	"profiles.password":           {Choice, []string{"keyring", "none"}},
}

// Keys lists the keys outside the profiles, and those of a profile, in the file's order.
func Keys() (global, profile []Key) {
	table := ""
	for line := range strings.Lines(string(defaultFile)) {
		line = strings.TrimSpace(line)
		if header, ok := strings.CutPrefix(line, "["); ok {
			table = strings.Trim(header, "[]") + "."
			continue
		}
		pair, _, _ := strings.Cut(line, " #")
		name, value, ok := strings.Cut(pair, " = ")
		if !ok || name == "schema" || strings.HasPrefix(line, "#") {
			continue
		}
		k := Key{Name: table + name, Default: strings.Trim(strings.TrimSpace(value), `"`)}
		switch known, ok := kinds[k.Name]; {
		case ok:
			k.Kind, k.Choices = known.kind, known.choices
		case k.Default == "true" || k.Default == "false":
			k.Kind = Bool
		default:
			k.Kind = Int
		}
		if own, ok := strings.CutPrefix(k.Name, "profiles."); ok {
			k.Name = own
			profile = append(profile, k)
		} else {
			global = append(global, k)
		}
	}
	return global, profile
}

// Values returns the values of Settings, without the profiles, or of a Profile, as texts.
func Values[T Settings | Profile](of T) map[string]string {
	all := map[string]string{}
	values("", reflect.ValueOf(of), all)
	return all
}

func values(prefix string, v reflect.Value, into map[string]string) {
	for i := range v.NumField() {
		name := prefix + snake(v.Type().Field(i).Name)
		field := v.Field(i)
		_, text := field.Interface().(fmt.Stringer)
		switch {
		case field.Kind() == reflect.Struct && !text:
			values(name+".", field, into)
		case field.Kind() == reflect.Slice:
		default:
			into[name] = fmt.Sprint(field.Interface())
		}
	}
}

var capital = regexp.MustCompile(`(.)([A-Z])`)

// snake writes a field's name as the file does: WhenDropped is when_dropped.
func snake(name string) string {
	return strings.ToLower(capital.ReplaceAllString(name, "${1}_$2"))
}
