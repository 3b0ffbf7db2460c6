package settings

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// reader checks a value of the file and puts it into its place.
type reader[T any] func(target *T, value any) *problem

// into makes a reader from a check and the field that its result goes into. The
// field stays as it is where the check fails.
func into[T, V any](field func(*T) *V, check func(value any) (V, *problem)) reader[T] {
	return func(target *T, value any) *problem {
		checked, found := check(value)
		if found == nil {
			*field(target) = checked
		}
		return found
	}
}

// elsewhere stands for a table, which has readers of its own.
func elsewhere(*Settings, any) *problem { return nil }

var rootKeys = map[string]reader[Settings]{
	"schema":         elsewhere, // migrate has seen to it
	"language":       into(func(s *Settings) *Language { return &s.Language }, oneOf(LanguageAuto, LanguageEnglish, LanguageChinese, LanguageGerman, LanguageRussian)),
	"profile":        into(func(s *Settings) *string { return &s.Profile }, text),
	"client":         elsewhere,
	"auto_reconnect": elsewhere,
	"notifications":  elsewhere,
	"profiles":       elsewhere,
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

// refusal is what a known key's reader says of a value that is none of those it
// takes; nil where the key is a table or not known.
func refusal(key []string, value any) *problem {
	switch {
	case len(key) == 1 && key[0] == "schema":
		return wrong(NotSchema, arg("newest", strconv.Itoa(currentSchema)), shown(value))
	case len(key) == 1:
		return refusalIn(rootKeys, key[0], value)
	case len(key) != 2:
		return nil
	}
	switch key[0] {
	case "client":
		return refusalIn(clientKeys, key[1], value)
	case "auto_reconnect":
		return refusalIn(autoReconnectKeys, key[1], value)
	case "notifications":
		return refusalIn(notificationKeys, key[1], value)
	case "profiles":
		return refusalIn(profileKeys, key[1], value)
	}
	return nil
}

func refusalIn[T any](keys map[string]reader[T], name string, value any) *problem {
	if read, known := keys[name]; known {
		return read(new(T), value)
	}
	return nil
}

func boolean(value any) (bool, *problem) {
	b, ok := value.(bool)
	if !ok {
		return false, wrong(NotBool, shown(value))
	}
	return b, nil
}

func text(value any) (string, *problem) {
	s, ok := value.(string)
	if !ok {
		return "", wrong(NotText, shown(value))
	}
	return s, nil
}

func between(low, high int64) func(any) (int, *problem) {
	return func(value any) (int, *problem) {
		n, ok := value.(int64)
		if !ok || n < low || n > high {
			return 0, wrong(NotInRange, arg("low", fmt.Sprint(low)), arg("high", fmt.Sprint(high)), shown(value))
		}
		return int(n), nil
	}
}

func oneOf[S ~string](choices ...S) func(any) (S, *problem) {
	return func(value any) (S, *problem) {
		s, _ := value.(string)
		var names []string
		for _, choice := range choices {
			if s == string(choice) {
				return choice, nil
			}
			names = append(names, strconv.Quote(string(choice)))
		}
		return "", wrong(NotOneOf, arg("some", strings.Join(names[:len(names)-1], ", ")), arg("last", names[len(names)-1]), shown(value))
	}
}

func lasting(low, high time.Duration) func(any) (Duration, *problem) {
	return func(value any) (Duration, *problem) {
		s, ok := value.(string)
		d, err := time.ParseDuration(s)
		if !ok || err != nil {
			return 0, wrong(NotTime, shown(value))
		}
		if d < low || d > high {
			return 0, wrong(NotInRange, arg("low", Duration(low).String()), arg("high", Duration(high).String()), shown(value))
		}
		return Duration(d), nil
	}
}

// folder accepts any path. A control character in it is a Windows path in double
// quotes, where \t and \n are not what was meant.
func folder(value any) (string, *problem) {
	s, found := text(value)
	if found == nil && strings.ContainsFunc(s, unicode.IsControl) {
		found = wrong(PathEscape)
	}
	return s, found
}

const maxProfileName = 64 // runes: the name is shown in the menu

func profileName(value any) (string, *problem) {
	s, found := text(value)
	switch {
	case found != nil:
		return "", found
	case strings.TrimSpace(s) == "":
		return "", wrong(NameEmpty)
	case utf8.RuneCountInString(s) > maxProfileName:
		return "", wrong(NameLong, arg("most", strconv.Itoa(maxProfileName)))
	case strings.ContainsFunc(s, unicode.IsControl):
		return "", wrong(Control)
	}
	return s, nil
}

// passwordSource does not say what the value is: it may be the password.
func passwordSource(value any) (PasswordSource, *problem) {
	switch s, _ := value.(string); PasswordSource(s) {
	case PasswordKeyring:
		return PasswordKeyring, nil
	case PasswordNone:
		return PasswordNone, nil
	}
	return "", wrong(NotSource)
}

func hostPort(value any) (string, *problem) {
	s, ok := value.(string)
	host, port, err := net.SplitHostPort(s)
	if !ok || err != nil || !isHost(host) || !isPort(port) {
		return "", wrong(NotAddress, shown(value))
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

// written is a value as it stands in the file, where that is no TOML.
type written string

// shown is a value as a problem tells it, short and on one line. No value at all
// is nil.
func shown(value any) Arg {
	a := Arg{Name: "value"}
	switch v := value.(type) {
	case nil:
		a.Code = nothing
	case string:
		a.Text = quoted(v)
	case written:
		text, rest := short(string(v))
		a.Text = strings.Map(printable, text) + rest
	case bool, int64, float64:
		a.Text = fmt.Sprint(v)
	case map[string]any:
		a.Code = aTable
	case []any:
		a.Code = anArray
	default:
		a.Code = aDate
	}
	if a.Code != "" {
		a.Text = english[a.Code]
	}
	return a
}

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return utf8.RuneError
}

func quoted(text string) string {
	text, rest := short(text)
	return strconv.Quote(text) + rest
}

// short cuts long texts and gives the sign for that.
func short(text string) (cut, sign string) {
	const longest = 40
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]), "…"
	}
	return text, ""
}
