package dashboard

import (
	"net/http"
	"time"

	"altv-tray/tray/action"
)

// doRequest is what a page asks for: an action by its name, with what that needs.
type doRequest struct {
	Action   string `json:"action"`
	Job      uint64 `json:"job"`
	On       *bool  `json:"on"`
	Minutes  *int   `json:"minutes"` // 0: until resumed
	Name     string `json:"name"`
	Profile  string `json:"profile"`
	Password string `json:"password"`
}

// longestPause is a year: the clock, which it is added to, must not overflow.
const longestPause = 365 * 24 * 60

// plain are the actions that need nothing but their name.
var plain = map[string]action.Action{
	"reconnect":              action.Reconnect{},
	"resume":                 action.Resume{},
	"use_server_folder":      action.UseServerFolder{},
	"take_password":          action.TakePassword{},
	"clear_password":         action.ClearPassword{},
	"start_client":           action.StartClient{},
	"switch_debug_on":        action.SwitchDebugOn{Agreed: true},
	"switch_server_debug_on": action.SwitchServerDebugOn{},
	"open_settings":          action.OpenSettings{},
	"open_logs":              action.OpenLogs{},
}

// wanted is the action that is asked for; nil where there is none such.
func (q doRequest) wanted() action.Action {
	switch {
	case q.Action == "cancel":
		return action.Cancel{Job: q.Job}
	case q.Action == "automatic" && q.On != nil:
		return action.Automatic{On: *q.On}
	case q.Action == "autostart" && q.On != nil:
		return action.Autostart{On: *q.On}
	case q.Action == "pause" && q.Minutes != nil && *q.Minutes >= 0 && *q.Minutes <= longestPause:
		return action.Pause{For: time.Duration(*q.Minutes) * time.Minute}
	case q.Action == "use_profile" && q.Name != "":
		return action.UseProfile{Name: q.Name}
	case q.Action == "set_password" && q.Profile != "":
		return action.StorePassword{Profile: q.Profile, Password: q.Password}
	}
	return plain[q.Action]
}

// result is what came of something that a page asked for. Text is worth showing
// where it worked, too: that alt:V must be started again.
type result struct {
	OK    bool   `json:"ok"`
	Text  string `json:"text,omitempty"`
	Error string `json:"error,omitempty"`
}

// do does an action and waits for what comes of it.
func (v *serving) do(w http.ResponseWriter, r *http.Request) {
	var ask doRequest
	if !readJSON(w, r, &ask) {
		return
	}
	what := ask.wanted()
	if what == nil {
		refuse(w, http.StatusBadRequest)
		return
	}
	out := newLines(w)
	var came action.Message
	if done := v.server.Do(what).Done; done != nil {
		select {
		case came = <-done:
		case <-r.Context().Done():
			return
		}
	}
	if came.Failed {
		_ = out.send(result{Error: came.Title + ": " + came.Body})
		return
	}
	_ = out.send(result{OK: true, Text: came.Body})
}
