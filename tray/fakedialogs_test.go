package tray

import (
	"context"
	"strings"
	"sync"

	"altv-tray/tray/action"
)

// fakeDialogs answers as the test says.
type fakeDialogs struct {
	mu       sync.Mutex
	folder   string // empty: it is closed
	password func(ctx context.Context, question string) (string, error)
	asked    []string // what was asked
}

func (d *fakeDialogs) ask(ctx context.Context, q action.Question) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, strings.TrimSpace(q.Title+"\n"+q.Text+"\n"+q.Yes))
	switch {
	case q.Kind == action.AskPassword:
		answer := d.password
		d.mu.Unlock()
		defer d.mu.Lock()
		return answer(ctx, q.Text)
	case q.Kind == action.AskFolder && d.folder == "":
		return "", action.ErrDismissed
	}
	return d.folder, nil
}

func (d *fakeDialogs) questions() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.asked...)
}
