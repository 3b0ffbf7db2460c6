package dashboard

import (
	"errors"
	"net/http"
	"slices"

	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
)

// keyValue is one key of the settings with its value.
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
	Keys   []keyValue `json:"keys"` // without its name
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

// settings are those in force.
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

// changeRequest is one change of the file of that version, by the names of its fields.
type changeRequest struct {
	Version int
	settings.Change
}

// one reports that one thing is asked for.
func (q changeRequest) one() bool {
	asked := slices.DeleteFunc([]string{q.Key, q.Add, q.Remove, q.Rename, q.Set}, func(name string) bool { return name == "" })
	return len(asked) == 1
}

type changeResult struct {
	OK      bool   `json:"ok"`
	Version int    `json:"version,omitempty"`
	Error   string `json:"error,omitempty"`
}

// changeSettings makes a change, or says what is wrong with it.
func (v *serving) changeSettings(w http.ResponseWriter, r *http.Request) {
	var ask changeRequest
	if !readJSON(w, r, &ask) {
		return
	}
	if !ask.one() {
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
		_ = out.send(v.wrong(err))
		return
	}
	_ = out.send(changeResult{OK: true, Version: version})
}

// wrong says what is wrong with a value, beside whose field it stands; the place
// in the file stays unsaid, as nothing was written there.
func (v *serving) wrong(err error) changeResult {
	t := v.server.Scenes.Get().Text
	var found *problem.Problem
	if !errors.As(err, &found) || found.Key == "" || v.server.Store.Problem() != nil {
		return changeResult{Error: errtext.Message(t, err)}
	}
	if found.Code == problem.NotTime { // the file's error speaks of quotes, which the field has not
		return changeResult{Error: t.T("dashboard.not_time")}
	}
	return changeResult{Error: errtext.Sentence(t, found)}
}
