package view

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
	"altv-tray/tray/lang"
)

func TestTooltip(t *testing.T) {
	one := settings.Default()
	two := settings.Default()
	two.Profiles = append(two.Profiles, settings.Profile{Name: "work"})
	long := two
	long.Profile = strings.Repeat("😀", 64)
	plain := monitor.Snapshot{Client: known(debugport.InGame), Server: monitor.ServerReady, PausedUntil: 0}
	paused := plain
	paused.PausedUntil = renderedAt + time.Hour
	odd := paused
	odd.Client = debugport.Reading{Outcome: debugport.UnknownWord, Word: strings.Repeat("W", 200)}
	const gaveUp = monitor.PasswordWanted
	for name, c := range map[string]struct {
		scene Scene
		want  string
	}{
		"one profile":   {Scene{Snap: plain, Settings: &one}, "alt:V: In game · 1 min\nServer: ready"},
		"two":           {Scene{Snap: plain, Settings: &two}, "alt:V: In game · 1 min\nServer: ready\nProfile: default"},
		"all":           {Scene{Snap: paused, Settings: &two, Failure: gaveUp}, "alt:V: In game · 1 min\nServer: ready\nLast reconnect failed: the server wants a password\nPaused (1 h left)\nProfile: default"},
		"a long name":   {Scene{Snap: paused, Settings: &long, Failure: gaveUp}, "alt:V: In game · 1 min\nServer: ready\nLast reconnect failed: the server wants a …\nPaused (1 h left)\nProfile: 😀😀😀😀😀😀😀😀😀…"},
		"a long status": {Scene{Snap: odd, Settings: &long, Failure: gaveUp}, "alt:V: Unknown state " + strings.Repeat("W", 10) + "…\nServer: ready\nLast reconnect failed: the serve…\nPaused (1 h left)\nProfile: 😀😀😀😀😀😀😀😀😀…"},
	} {
		c.scene.Text = english
		if v, _ := Render(&c.scene, renderedAt); v.Tooltip != c.want {
			t.Errorf("%s: %q, want %q", name, v.Tooltip, c.want)
		}
	}
}

// Whatever comes together, it fits, no rune is torn, and what matters most is there.
func TestTooltipAlwaysFits(t *testing.T) {
	set := settings.Default()
	set.Profiles = append(set.Profiles, settings.Profile{Name: "other"})
	printers := map[string]*lang.Printer{}
	for _, tag := range lang.Tags {
		printers[tag] = lang.New(tag)
	}
	rapid.Check(t, func(t *rapid.T) {
		set.Profile = rapid.StringN(1, 64, -1).Draw(t, "profile")
		snap := monitor.Snapshot{
			Client:      rapid.SampledFrom(clients).Draw(t, "client").reading,
			PausedUntil: rapid.SampledFrom([]monitor.Time{0, monitor.Forever, 26 * time.Hour}).Draw(t, "pause"),
			Reconnect:   rapid.SampledFrom(jobs).Draw(t, "job").job,
		}
		if snap.Client.Outcome == debugport.UnknownWord {
			snap.Client.Word = rapid.String().Draw(t, "word")
		}
		server := rapid.SampledFrom(servers).Draw(t, "server")
		snap.Server, snap.ServerWhy = server.state, *server.why
		scene := Scene{Snap: snap, Settings: &set, Text: printers[rapid.SampledFrom(lang.Tags).Draw(t, "language")]}
		scene.Facts.WrongServer = rapid.SampledFrom([]string{"", strings.Repeat("a.b", 50)}).Draw(t, "goes to")
		scene.Facts.NoServerFile = rapid.Bool().Draw(t, "no server")
		scene.Failure = rapid.SampledFrom(reasons()).Draw(t, "failure")
		v, _ := Render(&scene, 90*time.Minute)
		if units(v.Tooltip) > tooltipUnits || !utf8.ValidString(v.Tooltip) {
			t.Fatalf("%d units: %q", units(v.Tooltip), v.Tooltip)
		}
		f := frame{Scene: &scene, now: 90 * time.Minute}
		for _, line := range []string{scene.Text.T("state.row", "state", clientText(&f)), serverRowText(&f), failureText(&f), pauseText(&f)} {
			if begin := strings.TrimSuffix(cut(line, 22), "…"); !strings.Contains(v.Tooltip, begin) {
				t.Fatalf("no %q in %q", begin, v.Tooltip)
			}
		}
	})
}
