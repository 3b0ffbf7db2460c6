package settings

import (
	"fmt"
	"maps"
	"net"
	"net/netip"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"altv-tray/monitor/problem"
)

// schema is the version of the file format.
const schema = 1

// fill replaces the defaults in s with the file's values, and returns the first problem or nil.
// The problem's key has the index of its profile: "profiles.0.name".
func (s *Settings) fill(values map[string]any) *problem.Problem {
	if n, ok := values["schema"].(int64); ok && n > schema { // check it first: such a file may have other keys
		return problem.New(problem.NewerSchema,
			problem.Text("schema", strconv.FormatInt(n, 10)), problem.Text("newest", strconv.Itoa(schema))).Of("schema")
	}
	found := fillTable(s, values, "")
	_, named := s.Find(s.Profile)
	switch {
	case found != nil:
		return found
	case !s.Client.AllowRemote && !IsLoopback(s.Client.Address):
		return problem.New(problem.NotLocal, problem.Text("address", quote(s.Client.Address))).Of("client.address")
	case !named:
		return problem.New(problem.NoProfile, problem.Text("name", quote(s.Profile))).Of("profile")
	}
	return nil
}

// fillTable fills the struct that of points to with the values of a table.
func fillTable(of any, values map[string]any, table string) *problem.Problem {
	fields := fieldsOf(reflect.ValueOf(of).Elem())
	var known []string
	for _, f := range fields {
		known = append(known, f.name)
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if !slices.Contains(known, key) {
			slices.Sort(known)
			return problem.New(problem.UnknownKey, problem.Text("known", strings.Join(known, ", "))).Of(joinKey(table, dotted(key)))
		}
	}
	for _, f := range fields {
		if value, given := values[f.name]; given {
			if found := f.fill(value, joinKey(table, f.name)); found != nil {
				return found
			}
		}
	}
	return nil
}

// fill sets a field, which may be a table or the profiles.
func (f field) fill(value any, key string) *problem.Problem {
	switch f.kind() {
	case tableKind:
		if values, ok := value.(map[string]any); ok {
			return fillTable(f.value.Addr().Interface(), values, key)
		}
		return problem.New(problem.NotTable, problem.Text("table", f.name)).Of(key)
	case listKind:
		return fillProfiles(f.value.Addr().Interface().(*[]Profile), value)
	}
	if found := f.set(value); found != nil {
		return found.Of(key)
	}
	return nil
}

// fillProfiles replaces the profiles if the file has any. Missing keys get the values of the
// first profile, which has the defaults.
func fillProfiles(profiles *[]Profile, value any) *problem.Problem {
	list, ok := value.([]any)
	if !ok {
		return problem.New(problem.NotEntries).Of("profiles")
	}
	var all []Profile
	seen := map[string]string{}
	for i, entry := range list {
		key := "profiles." + strconv.Itoa(i)
		values, ok := entry.(map[string]any)
		if !ok {
			return problem.New(problem.NotEntries).Of(key)
		}
		p := (*profiles)[0]
		if found := fillTable(&p, values, key); found != nil {
			return found
		}
		found := nameProblem(p.Name)
		folded := strings.ToLower(p.Name) // Windows ignores case when it looks up a password
		if other, taken := seen[folded]; values["name"] == nil {
			found = problem.New(problem.NameMissing)
		} else if taken {
			found = problem.New(problem.NameTaken, problem.Text("name", strconv.Quote(p.Name)), problem.Text("other", strconv.Quote(other)))
		}
		if found != nil {
			return found.Of(key + ".name")
		}
		seen[folded] = p.Name
		all = append(all, p)
	}
	if len(all) > 0 {
		*profiles = all
	}
	return nil
}

const maxProfileName = 64 // in runes; the menu shows the name

func nameProblem(name string) *problem.Problem {
	switch {
	case strings.TrimSpace(name) == "":
		return problem.New(problem.NameEmpty)
	case utf8.RuneCountInString(name) > maxProfileName:
		return problem.New(problem.NameLong, problem.Text("most", strconv.Itoa(maxProfileName)))
	case hasControl(name):
		return problem.New(problem.Control)
	}
	return nil
}

func hasControl(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }

func isHostPort(address string) bool {
	host, port, err := net.SplitHostPort(address)
	number, portErr := strconv.ParseUint(port, 10, 16)
	return err == nil && portErr == nil && number > 0 && isHost(host)
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

// IsLoopback reports whether host:port is certainly on this machine. 0.0.0.0 is not.
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

// valueArg describes a value of the file in a problem, short and on one line.
func valueArg(value any) problem.Arg {
	text := fmt.Sprint(value)
	switch value.(type) {
	case string:
		text = quote(text)
	case map[string]any:
		text = "{…}"
	case []any:
		text = "[…]"
	}
	return problem.Text("value", text)
}

// quote quotes and shortens a text for a problem.
func quote(text string) string {
	const longest = 40
	if runes := []rune(text); len(runes) > longest {
		return strconv.Quote(string(runes[:longest])) + "…"
	}
	return strconv.Quote(text)
}
