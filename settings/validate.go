package settings

import (
	"fmt"
	"maps"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"altv-tray/monitor/problem"
)

// schema is the version of the file's format that this program reads and writes.
const schema = 1

// reader checks a value of the file and puts it into its field.
type reader func(value any) []keyProblem

// keyProblem is a problem with a key, not yet located: profiles, 0, name.
type keyProblem struct {
	key []string
	*problem.Problem
}

func into[V any](field *V, check func(value any) (V, *problem.Problem)) reader {
	return func(value any) []keyProblem {
		checked, found := check(value)
		if found != nil {
			return []keyProblem{{nil, found}}
		}
		*field = checked
		return nil
	}
}

// readers are those of each table's keys, and under "" of those in no table.
func (s *Settings) readers() map[string]map[string]reader {
	c, a, h := &s.Client, &s.AutoReconnect, &s.Hotkey
	all := map[string]map[string]reader{
		"": {
			"schema":   into(&s.Schema, schemaNumber),
			"language": into(&s.Language, oneOf(LanguageAuto, LanguageEnglish, LanguageChinese, LanguageGerman, LanguageRussian)),
			"profile":  into(&s.Profile, text),
			"profiles": s.readProfiles,
		},
		"client": {
			"address":      into(&c.Address, hostPort),
			"allow_remote": into(&c.AllowRemote, boolean),
			"folder":       into(&c.Folder, folder),
		},
		"auto_reconnect": {
			"enabled":      into(&a.Enabled, boolean),
			"on_launch":    into(&a.OnLaunch, boolean),
			"when_dropped": into(&a.WhenDropped, oneOf(DroppedServerDown, DroppedAlways, DroppedNever)),
			"delay":        into(&a.Delay, lasting(0, time.Hour)),
			"attempts":     into(&a.Attempts, between(1, 100)),
			"join_timeout": into(&a.JoinTimeout, lasting(time.Second, time.Hour)),
		},
		"hotkey": {
			"reconnect": into(&h.Reconnect, combination),
			"sound":     into(&h.Sound, boolean),
		},
		"notifications": {},
	}
	for key, on := range s.Notifications.Switches() {
		all["notifications"][key] = into(on, boolean)
	}
	for name, keys := range all {
		if name != "" {
			all[""][name] = table(name, keys)
		}
	}
	return all
}

func (p *Profile) readers() map[string]reader {
	return map[string]reader{
		"name":        into(&p.Name, profileName),
		"folder":      into(&p.Folder, folder),
		"server":      into(&p.Server, hostPort),
		"ready":       into(&p.Ready, oneOf(ReadyPort, ReadyLog, ReadySignal)),
		"ready_delay": into(&p.ReadyDelay, lasting(0, 10*time.Minute)),
		"password":    into(&p.Password, passwordSource),
	}
}

// table makes a reader of those of a table's keys.
func table(name string, keys map[string]reader) reader {
	return func(value any) []keyProblem {
		values, ok := value.(map[string]any)
		if !ok {
			return []keyProblem{{nil, problem.New(problem.NotTable, problem.Text("table", name))}}
		}
		var problems []keyProblem
		for _, key := range slices.Sorted(maps.Keys(values)) {
			read, ok := keys[key]
			if !ok {
				known := strings.Join(slices.Sorted(maps.Keys(keys)), ", ")
				problems = append(problems, keyProblem{[]string{key}, problem.New(problem.UnknownKey, problem.Text("known", known))})
				continue
			}
			problems = append(problems, under(read(values[key]), key)...)
		}
		return problems
	}
}

// under puts a table's name in front of its problems' keys.
func under(problems []keyProblem, name string) []keyProblem {
	for i, p := range problems {
		problems[i].key = append([]string{name}, p.key...)
	}
	return problems
}

// fill puts the file's values in place of s's defaults, and returns what is wrong.
func (s *Settings) fill(values map[string]any) []keyProblem {
	readers := s.readers()[""]
	if value, given := values["schema"]; given {
		// First, as a file of a newer schema may have any keys.
		if found := readers["schema"](value); found != nil {
			return under(found, "schema")
		}
	}
	problems := table("", readers)(values)
	if !s.Client.AllowRemote && !IsLoopback(s.Client.Address) {
		problems = append(problems, keyProblem{[]string{"client", "address"}, problem.New(problem.NotLocal, problem.Text("address", quoted(s.Client.Address)))})
	}
	if _, ok := s.Find(s.Profile); !ok {
		problems = append(problems, keyProblem{[]string{"profile"}, problem.New(problem.NoProfile, problem.Text("name", quoted(s.Profile)))})
	}
	return problems
}

func (s *Settings) readProfiles(value any) []keyProblem {
	entries, ok := value.([]any)
	if !ok {
		return []keyProblem{{nil, problem.New(problem.NotEntries)}}
	}
	var problems []keyProblem
	var profiles []Profile
	seen := map[string]string{}
	for i, entry := range entries {
		p := defaultProfile("")
		found := table("profiles", p.readers())(entry)
		values, ok := entry.(map[string]any)
		// Windows finds passwords by name without regard to case.
		folded := strings.ToLower(p.Name)
		other, taken := seen[folded]
		switch {
		case !ok:
			found = []keyProblem{{nil, problem.New(problem.NotEntries)}}
		case values["name"] == nil:
			found = append(found, keyProblem{[]string{"name"}, problem.New(problem.NameMissing)})
		case p.Name != "" && taken:
			found = append(found, keyProblem{[]string{"name"}, problem.New(problem.NameTaken,
				problem.Text("name", strconv.Quote(p.Name)), problem.Text("other", strconv.Quote(other)))})
		}
		seen[folded] = p.Name
		profiles = append(profiles, p)
		problems = append(problems, under(found, strconv.Itoa(i))...)
	}
	if len(profiles) > 0 {
		s.Profiles = profiles
	}
	return problems
}

