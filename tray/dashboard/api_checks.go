package dashboard

import (
	"net/http"
	"slices"

	"altv-tray/settings"
	"altv-tray/tray/doctor"
	"altv-tray/tray/view"
)

// check is a check for a page: with a title, and with what a button beside it
// can do about it.
type check struct {
	doctor.Check
	Title  string `json:"title"`
	Place  int    `json:"place"`  // among all checks
	Step   int    `json:"step"`   // among the steps of the first set-up, from 1; 0: it is none
	Action string `json:"action"` // empty: nothing
}

// steps are the checks that a first set-up is made of, in its order.
var steps = []string{"client_folder", "client_debug", "server_config", "server_debug", "password"}

// checks looks at everything and tells each check, one a line, as soon as it is
// known, then the summary.
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
		// Where the page has gone, the context ends the look.
		_ = out.send(map[string]check{"check": {c, title, place, 1 + slices.Index(steps, c.ID), remedy(c, &scene)}})
	})
	_ = out.send(map[string]any{"done": true, "summary": doctor.Summary(s.Scenes.Get().Text, all)})
}

// remedy is what can be done by one click about a check that is not well: an
// action of /api/do, "choose_folder" or "use_keyring".
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
