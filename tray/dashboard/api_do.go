package dashboard

import (
	"net/http"
	"time"

	"altv-tray/tray/action"
)

// doRequest is an action by its name, with its arguments.
type doRequest struct {
	Action   string `json:"action"`
	Job      uint64 `json:"job"`
	On       *bool  `json:"on"`
	Minutes  *int   `json:"minutes"` // 0: until resumed
	Name     string `json:"name"`
	Profile  string `json:"profile"`
	Password string `json:"password"`
}

// maxMinutes is the longest pause, a year. The end of the pause must not overflow the clock.
const maxMinutes = 365 * 24 * 60

// simpleActions are the actions without arguments.
var simpleActions = map[string]action.Action{
	"reconnect":              action.Reconnect{},
	"resume":                 action.Resume{},
	"use_server_folder":      action.UseServerFolder{},
	"take_password":          action.TakePassword{},
	"clear_password":         action.ClearPassword{},
	"start_client":           action.StartClient{},
	"switch_debug_on":        action.SwitchDebugOn{},
	"switch_server_debug_on": action.SwitchServerDebugOn{},
	"open_settings":          action.OpenSettings{},
	"open_logs":              action.OpenLogs{},
}

// action returns the action of the request; nil if there is none.
func (q doRequest) action() action.Action {
	switch {
	case q.Action == "cancel":
		return action.Cancel{Job: q.Job}
	case q.Action == "automatic" && q.On != nil:
		return action.Automatic{On: *q.On}
	case q.Action == "autostart" && q.On != nil:
		return action.Autostart{On: *q.On}
	case q.Action == "pause" && q.Minutes != nil && *q.Minutes >= 0 && *q.Minutes <= maxMinutes:
		return action.Pause{For: time.Duration(*q.Minutes) * time.Minute}
	case q.Action == "use_profile" && q.Name != "":
		return action.UseProfile{Name: q.Name}
	case q.Action == "set_password" && q.Profile != "":
		return action.StorePassword{Profile: q.Profile, Password: q.Password}
	}
	return simpleActions[q.Action]
}

type result struct {
	OK    bool   `json:"ok"`
	Text  string `json:"text,omitempty"` // to show after a success, for example that alt:V must be restarted
	Error string `json:"error,omitempty"`
}

// do does an action and waits until it is done.
func (v *serving) do(w http.ResponseWriter, r *http.Request) {
	var ask doRequest
	if !readJSON(w, r, &ask) {
		return
	}
	a := ask.action()
	if a == nil {
		refuse(w, http.StatusBadRequest)
		return
	}
	out := newLines(w)
	var m action.Message
	if done := v.server.Do(a).Done; done != nil {
		select {
		case m = <-done:
		case <-r.Context().Done():
			return
		}
	}
	if m.Failed {
		_ = out.send(result{Error: m.Title + ": " + m.Body})
		return
	}
	_ = out.send(result{OK: true, Text: m.Body})
}