func schemaNumber(value any) (int, *problem.Problem) {
	n, ok := value.(int64)
	switch newest := problem.Text("newest", strconv.Itoa(schema)); {
	case !ok || n < 1:
		return 0, problem.New(problem.NotSchema, newest, shown(value))
	case n > schema:
		return 0, problem.New(problem.NewerSchema, problem.Text("schema", strconv.FormatInt(n, 10)), newest)
	}
	return schema, nil
}

func boolean(value any) (bool, *problem.Problem) { return plain[bool](value, problem.NotBool) }

func text(value any) (string, *problem.Problem) { return plain[string](value, problem.NotText) }

func plain[T any](value any, otherwise problem.Code) (T, *problem.Problem) {
	v, ok := value.(T)
	if !ok {
		return v, problem.New(otherwise, shown(value))
	}
	return v, nil
}

func between(low, high int64) func(any) (int, *problem.Problem) {
	return func(value any) (int, *problem.Problem) {
		n, ok := value.(int64)
		if !ok || n < low || n > high {
			return 0, notInRange(fmt.Sprint(low), fmt.Sprint(high), value)
		}
		return int(n), nil
	}
}

func notInRange(low, high string, value any) *problem.Problem {
	return problem.New(problem.NotInRange, problem.Text("low", low), problem.Text("high", high), shown(value))
}

func oneOf[S ~string](choices ...S) func(any) (S, *problem.Problem) {
	return func(value any) (S, *problem.Problem) {
		s, _ := value.(string)
		var names []string
		for _, choice := range choices {
			if s == string(choice) {
				return choice, nil
			}
			names = append(names, strconv.Quote(string(choice)))
		}
		return "", problem.New(problem.NotOneOf, problem.Text("some", strings.Join(names[:len(names)-1], ", ")), problem.Text("last", names[len(names)-1]), shown(value))
	}
}

func lasting(low, high time.Duration) func(any) (Duration, *problem.Problem) {
	return func(value any) (Duration, *problem.Problem) {
		s, ok := value.(string)
		d, err := time.ParseDuration(s)
		if !ok || err != nil {
			return 0, problem.New(problem.NotTime, shown(value))
		}
		if d < low || d > high {
			return 0, notInRange(Duration(low).String(), Duration(high).String(), value)
		}
		return Duration(d), nil
	}
}

// folder accepts any path but one with a \t or \n, meant as a Windows path.
func folder(value any) (string, *problem.Problem) {
	s, found := text(value)
	if found == nil && strings.ContainsFunc(s, unicode.IsControl) {
		found = problem.New(problem.PathEscape)
	}
	return s, found
}

const maxProfileName = 64 // runes: the name is shown in the menu

func profileName(value any) (string, *problem.Problem) {
	s, found := text(value)
	switch {
	case found != nil:
		return "", found
	case strings.TrimSpace(s) == "":
		return "", problem.New(problem.NameEmpty)
	case utf8.RuneCountInString(s) > maxProfileName:
		return "", problem.New(problem.NameLong, problem.Text("most", strconv.Itoa(maxProfileName)))
	case strings.ContainsFunc(s, unicode.IsControl):
		return "", problem.New(problem.Control)
	}
	return s, nil
}

// passwordSource does not say what the value is: it may be the password.
func passwordSource(value any) (PasswordSource, *problem.Problem) {
	source, found := oneOf(PasswordKeyring, PasswordNone)(value)
	if found != nil {
		found = problem.New(problem.NotSource)
	}
	return source, found
}

func hostPort(value any) (string, *problem.Problem) {
	s, _ := value.(string)
	host, port, err := net.SplitHostPort(s)
	number, portErr := strconv.ParseUint(port, 10, 16)
	if err != nil || portErr != nil || number == 0 || !isHost(host) {
		return "", problem.New(problem.NotAddress, shown(value))
	}
	return s, nil
}

// isHost accepts an IP address or a host name, with letters of all scripts and underscores.
func isHost(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	return !strings.Contains("."+host, "..") && strings.Trim(host, ".") != "" && !strings.ContainsFunc(host, func(r rune) bool {
		return !strings.ContainsRune("-_.", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// IsLoopback reports whether host:port can only be this machine's. 0.0.0.0 is not.
func IsLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap().IsLoopback()
	}
	return strings.EqualFold(host, "localhost")
}

// shown is a value as a problem shows it, short and on one line.
func shown(value any) problem.Arg {
	switch v := value.(type) {
	case string:
		return problem.Text("value", quoted(v))
	case bool, int64, float64:
		return problem.Text("value", fmt.Sprint(v))
	case map[string]any:
		return problem.Arg{Name: "value", Word: problem.ATable}
	case []any:
		return problem.Arg{Name: "value", Word: problem.AnArray}
	}
	return problem.Arg{Name: "value", Word: problem.ADate}
}

func quoted(text string) string {
	const longest = 40
	if runes := []rune(text); len(runes) > longest {
		return strconv.Quote(string(runes[:longest])) + "…"
	}
	return strconv.Quote(text)
}
