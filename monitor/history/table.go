package history

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Table writes a row in English for each entry that is not a state, or a line if there are none.
// Times are local.
func Table(w io.Writer, entries []Entry) error {
	entries = slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Kind.IsState() })
	if len(entries) == 0 {
		_, err := fmt.Fprintln(w, "No sessions, restarts or reconnects have been seen yet.")
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	// The profile's name is last: a Chinese letter takes two columns, but tabwriter counts one.
	fmt.Fprintln(table, "ENDED\tWHAT\tTOOK\tCAUSE\tRESULT\tPROFILE")
	for _, e := range entries {
		ended := e.At.Local().Format(time.DateTime)
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", ended, e.Kind, took(e.Duration), words(e.Cause), result(e), e.Profile)
	}
	return table.Flush()
}

// took formats a duration to the second, or below ten seconds to the tenth of a second.
func took(d time.Duration) string {
	if d < 10*time.Second {
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Second).String()
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

// words makes words of a name in JSON. An empty name becomes a dash.
func words(name string) string {
	if name == "" {
		return "-"
	}
	return strings.ReplaceAll(name, "_", " ")
}
