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

// reader checks a value of the file and puts it into its place.
type reader[T any] func(target *T, value any) *problem.Problem

// into makes a reader from a check and the field that its result goes into. The
// field stays as it is where the check fails.
func into[T, V any](field func(*T) *V, check func(value any) (V, *problem.Problem)) reader[T] {
	return func(target *T, value any) *problem.Problem {
		checked, found := check(value)
		if found == nil {
			*field(target) = checked
		}
		return found
	}
}

// rootKeys are the keys that stand in no table.
var rootKeys = map[string]reader[Settings]{
	"schema":   into(func(s *Settings) *int { return &s.Schema }, schemaNumber),
	"language": into(func(s *Settings) *Language { return &s.Language }, oneOf(LanguageAuto, LanguageEnglish, LanguageChinese, LanguageGerman, LanguageRussian)),
	"profile":  into(func(s *Settings) *string { return &s.Profile }, text),
}

// table is a table of the file, apart from [[profiles]].
type table struct {
	names []string // of its keys
	fill  func(s *Settings, name string, value any) []keyProblem
}

var tables = map[string]table{
	"client":         tableOf(func(s *Settings) *Client { return &s.Client }, clientKeys),
	"auto_reconnect": tableOf(func(s *Settings) *AutoReconnect { return &s.AutoReconnect }, autoReconnectKeys),
	"notifications":  tableOf(func(s *Settings) *Notifications { return &s.Notifications }, notificationKeys),
}

func tableOf[T any](field func(*Settings) *T, keys map[string]reader[T]) table {
	names := slices.Sorted(maps.Keys(keys))
	return table{names, func(s *Settings, name string, value any) []keyProblem {
		values, ok := value.(map[string]any)
		if !ok {
			return []keyProblem{{pathOf(name), problem.New(problem.NotTable, problem.Text("table", name))}}
		}
		return fill(field(s), values, keys, names, name)
	}}
}

// rootNames are the names of the keys and tables of the file.
func rootNames() []string {
	names := slices.AppendSeq([]string{"profiles"}, maps.Keys(rootKeys))
	return slices.Sorted(slices.Values(slices.AppendSeq(names, maps.Keys(tables))))
}

var clientKeys = map[string]reader[Client]{
	"address":      into(func(c *Client) *string { return &c.Address }, hostPort),
	"allow_remote": into(func(c *Client) *bool { return &c.AllowRemote }, boolean),
	"folder":       into(func(c *Client) *string { return &c.Folder }, folder),
}

var autoReconnectKeys = map[string]reader[AutoReconnect]{
	"enabled":      into(func(a *AutoReconnect) *bool { return &a.Enabled }, boolean),
	"on_launch":    into(func(a *AutoReconnect) *bool { return &a.OnLaunch }, boolean),
	"when_dropped": into(func(a *AutoReconnect) *WhenDropped { return &a.WhenDropped }, oneOf(DroppedServerDown, DroppedAlways, DroppedNever)),
	"delay":        into(func(a *AutoReconnect) *Duration { return &a.Delay }, lasting(0, time.Hour)),
	"attempts":     into(func(a *AutoReconnect) *int { return &a.Attempts }, between(1, 100)),
	"join_timeout": into(func(a *AutoReconnect) *Duration { return &a.JoinTimeout }, lasting(time.Second, time.Hour)),
}

var notificationKeys = map[string]reader[Notifications]{
	"ready":   into(func(n *Notifications) *bool { return &n.Ready }, boolean),
	"joined":  into(func(n *Notifications) *bool { return &n.Joined }, boolean),
	"dropped": into(func(n *Notifications) *bool { return &n.Dropped }, boolean),
	"failed":  into(func(n *Notifications) *bool { return &n.Failed }, boolean),
}

var profileKeys = map[string]reader[Profile]{
	"name":        into(func(p *Profile) *string { return &p.Name }, profileName),
	"folder":      into(func(p *Profile) *string { return &p.Folder }, folder),
	"server":      into(func(p *Profile) *string { return &p.Server }, hostPort),
	"ready":       into(func(p *Profile) *Ready { return &p.Ready }, oneOf(ReadyPort, ReadyLog, ReadySignal)),
	"ready_delay": into(func(p *Profile) *Duration { return &p.ReadyDelay }, lasting(0, 10*time.Minute)),
	"password":    into(func(p *Profile) *PasswordSource { return &p.Password }, passwordSource),
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

func boolean(value any) (bool, *problem.Problem) {
	b, ok := value.(bool)
	if !ok {
		return false, problem.New(problem.NotBool, shown(value))
	}
	return b, nil
}

func text(value any) (string, *problem.Problem) {
	s, ok := value.(string)
	if !ok {
		return "", problem.New(problem.NotText, shown(value))
	}
	return s, nil
}

func between(low, high int64) func(any) (int, *problem.Problem) {
	return func(value any) (int, *problem.Problem) {
		n, ok := value.(int64)
		if !ok || n < low || n > high {
			return 0, problem.New(problem.NotInRange, problem.Text("low", fmt.Sprint(low)), problem.Text("high", fmt.Sprint(high)), shown(value))
		}
		return int(n), nil
	}
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
			return 0, problem.New(problem.NotInRange, problem.Text("low", Duration(low).String()), problem.Text("high", Duration(high).String()), shown(value))
		}
		return Duration(d), nil
	}
}

// folder accepts any path. A control character in it is a Windows path in double
// quotes, where \t and \n are not what was meant.
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
	switch s, _ := value.(string); PasswordSource(s) {
	case PasswordKeyring:
		return PasswordKeyring, nil
	case PasswordNone:
		return PasswordNone, nil
	}
	return "", problem.New(problem.NotSource)
}

func hostPort(value any) (string, *problem.Problem) {
	s, ok := value.(string)
	host, port, err := net.SplitHostPort(s)
	if !ok || err != nil || !isHost(host) || !isPort(port) {
		return "", problem.New(problem.NotAddress, shown(value))
	}
	return s, nil
}

func isPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0
}

// isHost accepts an IP address or a host name.
func isHost(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	if len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(host, "."), ".") {
		if label == "" || len(label) > 63 || strings.ContainsFunc(label, notInHostName) {
			return false
		}
	}
	return true
}

// notInHostName lets letters of all scripts pass, as resolvers do, and the
// underscore, which Windows machine names may have.
func notInHostName(r rune) bool {
	return r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// IsLoopback tells whether an address, host:port, can only be this machine's. 0.0.0.0 and
// names that merely resolve to 127.0.0.1 are not.
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
