package action

import (
	"strings"
	"testing"

	"altv-tray/tray/doctor"
	"altv-tray/tray/lang"
)

func TestChecksText(t *testing.T) {
	text := checksText(lang.New("en"), []doctor.Check{
		{ID: "a", Level: doctor.OK, Text: "All is well."},
		{ID: "b", Level: doctor.Warning, Text: "This may fail.", Advice: "Do that."},
		{ID: "c", Level: doctor.Failure, Text: "This fails.", Advice: "Do this."},
	})
	want := "Failure: This fails.\nWhat to do: Do this.\n\nWarning: This may fail.\nWhat to do: Do that.\n\n"
	if !strings.HasPrefix(text, want) || strings.Contains(text, "All is well") || !strings.Contains(text, "1 check passed") {
		t.Errorf("%q", text)
	}
}
