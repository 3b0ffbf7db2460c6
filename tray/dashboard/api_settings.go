package dashboard

import (
	"errors"
	"net/http"
	"slices"

	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
)

// keyValue is a key of the settings with its value.
type keyValue struct {
	Key     string        `json:"key"`
	Value   string        `json:"value"`
	Default string        `json:"default"`
	Kind    settings.Kind `json:"kind"`
	Choices []string      `json:"choices"`
}

type profileValues struct {
	Name   string     `json:"name"`
	Active bool       `json:"active"`
	Keys   []keyValue `json:"keys"` // without the name
}

func keyValues(keys []settings.Key, values map[string]string) []keyValue {
	all := []keyValue{}
	for _, k := range keys {
		if k.Name != "name" {
			all = append(all, keyValue{k.Name, values[k.Name], k.Default, k.Kind, append([]string{}, k.Choices...)})
		}
	}
	return all
}

// settings sends the settings in force.
func (v *serving) settings(w http.ResponseWriter, _ *http.Request) {
	s := v.server
	version, set := s.Store.Version()
	global, own := settings.Keys()
	var profiles []profileValues
	for _, p := range set.Profiles {
		profiles = append(profiles, profileValues{p.Name, p.Name == set.Profile, keyValues(own, settings.Values(p))})
	}
	respond(w, map[string]any{
		"version": version, "file": s.Store.File(),
		"keys": keyValues(global, settings.Values(set)), "profiles": profiles,
	})
}

// changeRequest is a change to a version of the settings file.
type changeRequest struct {
	Version int
	settings.Change
}

type changeResult struct {
	OK      bool   `json:"ok"`
	Version int    `json:"version,omitempty"`
	Error   string `json:"error,omitempty"`
}

// changeSettings makes a change, or sends what is wrong with it.
func (v *serving) changeSettings(w http.ResponseWriter, r *http.Request) {
	var ask changeRequest
	if !readJSON(w, r, &ask) {
		return
	}
	kinds := []string{ask.Key, ask.Add, ask.Remove, ask.Rename, ask.Set}
	if len(slices.DeleteFunc(kinds, func(name string) bool { return name == "" })) != 1 {
		refuse(w, http.StatusBadRequest)
		return
	}
	out := newLines(w) // the keyring may ask the user first
	version, err := v.server.Change(r.Context(), ask.Version, ask.Change)
	if errors.Is(err, settings.ErrStale) {
		w.WriteHeader(http.StatusConflict)
		_ = out.send(map[string]int{"version": version})
		return
	}
	if err != nil {
		_ = out.send(changeResult{Error: v.changeError(err)})
		return
	}
	_ = out.send(changeResult{OK: true, Version: version})
}

// changeError returns the text for an error of a change. If a value is wrong, the page shows the text
// beside the value's field, so the text does not name the place in the file.
func (v *serving) changeError(err error) string {
	t := v.server.Scenes.Get().Text
	found, ok := errors.AsType[*problem.Problem](err)
	if !ok || found.Key == "" || v.server.Store.Problem() != nil {
		return errtext.Message(t, err)
	}
	if found.Code == problem.NotTime { // its sentence speaks of quotes, which the field does not have
		return t.T("dashboard.not_time")
	}
	return errtext.Sentence(t, found)
}
