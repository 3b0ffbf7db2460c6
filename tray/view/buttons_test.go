package view

import (
	"slices"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

func TestButtonsOfNotices(t *testing.T) {
	cancel, pause := Button{"Cancel", action.Cancel{Job: 7}}, Button{"Pause 1 hour", action.Pause{For: time.Hour}}
	reconnect, checks := Button{"Reconnect now", action.Reconnect{}}, Button{"Run checks", action.RunChecks{}}
	set, take := Button{"Set password…", action.SetPassword{}}, Button{"Take from server.toml", action.TakePassword{}}
	missing := surroundings.Facts{Password: surroundings.PasswordMissing, ServerHasPassword: true}
	other := surroundings.Facts{Password: surroundings.PasswordDiffers, ServerHasPassword: true}
	failed := func(why monitor.Reason) monitor.Event {
		return monitor.Event{Kind: monitor.Failed, Job: 7, Reason: why}
	}
	none := func(s *settings.Settings) { s.Profiles[0].Password = settings.PasswordNone }
	for name, c := range map[string]struct {
		event monitor.Event
		facts surroundings.Facts
		set   func(*settings.Settings)
		want  [2]Button
	}{
		"ready, automatic":                  {event: monitor.Event{Kind: monitor.ClientReady}},
		"ready, off or paused":              {event: monitor.Event{Kind: monitor.ClientReady, Reason: monitor.TurnedOff}, want: [2]Button{reconnect}},
		"ready, paused, with one under way": {event: monitor.Event{Kind: monitor.ClientReady, Reason: monitor.TurnedOff, Job: 7, ByHand: true}},
		"ready, none stored":                {event: monitor.Event{Kind: monitor.ClientReady}, facts: missing, want: [2]Button{take}},
		"ready, paused, none stored":        {event: monitor.Event{Kind: monitor.ClientReady, Reason: monitor.TurnedOff}, facts: missing, want: [2]Button{take}},
		"the signal does not come":          {event: monitor.Event{Kind: monitor.SignalMissing}, want: [2]Button{checks}},
		"missed in a pause":                 {event: monitor.Event{Kind: monitor.Missed, Cause: monitor.ServerRestart}, want: [2]Button{reconnect}},
		"countdown":                         {event: monitor.Event{Kind: monitor.CountingDown, Job: 7, Pause: 5 * time.Second}, want: [2]Button{cancel, pause}},
		"failed":                            {event: failed(monitor.JoinTimeout), want: [2]Button{checks}},
		"refused":                           {event: monitor.Event{Kind: monitor.Refused, Reason: monitor.ClientAbsent}, want: [2]Button{checks}},
		"fell back":                         {event: failed(monitor.FellBack), want: [2]Button{checks}},
		"fell back, another in the file":    {event: failed(monitor.FellBack), facts: other, want: [2]Button{take, checks}},
		"none stored, one in the file":      {event: failed(monitor.PasswordMissing), facts: missing, want: [2]Button{take, checks}},
		"wrong":                             {event: failed(monitor.WrongPassword), want: [2]Button{set, checks}},
		"wrong, another in the file":        {event: failed(monitor.WrongPassword), facts: other, want: [2]Button{take, checks}},
		"no text":                           {event: failed(monitor.PasswordNotText), want: [2]Button{set, checks}},
		"wanted":                            {event: failed(monitor.PasswordWanted), want: [2]Button{set, checks}},
		"wanted, the profile says none":     {event: failed(monitor.PasswordWanted), set: none, want: [2]Button{checks}},
		"keyring locked":                    {event: failed(monitor.KeyringLocked), want: [2]Button{checks}},
		"joined":                            {event: monitor.Event{Kind: monitor.Joined, Job: 7}},
		"dropped, off or paused":            {event: monitor.Event{Kind: monitor.Dropped, Reason: monitor.TurnedOff}},
		"held":                              {event: monitor.Event{Kind: monitor.Withheld}, facts: surroundings.Facts{WrongServer: "x"}},
		"asked with the server down":        {event: monitor.Event{Kind: monitor.Asked, Server: monitor.ServerDown}},
	} {
		s := settings.Default()
		if c.set != nil {
			c.set(&s)
		}
		if n, ok := NoticeOf(c.event, s, c.facts, english); !ok || n.Buttons != c.want {
			t.Errorf("%s: told %v, with %+v, want %+v", name, ok, n.Buttons, c.want)
		}
	}
}

// A desktop may show no buttons, so the text says where in the menu the same is.
func TestTextsSayTheWayThroughTheMenu(t *testing.T) {
	failed := func(why monitor.Reason) monitor.Event { return monitor.Event{Kind: monitor.Failed, Reason: why} }
	differs := surroundings.Facts{Password: surroundings.PasswordDiffers}
	for _, tag := range lang.Tags {
		p := lang.New(tag)
		all := []Notice{FirstStartNotice(p)}
		for _, c := range []struct {
			event monitor.Event
			facts surroundings.Facts
		}{
			{monitor.Event{Kind: monitor.ClientReady}, surroundings.Facts{Password: surroundings.PasswordMissing, ServerHasPassword: true}},
			{monitor.Event{Kind: monitor.CountingDown, Pause: time.Second}, surroundings.Facts{}},
			{failed(monitor.PasswordMissing), surroundings.Facts{}}, {failed(monitor.PasswordWanted), surroundings.Facts{}},
			{failed(monitor.PasswordNotText), surroundings.Facts{}}, {failed(monitor.WrongPassword), surroundings.Facts{}},
			{failed(monitor.FellBack), differs},
		} {
			n, _ := NoticeOf(c.event, settings.Default(), c.facts, p)
			all = append(all, n)
		}
		for _, n := range all {
			names := []string{"›", p.T("menu.dashboard"), p.T("menu.cancel")}
			if !n.HasButtons() || !slices.ContainsFunc(names, func(name string) bool { return strings.Contains(n.Body, name) }) {
				t.Errorf("%s: %+v", tag, n)
			}
		}
	}
}

// With a delay, the countdown's notice stands for that of the client.
func TestCountdownIsToldOnce(t *testing.T) {
	set := settings.Default()
	set.AutoReconnect.Delay = 5 * time.Second
	if n, told := NoticeOf(monitor.Event{Kind: monitor.ClientReady, Job: 7}, set, surroundings.Facts{}, english); told {
		t.Errorf("told %q besides the countdown", n.Title)
	}
	if _, told := NoticeOf(monitor.Event{Kind: monitor.ClientReady, Job: 7, ByHand: true}, set, surroundings.Facts{}, english); !told {
		t.Error("what was asked for by hand has no countdown, and is not told")
	}
	n, told := NoticeOf(monitor.Event{Kind: monitor.CountingDown, Job: 7, Pause: 5 * time.Second}, set, surroundings.Facts{}, english)
	if !told || n.Title != "Reconnecting in 5 s" || n.Tag != CountdownTag || n.Timeout != 5*time.Second || n.IsRemoval() {
		t.Errorf("%v, %+v", told, n)
	}
	for k, ends := range map[monitor.EventKind]bool{
		monitor.Asked: true, monitor.Sending: true, monitor.Failed: true, monitor.Cancelled: true, monitor.Joined: true,
		monitor.CountingDown: false, monitor.ClientChanged: false, monitor.Slept: false, monitor.ServerChanged: false,
	} {
		if EndsCountdown(k) != ends {
			t.Errorf("kind %d ends it: %v", k, !ends)
		}
	}
	if away := Removal(n.Tag); !away.IsRemoval() || away.Tag != n.Tag {
		t.Errorf("%+v", away)
	}
}
