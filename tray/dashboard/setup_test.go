package dashboard

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/doctor"
	"altv-tray/tray/surroundings"
	"altv-tray/tray/view"
)

func TestChecks(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	f.checks = []doctor.Check{
		{ID: "client_debug", Level: doctor.Failure, Text: "Debug mode is off.", Advice: "Switch it on."},
		{ID: "keyring", Level: doctor.OK, Text: "It works."},
	}
	f.scenes.Update(func(sc *view.Scene) { sc.Facts.ClientDebugOff = true })
	text, err := io.ReadAll(f.ask("POST", address, "/api/checks", "{}", with(token)).Body)
	if err != nil {
		t.Fatal(err)
	}
	var got []map[string]any
	for line := range strings.Lines(string(text)) {
		var v map[string]any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(err)
		}
		got = append(got, v)
	}
	if len(got) != 3 {
		t.Fatalf("%s", text)
	}
	second, first := got[0]["check"].(map[string]any), got[1]["check"].(map[string]any)
	if first["id"] != "client_debug" || first["place"] != 0.0 || second["place"] != 1.0 || first["step"] != 2.0 || second["step"] != 0.0 || first["level"] != "failure" || first["title"] != "alt:V's debug mode" || first["action"] != "switch_debug_on" ||
		first["text"] != "Debug mode is off." || first["advice"] != "Switch it on." || second["action"] != "" || got[2]["done"] != true || got[2]["summary"] == "" {
		t.Errorf("%s", text)
	}
}

func TestRemedy(t *testing.T) {
	for _, c := range []struct {
		id    string
		facts surroundings.Facts
		want  string
	}{
		{"settings", surroundings.Facts{}, "open_settings"},
		{"client_debug", surroundings.Facts{}, ""},
		{"client_debug", surroundings.Facts{ClientDebugOff: true}, "switch_debug_on"},
		{"client_running", surroundings.Facts{}, ""},
		{"client_running", surroundings.Facts{CanStartClient: true}, "start_client"},
		{"client_running", surroundings.Facts{CanStartClient: true, RunsWithoutDebug: true}, ""},
		{"server_config", surroundings.Facts{}, "choose_folder"},
		{"server_debug", surroundings.Facts{}, ""},
		{"server_debug", surroundings.Facts{ServerDebugOff: true}, "switch_server_debug_on"},
		{"server_config", surroundings.Facts{FoundFolder: "/srv"}, "use_server_folder"},
		{"password", surroundings.Facts{ServerHasPassword: true}, "take_password"},
		{"password", surroundings.Facts{}, "set_password"},
		{"tray_host", surroundings.Facts{}, ""},
	} {
		set := settings.Default()
		scene := view.Scene{Settings: &set, Facts: c.facts}
		if got := remedy(doctor.Check{ID: c.id, Level: doctor.Warning}, &scene); got != c.want {
			t.Errorf("%s with %+v: %q, want %q", c.id, c.facts, got, c.want)
		}
		if got := remedy(doctor.Check{ID: c.id, Level: doctor.OK}, &scene); got != "" {
			t.Errorf("%s is well: %q", c.id, got)
		}
		set.Profiles[0].Password = settings.PasswordNone
		if got := remedy(doctor.Check{ID: c.id, Level: doctor.Failure}, &scene); c.id == "password" && got != "use_keyring" {
			t.Errorf("a password in spite of the profile: %q", got)
		}
	}
}

func TestFolder(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	for what, want := range map[string]string{"server": `/srv/"x"`, "client": ""} {
		f.folder = func(asked string) (string, error) {
			if asked != what {
				t.Errorf("asked for %s, want %s", asked, what)
			}
			return want, nil
		}
		var got struct{ Folder, Error string }
		if f.read(f.ask("POST", address, "/api/folder", `{"what":"`+what+`"}`, with(token)), &got); got.Folder != want || got.Error != "" {
			t.Errorf("%+v", got)
		}
	}
	f.folder = func(string) (string, error) { return "", problem.New(problem.NoDialog) }
	var got struct{ Folder, Error string }
	if f.read(f.ask("POST", address, "/api/folder", `{"what":"server"}`, with(token)), &got); !strings.Contains(got.Error, "zenity") {
		t.Errorf("%+v", got)
	}
	f.refused("another", http.StatusBadRequest, f.ask("POST", address, "/api/folder", `{"what":"/etc"}`, with(token)))
}
