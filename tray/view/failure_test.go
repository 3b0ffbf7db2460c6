package view

import (
	"testing"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/history"
	"altv-tray/settings"
)

func TestFailureStaysUntilTheNextSuccess(t *testing.T) {
	const gaveUp = monitor.JoinTimeout
	for name, c := range map[string]struct {
		event monitor.Event
		want  monitor.Reason // after gaveUp
	}{
		"another":               {monitor.Event{Kind: monitor.Failed, Reason: monitor.WrongPassword}, monitor.WrongPassword},
		"refused":               {monitor.Event{Kind: monitor.Refused, Reason: monitor.ClientAbsent}, monitor.ClientAbsent},
		"held back":             {monitor.Event{Kind: monitor.Withheld, Reason: monitor.OtherServer}, monitor.OtherServer},
		"joined":                {monitor.Event{Kind: monitor.Joined}, monitor.NoReason},
		"in game by hand":       {monitor.Event{Kind: monitor.ClientChanged, To: known(debugport.InGame)}, monitor.NoReason},
		"asked for again":       {monitor.Event{Kind: monitor.Asked}, monitor.NoReason},
		"to the main menu":      {monitor.Event{Kind: monitor.ClientChanged, To: known(debugport.MainMenu)}, gaveUp},
		"an attempt":            {monitor.Event{Kind: monitor.AttemptFailed, Reason: monitor.FellBack}, gaveUp},
		"automatic":             {monitor.Event{Kind: monitor.Triggered}, gaveUp},
		"called off":            {monitor.Event{Kind: monitor.Cancelled, Reason: monitor.ByUser}, gaveUp},
		"switched off":          {monitor.Event{Kind: monitor.Failed, Reason: monitor.TurnedOff}, gaveUp},
		"another profile":       {monitor.Event{Kind: monitor.Failed, Reason: monitor.SettingsChanged}, gaveUp},
		"while asked for":       {monitor.Event{Kind: monitor.Failed, Reason: monitor.SettingsChanged, ByHand: true}, monitor.SettingsChanged},
		"the server comes back": {monitor.Event{Kind: monitor.ServerChanged, Server: monitor.ServerReady}, gaveUp},
		"paused":                {monitor.Event{Kind: monitor.Paused}, gaveUp},
	} {
		if got := FailureAfter(c.event, gaveUp); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// The icon, the tooltip, the menu and the page say the same.
func TestFailureIsSeen(t *testing.T) {
	set := settings.Default()
	scene := Scene{Snap: monitor.Snapshot{Client: known(debugport.MainMenu)}, Settings: &set, Text: english, Failure: monitor.JoinTimeout}
	const text = "Last reconnect failed: it took too long"
	v, _ := Render(&scene, 0)
	if v.Overlay != assets.Failed || v.Rows[ID("last")].Label != text || v.Tooltip != "alt:V: Main menu\nServer: unknown\n"+text {
		t.Errorf("%v, %q, %q", v.Overlay, v.Rows[ID("last")].Label, v.Tooltip)
	}
	scene.Last = history.Entry{Kind: history.Reconnect, Joined: true} // before it: what is refused is in no history
	if n, _ := NowOf(&scene, time.Now()); n.Overlay != "failed" || n.Last != (LastNow{Known: true, Text: text}) {
		t.Errorf("%q, %+v", n.Overlay, n.Last)
	}
}
