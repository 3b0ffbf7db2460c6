package cli

import (
	"os"

	"golang.org/x/term"

	"altv-tray/tray/doctor"
)

// terminal is what standard output is: 80 columns without colours where it is no
// terminal, and none either for whom NO_COLOR (no-color.org) is set.
func (e *Env) terminal() doctor.Terminal {
	s := doctor.Terminal{Columns: 80}
	out, ok := e.Stdout.(*os.File)
	if !ok {
		return s
	}
	columns, _, err := term.GetSize(int(out.Fd()))
	if err != nil {
		return s
	}
	if columns > 0 { // some terminals do not know
		s.Columns = columns
	}
	s.Colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && takesColours(out)
	return s
}
