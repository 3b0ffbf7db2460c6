package dashboard

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/history"
	"altv-tray/tray/action"
	"altv-tray/tray/lang"
	"altv-tray/tray/view"
)

type told struct {
	Type    string
	Entries []history.Entry
	view.Now
}

func TestStreamTellsWhatIsNew(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	next, end := f.follow(address, token)
	defer end()
	var m told
	if next(&m); m.Type != "now" || m.Client.State != "MAIN_MENU" || m.Client.Text != "Main menu" || m.Client.Icon != "main_menu" ||
		m.Server.Text != "ready" || m.Reconnect.Label != "Reconnect now" || !m.Reconnect.Enabled || m.Overlay != "none" || m.Profiles[0] != "default" {
		t.Errorf("%+v", m)
	}
	change := func(do func(*view.Scene)) { f.scenes.Update(do) }
	change(func(sc *view.Scene) { sc.Snap.Client.Status = debugport.InGame; sc.Snap.PausedUntil = monitor.Forever })
	if m = (told{}); true {
		next(&m)
	}
	if m.Type != "now" || m.Client.Text != "In game" || !m.Paused || m.PausedText != "Paused" || m.Overlay != "paused" {
		t.Errorf("%+v", m)
	}
	entry := history.Entry{At: time.Now().UTC().Truncate(time.Millisecond), Kind: history.Reconnect, Duration: time.Second, Joined: true, Attempts: 1}
	f.feed.Add(entry)
	if next(&m); m.Type != "history" || len(m.Entries) != 1 || m.Entries[0] != entry {
		t.Errorf("%+v", m)
	}
	if err := f.Store.Set("auto_reconnect.attempts", 7); err != nil {
		t.Fatal(err)
	}
	if next(&m); m.Type != "settings" {
		t.Errorf("%+v", m)
	}
	change(func(sc *view.Scene) { sc.Text = lang.New("de") })
	if next(&m); m.Type != "now" || m.Client.Text != "Im Spiel" {
		t.Errorf("%+v", m)
	}
}

// What changes by itself is told as well: a countdown.
func TestStreamFollowsTheClock(t *testing.T) {
	f := newFixture(t)
	f.scenes.Update(func(sc *view.Scene) {
		sc.Snap.Reconnect = monitor.Reconnect{ID: 7, Phase: monitor.Countdown, Until: 2 * time.Second, Attempt: 1, Attempts: 5}
	})
	address, token := f.enter()
	next, end := f.follow(address, token)
	defer end()
	var labels []string
	for range 2 {
		var m told
		next(&m)
		labels = append(labels, m.Reconnect.Label)
		if m.Reconnect.Action != "cancel" || m.Reconnect.Job != 7 || m.Reconnect.Phase != "countdown" {
			t.Errorf("%+v", m.Reconnect)
		}
	}
	if labels[0] == labels[1] || !strings.HasPrefix(labels[1], "Cancel reconnect (") {
		t.Errorf("%q", labels)
	}
}

func TestStart(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	f.scenes.Update(func(sc *view.Scene) { sc.Text = lang.New("zh-Hans") })
	var got struct {
		Language string
		Texts    map[string]string
		Now      told
	}
	f.read(f.ask("GET", address, "/api/start", "", with(token)), &got)
	if got.Language != "zh-Hans" || got.Texts["dashboard.title"] == "" || got.Texts["menu.resume"] == "" || got.Now.Type != "now" || got.Now.Client.Text != "主菜单" {
		t.Errorf("%+v", got)
	}
}

func TestWantedActions(t *testing.T) {
	for text, want := range map[string]action.Action{
		`{"action":"reconnect"}`:                                        action.Reconnect{},
		`{"action":"cancel","job":7}`:                                   action.Cancel{Job: 7},
		`{"action":"automatic","on":true}`:                              action.Automatic{On: true},
		`{"action":"automatic","on":false}`:                             action.Automatic{},
		`{"action":"automatic"}`:                                        nil,
		`{"action":"pause","minutes":15}`:                               action.Pause{For: 15 * time.Minute},
		`{"action":"pause","minutes":0}`:                                action.Pause{},
		`{"action":"pause"}`:                                            nil,
		`{"action":"pause","minutes":-1}`:                               nil,
		`{"action":"pause","minutes":9999999}`:                          nil,
		`{"action":"resume"}`:                                           action.Resume{},
		`{"action":"use_profile","name":"test"}`:                        action.UseProfile{Name: "test"},
		`{"action":"use_profile"}`:                                      nil,
		`{"action":"set_password","profile":"default","password":" x"}`: action.StorePassword{Profile: "default", Password: " x"},
		`{"action":"set_password","password":"x"}`:                      nil,
		`{"action":"use_server_folder"}`:                                action.UseServerFolder{},
		`{"action":"take_password"}`:                                    action.TakePassword{},
		`{"action":"clear_password"}`:                                   action.ClearPassword{},
		`{"action":"start_client"}`:                                     action.StartClient{},
		`{"action":"switch_debug_on"}`:                                  action.SwitchDebugOn{},
		`{"action":"switch_server_debug_on"}`:                           action.SwitchServerDebugOn{},
		`{"action":"autostart","on":true}`:                              action.Autostart{On: true},
		`{"action":"open_settings"}`:                                    action.OpenSettings{},
		`{"action":"open_logs"}`:                                        action.OpenLogs{},
		`{"action":"quit"}`:                                             nil,
		`{}`:                                                            nil,
	} {
		var q doRequest
		if err := json.Unmarshal([]byte(text), &q); err != nil {
			t.Fatal(err)
		}
		if got := q.action(); got != want {
			t.Errorf("%s is %#v, want %#v", text, got, want)
		}
	}
}

func TestDoAnswersWithWhatCameOfIt(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	for _, c := range []struct {
		answer action.Message
		want   result
	}{
		{action.Message{}, result{OK: true}},
		{action.Message{Title: "Debug mode is on", Body: "Start it again."}, result{OK: true, Text: "Start it again."}},
		{action.Message{Title: "Not stored", Body: "No keyring.", Failed: true}, result{Error: "Not stored: No keyring."}},
	} {
		f.answer = c.answer
		var got result
		f.read(f.ask("POST", address, "/api/do", `{"action":"take_password"}`, with(token)), &got)
		if got != c.want {
			t.Errorf("%+v gives %+v", c.answer, got)
		}
	}
	if len(f.did) != 3 || f.did[0] != (action.TakePassword{}) {
		t.Errorf("it did %v", f.did)
	}
	for _, bad := range []string{``, `{`, `[]`, `{"action":"reconnect"} {}`, `{"action":"reconnect","more":1}`, `{"action":"rm"}`} {
		f.refused(bad, http.StatusBadRequest, f.ask("POST", address, "/api/do", bad, with(token)))
	}
}

func TestHistory(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	begun := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for i := range 3 {
		f.kept = append(f.kept, history.Entry{At: begun.Add(time.Duration(i) * time.Hour), Kind: history.Restart, Duration: time.Second, Profile: "<b>"})
	}
	var got struct{ Entries []history.Entry }
	f.read(f.ask("GET", address, "/api/history", "", with(token)), &got)
	if len(got.Entries) != 3 || got.Entries[0] != f.kept[0] {
		t.Errorf("all: %+v", got)
	}
}
