package dashboard

import (
	"net/http"
	"slices"

	"altv-tray/settings"
	"altv-tray/tray/doctor"
	"altv-tray/tray/view"
)

// check is the JSON form of a check.
type check struct {
	doctor.Check
	Title  string `json:"title"`
	Place  int    `json:"place"`  // among all checks
	Step   int    `json:"step"`   // the step of the first set-up, from 1; 0: none
	Action string `json:"action"` // what the button beside the check does; empty: no button
}

// steps are the checks of the first set-up, in their order.
var steps = []string{"client_folder", "client_debug", "server_config", "server_debug", "password"}

// checks runs the checks. It sends a line for each as soon as its result is known, then the summary.
func (v *serving) checks(w http.ResponseWriter, r *http.Request) {
	var none struct{}
	if !readJSON(w, r, &none) {
		return
	}
	s := v.server
	out := newLines(w)
	select {
	case s.checking <- struct{}{}:
		defer func() { <-s.checking }()
	case <-r.Context().Done():
		return
	}
	all := s.Checks(r.Context(), func(place int, c doctor.Check) {
		scene := s.Scenes.Get()
		title := scene.Text.T("dashboard.check." + c.ID)
		// If the page has gone away, the context ends the checks.
		_ = out.send(map[string]check{"check": {c, title, place, 1 + slices.Index(steps, c.ID), remedy(c, &scene)}})
	})
	_ = out.send(map[string]any{"done": true, "summary": doctor.Summary(s.Scenes.Get().Text, all)})
}

// remedy returns what one click can do about a failed check: an action of /api/do, "choose_folder" or
// "use_keyring"; empty: nothing.
func remedy(c doctor.Check, sc *view.Scene) string {
	f := &sc.Facts
	if c.Level == doctor.OK {
		return ""
	}
	switch c.ID {
	case "settings":
		return "open_settings"
	case "client_debug":
		if f.ClientDebugOff {
			return "switch_debug_on"
		}
	case "server_debug":
		if f.ServerDebugOff {
			return "switch_server_debug_on"
		}
	case "client_running", "client_port":
		if f.CanStartClient && !f.RunsWithoutDebug {
			return "start_client"
		}
	case "client_folder":
		return "choose_folder"
	case "server_config":
		if f.FoundFolder != "" {
			return "use_server_folder"
		}
		return "choose_folder"
	case "password":
		switch {
		case sc.Settings.Active().Password == settings.PasswordNone:
			return "use_keyring"
		case f.ServerHasPassword:
			return "take_password"
		}
		return "set_password"
	}
	return ""
}
