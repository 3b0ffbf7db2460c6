package cli

import (
	"bytes"
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/settings"
)

func TestResultTellsOfTheServer(t *testing.T) {
	for _, test := range []struct {
		result    control.ReconnectResult
		wait      bool
		code      Code
		out, said string
	}{
		{control.ReconnectResult{OK: true, Server: "ready", Seconds: 1}, true, OK, "in game after 1.0 s\n", ""},
		{control.ReconnectResult{OK: true, Server: "down", Seconds: 1}, true, OK, "in game after 1.0 s\n", "altv-tray: the server seemed to be down\n"},
		{control.ReconnectResult{OK: true, Server: "ready"}, false, OK, "accepted\n", ""},
		{control.ReconnectResult{OK: true, Server: "down"}, false, OK, "accepted\n", "altv-tray: the server seems to be down\n"},
		{control.ReconnectResult{TimedOut: true, Server: "down"}, true, TimedOut, "", "altv-tray: the server seems to be down\naltv-tray: not reconnected within 1m0s\n"},
		{control.ReconnectResult{TimedOut: true, Server: monitor.ServerStarting.String()}, false, TimedOut, "", "altv-tray: not reconnected within 1m0s\n"},
	} {
		var out, said bytes.Buffer
		e := Env{Stdout: &out, Stderr: &said}
		code := e.reportResult(test.result, settings.Profile{Name: "default"}, test.wait, time.Minute)
		if code != test.code || out.String() != test.out || said.String() != test.said {
			t.Errorf("%+v, waited %t: exit %d, printed %q, said %q", test.result, test.wait, code, out.String(), said.String())
		}
	}
}
