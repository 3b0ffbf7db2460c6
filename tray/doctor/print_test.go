package doctor

import (
	"errors"
	"strings"
	"testing"

	"altv-tray/tray/lang"
)

func TestPrint(t *testing.T) {
	long := "/home/somebody/.config/altv-tray/a-folder-with-a-very-long-name/settings.toml"
	checks := []Check{
		{ID: "settings", Level: OK, Text: "They are in force: " + long},
		{ID: "client_running", Level: Failure, Text: "alt:V is not running.", Advice: "Start alt:V. This advice is so long that it takes a second line in a terminal."},
		{ID: "server_config", Level: Warning, Text: "Profile “default” names no server folder, so nothing can be seen of it here.", Advice: "Set folder."},
	}
	const wide = `ok       Settings file  They are in force:
                        /home/somebody/.config/altv-tray/a-folder-with-a-very-long-name/settings.toml
failure  alt:V          alt:V is not running.
                        > Start alt:V. This advice is so long that it takes a
                          second line in a terminal.
warning  Server folder  Profile “default” names no server folder, so nothing can
                        be seen of it here.
                        > Set folder.

1 failure, 1 warning
`
	for screen, want := range map[Terminal]string{
		{Columns: 80}:               wide,
		{Columns: 80, Colour: true}: strings.NewReplacer("ok  ", "\x1b[32mok\x1b[0m  ", "failure  ", "\x1b[1;31mfailure\x1b[0m  ", "warning  ", "\x1b[33mwarning\x1b[0m  ").Replace(wide),
	} {
		var got strings.Builder
		if err := Print(&got, screen, checks); err != nil {
			t.Fatal(err)
		}
		if got.String() != want {
			t.Errorf("%+v: got\n%s\nwant\n%s", screen, got.String(), want)
		}
	}
}

type fullDisk struct{}

var errFull = errors.New("no space left")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestPrintFails(t *testing.T) {
	if err := Print(fullDisk{}, Terminal{Columns: 80}, nil); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

func TestSummary(t *testing.T) {
	p := lang.New("en")
	well, warning, failure := Check{Level: OK}, Check{Level: Warning}, Check{Level: Failure}
	for _, test := range []struct {
		checks []Check
		want   string
	}{
		{[]Check{well}, "All is well."},
		{[]Check{well, warning}, "1 warning"},
		{[]Check{failure, well, failure}, "2 failures"},
		{[]Check{warning, failure, warning}, "1 failure, 2 warnings"},
	} {
		if got := Summary(p, test.checks); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
