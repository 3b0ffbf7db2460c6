package cli

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor/control"
)

func TestWatchLines(t *testing.T) {
	at := time.Date(2026, 1, 2, 14, 3, 7, 0, time.Local)
	of := func(change func(r *control.Report)) *control.Report {
		r := &control.Report{Status: "IN_GAME", Server: control.ServerReport{State: "ready"}, Profile: "default",
			Automatic: control.AutomaticReport{Enabled: true}, Tray: true}
		change(r)
		return r
	}
	asIs := of(func(*control.Report) {})
	change := []control.Change{{At: at, Text: "server  down: it has ended"}}
	const client, server, profile, on = "client  IN_GAME", "server  ready", "profile default", "automatic reconnects are on"
	for name, c := range map[string]struct {
		all  []control.Update
		want []string
	}{
		"at first":             {[]control.Update{{Report: asIs}}, []string{client, server, profile, on}},
		"nothing known yet":    {[]control.Update{{Report: &control.Report{Server: control.ServerReport{State: "unknown"}}}}, nil},
		"a change":             {[]control.Update{{Changes: change}}, []string{"14:03:07 server  down: it has ended"}},
		"told by an event":     {[]control.Update{{Report: asIs}, {Report: of(func(r *control.Report) { r.Status, r.Automatic.Paused = "ERROR", true })}}, []string{client, server, profile, on}},
		"off, and on again":    {[]control.Update{{Report: of(func(r *control.Report) { r.Automatic.Enabled = false })}, {Report: asIs}}, []string{client, server, profile, "automatic reconnects are off", on}},
		"paused at first":      {[]control.Update{{Report: of(func(r *control.Report) { r.Automatic.Paused, r.Automatic.PausedUntil = true, &at })}}, []string{client, server, "automatic reconnects are paused until 14:03:07", profile, on}},
		"until resumed":        {[]control.Update{{Report: of(func(r *control.Report) { r.Automatic.Paused = true })}}, []string{client, server, "automatic reconnects are paused until resumed", profile, on}},
		"another profile":      {[]control.Update{{Report: asIs}, {Report: of(func(r *control.Report) { r.Profile = "work" })}}, []string{client, server, profile, on, "profile work"}},
		"without the app":      {[]control.Update{{Report: of(func(r *control.Report) { r.Tray, r.Automatic.Enabled = false, false })}}, []string{client, server}},
		"an unknown word":      {[]control.Update{{Report: of(func(r *control.Report) { r.Status, r.Client.Word = "UNKNOWN", "PAUSED" })}}, []string{"client  UNKNOWN: PAUSED", server, profile, on}},
		"why the server is so": {[]control.Update{{Report: of(func(r *control.Report) { r.Server = control.ServerReport{State: "down", Why: "gone"} })}}, []string{client, "server  down: gone", profile, on}},
	} {
		var out bytes.Buffer
		w := watcher{env: &Env{Stdout: &out}}
		for _, u := range c.all {
			w.show(u)
		}
		var got []string
		for line := range strings.Lines(out.String()) {
			time, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
			if time == "14:03:07" {
				text = time + " " + text
			}
			got = append(got, text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// After a turn to another source only what differs is said.
func TestWatchLinesAfterATurn(t *testing.T) {
	var out bytes.Buffer
	w := watcher{env: &Env{Stdout: &out}}
	r := control.Report{Status: "IN_GAME", Server: control.ServerReport{State: "ready"}}
	w.show(control.Update{Report: &r})
	w.announce("altv-tray runs")
	r.Server.State = "down"
	w.show(control.Update{Report: &r})
	var got []string
	for line := range strings.Lines(out.String()) {
		_, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		got = append(got, text)
	}
	if want := []string{"client  IN_GAME", "server  ready", "altv-tray runs", "server  down"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
