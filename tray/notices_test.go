package tray

import (
	"bufio"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"altv-tray/monitor/simulator"
	"altv-tray/tray/view"
)

// A restart during a pause is told when that is over, and nothing is sent.
func TestMissedInThePauseIsTold(t *testing.T) {
	t.Parallel()
	w, f := startReady(t, "none", "")
	f.click(row("pause_forever"))
	f.panel.until("paused", func(v view.View) bool { return v.Rows[row("resume")].Enabled })
	w.Server.Restart(0)
	f.logged("state=down")
	eventually(t, "the server is ready again", func() bool { return strings.Count(f.log.String(), "state=ready") == 2 })
	f.click(row("resume"))
	if body := f.notice("The pause is over"); !strings.Contains(body, "Click Reconnect now") {
		t.Errorf("told %q", body)
	}
	f.logged("missed_while_paused cause=server_restart")
	if posts := w.Client.Posts(); len(posts) != 0 {
		t.Errorf("%d reconnects were sent", len(posts))
	}
}

// What the demo has to say comes in the user's language, through the queue of all
// notifications.
func TestNotifiedFromOutside(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, "language = \"de\"\n"+settingsText(w, "none", manual)).run()
	f.Narrate("demo.paused")
	if body := f.notice("Die Demo von altv-tray"); body != "Der Server ist wieder da. In der Pause wird nichts gesendet." {
		t.Errorf("told %q", body)
	}
}

// The demo's story is told on the dashboard while that is open, in the user's
// language, and not by notifications as well.
func TestStoryIsToldOnThePage(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, "language = \"de\"\n"+settingsText(w, "none", manual)).run()
	v := f.visit()
	stream := v.begin("GET", "/api/stream", "")
	defer func() { _ = stream.Body.Close() }()
	lines := bufio.NewScanner(stream.Body)
	tells := func(want string) {
		t.Helper()
		for lines.Scan() {
			var got struct{ Type, Story string }
			if err := json.Unmarshal(lines.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			if got.Type == "now" && got.Story == want {
				return
			}
		}
		t.Fatalf("the page is never told %q: %v", want, lines.Err())
	}
	tells("")
	eventually(t, "the page is known to be open", f.Dashboard.PageOpen)
	f.Narrate("demo.paused")
	tells("Der Server ist wieder da. In der Pause wird nichts gesendet.")
	if titles := f.told.Titles(); slices.Contains(titles, "Die Demo von altv-tray") {
		t.Errorf("notified of %q", titles)
	}
}
