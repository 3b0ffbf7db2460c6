package control

import (
	"encoding/json"
	"testing"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// What the tray app has read on the debug port comes to the commands as it is.
func TestReportGivesTheReading(t *testing.T) {
	readings := []debugport.Reading{
		{},
		{Outcome: debugport.UnknownWord, Word: "PAUSED"},
		{Outcome: debugport.NotRunning},
		{Outcome: debugport.NoAnswer, Why: problem.PortTooLate},
		{Outcome: debugport.NotAltV, Why: problem.PortHTTPCode, HTTP: 404},
	}
	for _, s := range debugport.Statuses() {
		readings = append(readings, debugport.Reading{Outcome: debugport.Known, Status: s})
	}
	for _, want := range readings {
		text, err := json.Marshal(NewReport(monitor.Snapshot{Client: want}, "127.0.0.1:9223", "1.0.0", true, error.Error))
		if err != nil {
			t.Fatal(err)
		}
		if got := decode[Report](t, string(text)).Reading(); got != want {
			t.Errorf("%+v comes as %+v", want, got)
		}
	}
}
