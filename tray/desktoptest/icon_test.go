//go:build linux

package desktoptest

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

func TestDesktopIcon(t *testing.T) {
	d := NewDesktop(t, "MAIN_MENU")
	app := d.Env.Start(t, "", d.Program)
	t.Logf("icon %v after the start", d.Panel.WaitForIcon(t, app, 5*time.Second))
	d.Panel.Wait(t, 5*time.Second, "the first row tells of the main menu and the second of the server", func(s Sight) bool {
		client, server := s.State()
		return strings.HasPrefix(client, "alt:V: Main menu") && server == "Server: ready"
	})
	// Each is set by its own call, so the tooltip may be a moment late.
	sight := d.Panel.Wait(t, time.Second, "the tooltip says the first two rows", func(s Sight) bool {
		client, server := s.State()
		return s.ToolTip == client+"\n"+server
	})

	if sight.ID != "altv-tray" || sight.Title != "altv-tray" {
		t.Errorf("the icon's id is %q and its title %q, want altv-tray for both", sight.ID, sight.Title)
	}
	if units := len(utf16.Encode([]rune(sight.ToolTip))); units > 127 {
		t.Errorf("the tooltip has %d UTF-16 units, more than Windows shows: %q", units, sight.ToolTip)
	}
	if w, h := sight.Icon.Width, sight.Icon.Height; w < 16 || w != h || len(sight.Icon.Pixels) != int(w*h*4) {
		t.Errorf("the icon is %dx%d with %d bytes", w, h, len(sight.Icon.Pixels))
	}
	for _, row := range sight.Rows[:2] {
		if row.Enabled {
			t.Errorf("the row %q can be clicked", row.Label)
		}
	}
	want := []string{
		"—", "Reconnect now", "Automatic reconnect", "Pause", "Pause › For 15 minutes", "Pause › For 1 hour", "Pause › Until resumed",
		"—", "Profile", "Profile › default",
		"Server password", "Server password › Set…", "Server password › Take from server.toml", "Server password › Clear",
		"Notifications", "Notifications › Main menu reached", "Notifications › Back in game", "Notifications › Server went down", "Notifications › Reconnect failed",
		"—", "Start at login",
		"—", "Open dashboard", "Open settings", "Open log folder", "Run checks",
		"—", "About altv-tray 1.0.0", "Quit",
	}
	if got := visible(sight.Rows, "")[2:]; !slices.Equal(got, want) {
		t.Errorf("below its first two rows the menu has\n%q, want\n%q", got, want)
	}
	if row, _ := sight.Find("Automatic reconnect"); !row.Checkable || row.Checked {
		t.Errorf("automatic reconnecting is off, its row is %+v", row)
	}
	if problems := d.Panel.Problems(); len(problems) > 0 {
		t.Error(problems)
	}
}

// visible lists the rows that a panel shows, each with those that it lies below.
func visible(rows []Row, below string) (all []string) {
	for _, row := range rows {
		switch {
		case !row.Visible:
			continue
		case row.Separator:
			all = append(all, "—")
			continue
		}
		all = append(append(all, below+row.Label), visible(row.Children, below+row.Label+" › ")...)
	}
	return all
}

// Each state is seen within a poll, in the row, the tooltip and the icon.
func TestDesktopStates(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "LOADING")
	d.Start(t, "alt:V: Loading")
	icons := map[string][]byte{}
	var worst time.Duration
	rows := map[string]bool{}
	for _, word := range []string{"MAIN_MENU", "CONNECTING", "DOWNLOADING_FILES", "IN_GAME", "DISCONNECTING", "ERROR", "LOADING"} {
		client, _ := must(t, d.Panel).State()
		start := time.Now()
		d.Port.Set(word)
		sight := d.Panel.Wait(t, 5*time.Second, "the first row changes for "+word, func(s Sight) bool {
			now, _ := s.State()
			return without(now, "·") != without(client, "·")
		})
		took := time.Since(start)
		worst = max(worst, took)
		// A second for the poll and 0.1 s to show it; the rest is for a busy machine.
		if took > 1100*time.Millisecond+400*time.Millisecond {
			t.Errorf("%s showed after %v", word, took)
		}
		now, _ := sight.State()
		if !strings.HasPrefix(now, "alt:V: ") || rows[without(now, "·")] {
			t.Errorf("%s shows as %q, seen before: %v", word, now, rows)
		}
		rows[without(now, "·")] = true
		sight = d.Panel.Wait(t, time.Second, "the tooltip follows", func(s Sight) bool {
			client, server := s.State()
			return s.ToolTip == client+"\n"+server
		})
		icons[word] = sight.Icon.Pixels
	}
	t.Logf("a state showed after %v at most", worst)
	if bytes.Equal(icons["MAIN_MENU"], icons["IN_GAME"]) || bytes.Equal(icons["MAIN_MENU"], icons["LOADING"]) || bytes.Equal(icons["IN_GAME"], icons["ERROR"]) {
		t.Error("the icon is the same in states that matter to the user")
	}
}

// must checks what is shown now.
func must(t *testing.T, p *Panel) Sight {
	t.Helper()
	return p.Wait(t, 5*time.Second, "the menu can be read", func(s Sight) bool { return len(s.Rows) > 0 })
}

// without cuts a label before the mark, such as the duration after "·".
func without(label, mark string) string {
	begin, _, _ := strings.Cut(label, mark)
	return strings.TrimSpace(begin)
}

// With no client, or another program on its port, the row cannot be clicked and nothing
// is ever sent.
func TestDesktopNothingToReconnect(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		prepare func(*Desktop)
		exit    int
	}{
		{"not running", func(d *Desktop) { d.Port.Close() }, 3},
		{"another program", func(d *Desktop) { d.Port.BeAnother() }, 7},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewDesktop(t, "MAIN_MENU")
			d.Start(t, "alt:V: Main menu")
			c.prepare(d)
			sight := d.Panel.Wait(t, 5*time.Second, "the row is disabled", func(s Sight) bool {
				client, _ := s.State()
				row, ok := s.Find("Reconnect now")
				return ok && !row.Enabled && !strings.HasPrefix(client, "alt:V: Main menu")
			})
			row, _ := sight.Find("Reconnect now")
			d.Panel.Click(t, row) // a panel that ignores "disabled"
			if result := d.Env.Run(t, "", d.Program, "reconnect"); result.Code != c.exit || result.Stderr == "" {
				t.Errorf("altv-tray reconnect: %v, want exit %d and the reason", result, c.exit)
			}
			if c.exit == 7 {
				d.Port.WaitPolls(t, 3)
			} else {
				d.Port.Reopen(t, "MAIN_MENU")
				d.WaitState(t, "alt:V: Main menu", 5*time.Second)
				d.Port.WaitPolls(t, 3) // refused at once, so not remembered either
			}
			if sent := d.Port.Reconnects(); len(sent) > 0 {
				t.Errorf("sent: %+v", sent)
			}
		})
	}
}

// A client that hangs does not make the menu hang.
func TestDesktopClientHangs(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	app := d.Start(t, "alt:V: In game")
	d.Port.Hang(true)
	d.Panel.Wait(t, 10*time.Second, "the row tells that the client does not answer", func(s Sight) bool {
		client, _ := s.State()
		return client != "" && !strings.HasPrefix(client, "alt:V: In game")
	})
	d.Port.Hang(false)
	d.WaitState(t, "alt:V: In game", 5*time.Second)
	d.Port.Hang(true)
	d.Click(t, "Quit")
	if code := app.Wait(t, 5*time.Second); code != 0 {
		t.Errorf("Quit with a hanging client ended with %d", code)
	}
}
