package cli

import (
	"context"

	"altv-tray/monitor/history"
)

// History prints the last sessions, restarts and reconnects.
type History struct {
	JSON bool `help:"Print them as JSON."`
	Last int  `help:"How many to print." short:"n" default:"20" placeholder:"N"`
}

func (c History) Validate() error { return positive("--last", c.Last) }

func (c History) Run(_ context.Context, e *Env) Code {
	entries, err := history.Last(e.Paths.StateDir, c.Last)
	switch {
	case err != nil:
	case c.JSON:
		e.json(append([]history.Entry{}, entries...)) // an empty array, not null
	default:
		err = history.Table(e.Stdout, entries)
	}
	return e.report(Wrong, err)
}
