package history

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Table writes a row for each entry that is not a State, in the given order, in
// English. Times are in now's time zone, and as short as now allows. Without an
// entry it writes a line that says so.
func Table(w io.Writer, entries []Entry, now time.Time) error {
	entries = slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Kind.State() })
	if len(entries) == 0 {
		_, err := fmt.Fprintln(w, "No sessions, restarts or reconnects have been seen yet.")
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	// The profile's name stands last: tabwriter takes a Chinese letter for one
	// column, and a terminal gives it two.
	fmt.Fprintln(table, "ENDED\tWHAT\tTOOK\tCAUSE\tRESULT\tPROFILE")
	for _, e := range entries {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", ended(e.At, now), e.Kind, took(e.Duration), words(e.Cause), result(e), e.Profile)
	}
	return table.Flush()
}

func ended(at, now time.Time) string {
	at = at.In(now.Location())
	switch {
	case at.Format(time.DateOnly) == now.Format(time.DateOnly):
		return at.Format(time.TimeOnly)
	case at.Year() == now.Year():
		return at.Format("Jan _2 15:04")
	}
	return at.Format(time.DateOnly)
}

// took writes a duration in its two largest units, or in seconds.
func took(d time.Duration) string {
	switch s := int64(d.Round(time.Second) / time.Second); {
	case d < 9950*time.Millisecond:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 60*60:
		return fmt.Sprintf("%dm%02ds", s/60, s%60)
	case s < 24*60*60:
		return fmt.Sprintf("%dh%02dm", s/60/60, s/60%60)
	default:
		return fmt.Sprintf("%dd%02dh", s/24/60/60, s/60/60%24)
	}
}

func result(e Entry) string {
	switch {
	case e.Kind == Restart:
		return "ready"
	case e.Kind == Session && e.Reason == "":
		return "left"
	case e.Joined && e.Attempts > 1:
		return fmt.Sprintf("joined at try %d", e.Attempts)
	case e.Joined:
		return "joined"
	case e.Reason == "":
		return "failed"
	}
	return words(e.Reason)
}

// words makes words of a name for JSON; a dash where there is none.
func words(name string) string {
	if name == "" {
		return "-"
	}
	return strings.ReplaceAll(name, "_", " ")
}
