package settings

import (
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"altv-tray/monitor/problem"
)

// Kind is the kind of a key's value.
type Kind string

// The kinds.
const (
	Bool     Kind = "bool"
	Int      Kind = "int"      // limited by the tag range:"1 100"
	Duration Kind = "duration" // "10s", limited by the tag range:"0s 1h"
	Text     Kind = "text"     // a string without the tag kind
	Choice   Kind = "choice"   // one of the tag choices
	Address  Kind = "address"  // host:port
	Path     Kind = "path"     // a folder
	HotKey   Kind = "hotkey"   // a Combination

	tableKind Kind = "table"
	listKind  Kind = "list" // the profiles
)

// field is a field of Settings, of one of its tables or of a Profile, with its key in the file.
type field struct {
	name  string
	tag   reflect.StructTag
	value reflect.Value
}

func (f field) kind() Kind {
	switch f.value.Interface().(type) {
	case bool:
		return Bool
	case int:
		return Int
	case time.Duration:
		return Duration
	case string:
		return cmp.Or(Kind(f.tag.Get("kind")), Text)
	case Combination:
		return HotKey
	case []Profile:
		return listKind
	}
	if f.value.Kind() == reflect.Struct {
		return tableKind
	}
	return Choice
}

var capital = regexp.MustCompile(`(.)([A-Z])`)

// fieldsOf returns the fields of a struct. The key of WhenDropped is when_dropped.
func fieldsOf(of reflect.Value) (all []field) {
	for f, value := range of.Fields() {
		name := strings.ToLower(capital.ReplaceAllString(f.Name, "${1}_$2"))
		all = append(all, field{name, f.Tag, value})
	}
	return all
}

// keysOf returns the fields of the struct that of points to, and of its tables and profiles, with
// their full names: "client.folder", "profiles.0.folder".
func keysOf(of any) []field {
	var all []field
	under := func(name string, below reflect.Value) {
		for _, f := range keysOf(below.Addr().Interface()) {
			f.name = name + "." + f.name
			all = append(all, f)
		}
	}
	for _, f := range fieldsOf(reflect.ValueOf(of).Elem()) {
		switch f.kind() {
		case tableKind:
			under(f.name, f.value)
		case listKind:
			for i := range f.value.Len() {
				under(fmt.Sprintf("%s.%d", f.name, i), f.value.Index(i))
			}
		default:
			all = append(all, f)
		}
	}
	return all
}

// Key describes a key of the settings file for a form.
type Key struct {
	Name    string // "auto_reconnect.delay"; for a profile's key without a table: "folder"
	Kind    Kind
	Choices []string // the valid values of a Choice
	Default string
}

// Keys returns the keys outside the profiles, and those of a profile, in the file's order.
func Keys() (global, profile []Key) {
	s := Default()
	keys := func(of any) (all []Key) {
		for _, f := range keysOf(of) {
			if f.name != "schema" && !strings.HasPrefix(f.name, "profiles.") {
				all = append(all, Key{f.name, f.kind(), strings.Fields(f.tag.Get("choices")), f.text()})
			}
		}
		return all
	}
	return keys(&s), keys(&s.Profiles[0])
}

// Values maps the keys of Settings or of a Profile to their values as texts.
func Values[T Settings | Profile](of T) map[string]string {
	all := map[string]string{}
	for _, f := range keysOf(&of) {
		all[f.name] = f.text()
	}
	return all
}

var shortest = strings.NewReplacer("h0m0s", "h", "m0s", "m")

// text returns the value as text. A duration is short: "3m", not "3m0s".
func (f field) text() string {
	text := fmt.Sprint(f.value.Interface())
	if f.kind() == Duration {
		text = shortest.Replace(text)
	}
	return text
}

// set stores a value of the file in the field, and returns the problem if it is not valid.
func (f field) set(value any) *problem.Problem {
	low, high, _ := strings.Cut(f.tag.Get("range"), " ")
	s, isText := value.(string)
	refused := problem.Code("")
	switch f.kind() {
	case Bool:
		on, ok := value.(bool)
		if f.value.SetBool(on); !ok {
			refused = problem.NotBool
		}
	case Int:
		n, ok := value.(int64)
		least, _ := strconv.ParseInt(low, 10, 64)
		most, _ := strconv.ParseInt(high, 10, 64)
		if f.value.SetInt(n); !ok || n < least || n > most {
			refused = problem.NotInRange
		}
	case Duration:
		d, err := time.ParseDuration(s)
		least, _ := time.ParseDuration(low)
		most, _ := time.ParseDuration(high)
		if f.value.SetInt(int64(d)); err != nil {
			refused = problem.NotTime
		} else if d < least || d > most {
			refused = problem.NotInRange
		}
	case HotKey:
		c, found := combination(value)
		f.value.Set(reflect.ValueOf(c))
		return found
	case Choice:
		return f.setChoice(s, value)
	default:
		f.value.SetString(s)
		switch kind := f.kind(); {
		case kind == Address && !isHostPort(s):
			refused = problem.NotAddress
		case !isText:
			refused = problem.NotText
		case kind == Path && hasControl(s): // \t or \n in a Windows path
			return problem.New(problem.PathEscape)
		}
	}
	switch refused {
	case "":
		return nil
	case problem.NotInRange:
		return problem.New(refused, problem.Text("low", low), problem.Text("high", high), valueArg(value))
	}
	return problem.New(refused, valueArg(value))
}

// setChoice is set for a Choice.
func (f field) setChoice(choice string, value any) *problem.Problem {
	choices := strings.Fields(f.tag.Get("choices"))
	if slices.Contains(choices, choice) {
		f.value.SetString(choice)
		return nil
	}
	if strings.HasSuffix(f.name, "password") { // the value may be the password itself: do not show it
		return problem.New(problem.NotSource)
	}
	for i, name := range choices {
		choices[i] = strconv.Quote(name)
	}
	last := len(choices) - 1
	return problem.New(problem.NotOneOf, problem.Text("some", strings.Join(choices[:last], ", ")), problem.Text("last", choices[last]), valueArg(value))
}
