package history

import (
	"fmt"
	"io"
	"time"

	"github.com/guptarohit/asciigraph"
)

const (
	chartPoints = 40
	chartHeight = 8
)

// Chart draws how long the last reconnects took, up to 40, newest at the right,
// in English and within 80 columns. It leaves out those that failed: how long
// they took says nothing of how long one waits for the game. Where there is none
// to draw it writes a line that says so.
func Chart(w io.Writer, entries []Entry) error {
	var seconds []float64
	for i := len(entries) - 1; i >= 0 && len(seconds) < chartPoints; i-- {
		if e := entries[i]; e.Kind == Reconnect && e.Joined {
			seconds = append([]float64{e.Duration.Seconds()}, seconds...)
		}
	}
	if len(seconds) == 0 {
		_, err := fmt.Fprintln(w, "No reconnect among these has got into the game, so there is no chart.")
		return err
	}
	caption := fmt.Sprintf("How long the last %d reconnects took", len(seconds))
	if len(seconds) == 1 {
		caption = "How long the one reconnect took"
		seconds = append(seconds, seconds[0]) // a line has two ends
	}
	_, err := fmt.Fprintf(w, "%s\n\n%s\n", caption, asciigraph.Plot(seconds,
		asciigraph.Height(chartHeight),
		asciigraph.LowerBound(0),
		asciigraph.UpperBound(1), // all below a second should look so
		asciigraph.YAxisValueFormatter(func(s float64) string { return took(time.Duration(s * float64(time.Second))) }),
	))
	return err
}
