package history

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"golang.org/x/text/width"
)

// The widths that keep a row within 80 columns.
const (
	causeWidth   = 14 // every cause has room
	reasonWidth  = 16 // every reason has room
	profileWidth = 10
)

// Table writes a row for each entry that is no State, in the given order, in English and within
// 80 columns. Times are told in now's time zone, and as short as now allows.
// Where there is no entry it writes a line that says so.
func Table(w io.Writer, entries []Entry, now time.Time) error {
	entries = slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Kind.State() })
	if len(entries) == 0 {
		_, err := fmt.Fprintln(w, "No sessions, restarts or reconnects have been seen yet.")
		return err
	}
	var text bytes.Buffer
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	// The profile's name stands last: tabwriter takes a Chinese letter for one
	// column, and a terminal gives it two.
	fmt.Fprintln(table, "ENDED\tWHAT\tTOOK\tCAUSE\tRESULT\tPROFILE")
	for _, e := range entries {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", ended(e.At, now), e.Kind, took(e.Duration),
			fit(words(e.Cause), causeWidth), result(e), fit(e.Profile, profileWidth))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := w.Write(text.Bytes())
	return err
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

// took tells a duration in its two largest units, or in seconds.
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
	return fit(words(e.Reason), reasonWidth)
}

// words makes words of a name for JSON; a dash where there is none.
func words(name string) string {
	if name == "" {
		return "-"
	}
	return strings.ReplaceAll(name, "_", " ")
}

// fit cuts text to that many columns of a terminal, and keeps out of it what a
// terminal would obey.
func fit(text string, columns int) string {
	runes := []rune(text)
	used := 0
	for i, r := range runes {
		if !unicode.IsGraphic(r) {
			r = '?'
			runes[i] = r
		}
		n := 1
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n = 2
		}
		used += n
		if last := i == len(runes)-1; used > columns || used == columns && !last {
			return string(runes[:i]) + "…"
		}
	}
	return string(runes)
}
