//go:build linux

package desktoptest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A client whose debug port serves one connection at a time still answers other tools and
// the commands while the app runs.
func TestDesktopOtherTools(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Port.Close()
	d.Port.OneAtATime = true
	d.Port.Reopen(t, "MAIN_MENU")
	d.Port.Script(Joins...)
	app := d.Start(t, "alt:V: Main menu")

	tool := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
	ask := func(want string) {
		t.Helper()
		for range 5 {
			begun := time.Now()
			resp, err := tool.Get("http://" + d.Port.Address + "/status")
			if err != nil {
				t.Errorf("another tool asks: %v", err)
				return
			}
			word, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			if err != nil || string(word) != want {
				t.Errorf("another tool gets %q, %v, want %s", word, err, want)
			}
			t.Logf("another tool had its answer after %v", time.Since(begun).Round(time.Millisecond))
			d.Port.WaitPolls(t, 1)
		}
	}
	command := func(want string, args ...string) Result {
		t.Helper()
		result := d.Env.Run(t, "", d.Program, args...)
		if !strings.Contains(result.Stdout, want) {
			t.Errorf("altv-tray %q: %v, want %q", args, result, want)
		}
		return result
	}
	ask("MAIN_MENU")
	command("MAIN_MENU\n", "status")
	command("in game after", "reconnect", "--wait")
	if sent := d.Port.Reconnects(); len(sent) != 1 || sent[0].Body != Password {
		t.Errorf("sent: %+v", sent)
	}
	ask("IN_GAME")
	command("IN_GAME\n", "status")
	command(`"status": "IN_GAME"`, "status", "--json")
	var report struct{ Checks []struct{ ID, Level string } }
	if err := json.Unmarshal([]byte(command("client_port", "doctor", "--json").Stdout), &report); err != nil {
		t.Error(err)
	}
	for _, c := range report.Checks {
		if c.ID == "client_port" && c.Level != "ok" {
			t.Errorf("the check of the debug port: %s", c.Level)
		}
	}
	if log := d.log(t); strings.Contains(log, "to=NO_ANSWER") {
		t.Errorf("the app got no answer meanwhile:\n%s", log)
	}
	d.CheckNoPanic(t, app)
	d.CheckNoPassword(t, app)
}
