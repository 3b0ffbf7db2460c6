package dashboard

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"altv-tray/settings"
	"altv-tray/tray/lang"
)

type form struct {
	Version  int
	File     string
	Keys     []keyValue
	Profiles []profileValues
}

// The form has a name and a help for each key, in the user's language.
func TestEveryKeyHasItsTexts(t *testing.T) {
	global, profile := settings.Keys()
	texts := lang.New("en").Tables("dashboard")
	has := func(name string) {
		t.Helper()
		wanted := []string{"dashboard.key." + name, "dashboard.help." + name}
		if table, _, ok := strings.Cut(name, "."); ok && table != "profiles" { // whose title is the profile's name
			wanted = append(wanted, "dashboard.group."+table)
		}
		for _, key := range wanted {
			if texts[key] == "" {
				t.Errorf("there is no %s", key)
			}
		}
	}
	for _, k := range global {
		if k.Name != "profile" { // chosen among the profiles
			has(k.Name)
		}
	}
	for _, k := range profile {
		if k.Name != "name" {
			has("profiles." + k.Name)
		}
	}
}

func TestSettings(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	get := func() (all form) {
		t.Helper()
		f.read(f.ask("GET", address, "/api/settings", "", with(token)), &all)
		return all
	}
	post := func(code int, format string, args ...any) (got changeResult) {
		t.Helper()
		answer := f.ask("POST", address, "/api/settings", fmt.Sprintf(format, args...), with(token))
		if answer.StatusCode != code {
			t.Fatalf("%s gives %d", fmt.Sprintf(format, args...), answer.StatusCode)
		}
		f.read(answer, &got)
		return got
	}
	was := get()
	global, profile := settings.Keys()
	if len(was.Keys) != len(global) || len(was.Profiles) != 1 || len(was.Profiles[0].Keys) != len(profile)-1 {
		t.Fatalf("the form has %d keys, want %d, and the profiles %+v", len(was.Keys), len(global), was.Profiles)
	}
	if was.File != f.Store.File() || was.Keys[0].Key != "language" || len(was.Keys[0].Choices) != 5 || was.Keys[0].Value != "auto" ||
		!was.Profiles[0].Active || was.Keys[2].Choices == nil {
		t.Errorf("%+v", was)
	}
	next := post(200, `{"version":%d,"key":"auto_reconnect.delay","value":"3s"}`, was.Version)
	if !next.OK || next.Version == was.Version {
		t.Errorf("%+v", next)
	}
	if stale := post(http.StatusConflict, `{"version":%d,"key":"auto_reconnect.delay","value":"9s"}`, was.Version); stale.Version != next.Version {
		t.Errorf("another page: %+v", stale)
	}
	bad := post(200, `{"version":%d,"key":"auto_reconnect.attempts","value":"0"}`, next.Version)
	if bad.OK || bad.Error != "must be 1 to 100, is 0." {
		t.Errorf("%+v", bad)
	}
	next = post(200, `{"version":%d,"add":"test"}`, next.Version)
	next = post(200, `{"version":%d,"set":"test","profileKey":"ready","value":"log"}`, next.Version)
	next = post(200, `{"version":%d,"rename":"test","to":"live"}`, next.Version)
	next = post(200, `{"version":%d,"key":"profile","value":"live"}`, next.Version)
	next = post(200, `{"version":%d,"remove":"default"}`, next.Version)
	if now := get(); now.Version != next.Version || len(now.Profiles) != 1 || now.Profiles[0].Name != "live" || !now.Profiles[0].Active || now.Profiles[0].Keys[2].Value != "log" {
		t.Errorf("%+v", now)
	}
	for _, nothing := range []string{`{}`, `{"version":1}`, `{"version":1,"profile":"a"}`, `{"version":1,"add":"a","remove":"b"}`, `{"version":1,"key":"language","add":"a"}`} {
		f.refused(nothing, http.StatusBadRequest, f.ask("POST", address, "/api/settings", nothing, with(token)))
	}
	if err := os.WriteFile(f.Store.File(), []byte("x = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := get()
	if got := post(200, `{"version":%d,"add":"a"}`, broken.Version); got.OK || !strings.Contains(got.Error, "settings.toml:1: x") {
		t.Errorf("%+v", got)
	}
}
