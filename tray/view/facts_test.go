package view

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/history"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/hotkey"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

func TestRowsOfFacts(t *testing.T) {
	set := settings.Default()
	absent := monitor.Snapshot{Client: debugport.Reading{Outcome: debugport.NotRunning}}
	for name, c := range map[string]struct {
		scene Scene
		id    RowID
		want  Row
	}{
		"nothing known: not to be started": {Scene{Facts: surroundings.Facts{}}, ID("start"), Row{Label: "Start alt:V"}},
		"found":                            {Scene{Facts: surroundings.Facts{CanStartClient: true}}, ID("start"), Row{Label: "Start alt:V", Enabled: true}},
		"it runs without debug mode":       {Scene{Facts: surroundings.Facts{CanStartClient: true, RunsWithoutDebug: true}}, ID("start"), Row{Label: "Start alt:V"}},
		"debug mode unset":                 {Scene{Facts: surroundings.Facts{ClientDebugOff: true}}, ID("debug_on"), Row{Label: "Switch debug mode on", Enabled: true}},
		"debug mode set":                   {Scene{Facts: surroundings.Facts{}}, ID("debug_on"), Row{}},
		"state without debug mode":         {Scene{Facts: surroundings.Facts{RunsWithoutDebug: true}}, ID("state"), Row{Label: "alt:V: Running, debug mode is off"}},
		"a password in server.toml":        {Scene{Facts: surroundings.Facts{ServerHasPassword: true}}, ID("password_take"), Row{Label: "Take from server.toml", Enabled: true}},
		"another password there":           {Scene{Facts: surroundings.Facts{Password: surroundings.PasswordDiffers}}, ID("password_kept"), Row{Label: "The stored one differs from server.toml"}},
		"a password":                       {Scene{Facts: surroundings.Facts{Password: surroundings.PasswordStored}}, ID("password_kept"), Row{}},
		"none stored, none known":          {Scene{Facts: surroundings.Facts{Password: surroundings.PasswordMissing}}, ID("password_kept"), Row{}},
		"none stored, but there is one":    {Scene{Facts: surroundings.Facts{Password: surroundings.PasswordMissing, ServerHasPassword: true}}, ID("password_kept"), Row{Label: "None is stored, server.toml has one"}},
		"nothing read yet":                 {Scene{Facts: surroundings.Facts{}}, ID("password_kept"), Row{}},
		"another server":                   {Scene{Facts: surroundings.Facts{WrongServer: "play.example:7788"}}, ID("server"), Row{Label: "Server: unknown · alt:V will go to play.example:7788"}},
		"starts at login":                  {Scene{Facts: surroundings.Facts{Autostart: true}}, ID("autostart"), Row{Label: "Start at login", Enabled: true, Checked: true}},
		"server's folder silent":           {Scene{Facts: surroundings.Facts{ServerSilent: true}}, ID("server"), Row{Label: "Server: unknown · its folder does not answer"}},
		"client's folder silent":           {Scene{Facts: surroundings.Facts{ClientSilent: true}}, ID("state"), Row{Label: "alt:V: Not running · its folder does not answer"}},
		"no server there":                  {Scene{Facts: surroundings.Facts{NoServerFile: true}}, ID("server"), Row{Label: "Server: unknown · no server.toml in its folder"}},
		"no folder to offer":               {Scene{}, ID("server_folder"), Row{}},
		"a folder to offer":                {Scene{Facts: surroundings.Facts{FoundFolder: filepath.Join("srv", "my altv")}}, ID("server_folder"), Row{Label: "Use the server’s folder my altv", Enabled: true}},
		"one with a long name":             {Scene{Facts: surroundings.Facts{FoundFolder: filepath.Join("srv", strings.Repeat("x", 99))}}, ID("server_folder"), Row{Label: "Use the server’s folder xxxxxxxxxxxxxxxxxxx…", Enabled: true}},
		"a failed one":                     {Scene{Failure: monitor.ByUser}, ID("last"), Row{Label: "Last reconnect failed"}},
		"and why":                          {Scene{Failure: monitor.JoinTimeout}, ID("last"), Row{Label: "Last reconnect failed: it took too long"}},
		"one that was seen":                {Scene{Last: history.Entry{Kind: history.Reconnect, Reason: monitor.JoinTimeout.String()}}, ID("last"), Row{}},
		"no password to clear":             {Scene{Facts: surroundings.Facts{Password: surroundings.PasswordMissing}}, ID("password_clear"), Row{Label: "Clear"}},
		"the hotkey is held":               {Scene{Hotkey: hotkey.State{Stage: hotkey.Registered}}, ID("settings"), Row{Label: "Open settings", Enabled: true}},
		"the hotkey is taken":              {Scene{Hotkey: hotkey.State{Stage: hotkey.Unavailable, Why: problem.HotkeyTaken}}, ID("settings"), Row{Label: "Open settings · hotkey taken", Enabled: true}},
		"the hotkey is gone":               {Scene{Hotkey: hotkey.State{Stage: hotkey.Unavailable, Why: problem.HotkeyGone}}, ID("settings"), Row{Label: "Open settings · hotkey does not work", Enabled: true}},
		"settings not in force":            {Scene{SettingsBroken: true}, ID("settings"), Row{Label: "Open settings · not in force", Enabled: true}},
	} {
		c.scene.Snap, c.scene.Settings, c.scene.Text, c.scene.System = absent, &set, english, "windows"
		v, _ := Render(&c.scene, 0)
		if got := bare(v.Rows[c.id]); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestWhyTheLastOneFailedFitsTheMenu(t *testing.T) {
	set := settings.Default()
	for _, tag := range lang.Tags {
		for _, r := range reasons() {
			if r == monitor.NoReason || r == monitor.ByUser || r == monitor.TurnedOff {
				continue // no reconnect fails for these
			}
			v, _ := Render(&Scene{Settings: &set, Text: lang.New(tag), Failure: r}, 0)
			if label := v.Rows[ID("last")].Label; len([]rune(label)) > 62 || strings.Contains(label, "why.") || strings.Contains(label, "{") {
				t.Errorf("%s, %v: %q has %d characters", tag, r, label, len([]rune(label)))
			}
		}
	}
}

func TestHotkeyNow(t *testing.T) {
	set := settings.Default()
	key := settings.Combination{Mods: settings.Ctrl, Key: "F9"}
	for want, state := range map[HotkeyNow]hotkey.State{
		{}: {Key: key, Stage: hotkey.Registering},
		{Held: true, Text: "The hotkey Ctrl+F9 reconnects, within the game too."}:                {Key: key, Stage: hotkey.Registered, Backend: hotkey.Windows},
		{Held: true, Text: "The desktop has assigned the hotkey: Super+F9."}:                     {Key: key, Stage: hotkey.Registered, Backend: hotkey.Portal, Name: "Super+F9"},
		{Text: "The desktop asks whether altv-tray may use the hotkey Ctrl+F9."}:                 {Key: key, Stage: hotkey.Asking},
		{Text: "Another program uses Ctrl+F9. Choose another key, or close that program."}:       {Key: key, Stage: hotkey.Unavailable, Why: problem.HotkeyTaken},
		{Text: "Ctrl+F9 could not be registered (it says so). altv-tray tries again by itself."}: {Key: key, Stage: hotkey.Unavailable, Why: problem.HotkeyFailed, Cause: "it says so"},
	} {
		if now, _ := NowOf(&Scene{Settings: &set, Text: english, Hotkey: state}, time.Now()); now.Hotkey != want {
			t.Errorf("%+v: %+v, want %+v", state, now.Hotkey, want)
		}
	}
}
