package tray

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"altv-tray/monitor"
	"altv-tray/monitor/history"
	"altv-tray/monitor/simulator"
)

// A history that cannot be written is reported once, stops nothing, and is written again
// as soon as that is possible.
func TestHistoryIsKeptAgain(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]bool{"from the start": false, "later": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, simulator.Options{})
			inMenu(t, w)
			f := newFixture(t, w, settingsText(w, "none", manual))
			file := filepath.Join(f.Paths.StateDir, history.FileName)
			block := func() {
				eventually(t, "a folder in the file's place", func() bool {
					_ = os.Remove(file)
					return os.Mkdir(file, 0o700) == nil
				})
			}
			if !late {
				block()
			}
			f.run()
			f.panel.label(row("state"), "alt:V: Main menu")
			f.logged("msg=server_changed state=ready") // the last state for now
			if late {
				block()
			}
			joined := 0
			reconnect := func() {
				t.Helper()
				joined++
				f.click(row("reconnect"))
				eventually(t, "joined", func() bool {
					return w.Client.Joins() == joined && f.monitor.Snapshot().Reconnect.Phase == monitor.NoJob
				})
				eventually(t, "logged", func() bool { return strings.Count(f.log.String(), "msg=reconnect_joined") == joined })
			}
			reconnect()
			reconnect()
			f.logged("msg=history_not_kept")
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			reconnect()
			f.logged("msg=history_kept_again")
			eventually(t, "an entry", func() bool { return strings.Contains(read(t, file), `"kind":"reconnect"`) })
			if n := strings.Count(f.log.String(), "msg=history_not_kept"); n != 1 {
				t.Errorf("told %d times", n)
			}
		})
	}
}
