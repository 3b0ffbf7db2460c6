package dashboard

import (
	"net/http"

	"altv-tray/tray/doctor"
	"altv-tray/tray/surroundings"
)

// check is a check for a page: with a title, and with what a button beside it
// can do about it.
type check struct {
	doctor.Check
	Title  string `json:"title"`
	Action string `json:"action"` // empty: nothing
}

// checks looks at everything and tells one check a line, then the summary.
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
	all := s.Checks(r.Context())
	scene := s.Scenes.Get()
	for _, c := range all {
		line := map[string]check{"check": {c, scene.Text.T("dashboard.check." + c.ID), remedy(c, scene.Around)}}
		if out.send(line) != nil {
			return
		}
	}
	_ = out.send(map[string]any{"done": true, "summary": doctor.Summary(scene.Text, all)})
}

// remedy is what can be done by one click about a check that is not well: an
// action of /api/do, or "choose_folder".
func remedy(c doctor.Check, f surroundings.Facts) string {
	if c.Level == doctor.OK {
		return ""
	}
	switch c.ID {
	case "settings":
		return "open_settings"
	case "client_debug":
		if f.DebugUnset {
			return "switch_debug_on"
		}
	case "client_running", "client_port":
		if f.CanStart && !f.DebugOff {
			return "start_client"
		}
	case "client_folder", "server_config":
		return "choose_folder"
	case "password":
		if f.ServerPassword {
			return "take_password"
		}
		return "set_password"
	}
	return ""
}
