package tray

import (
	"context"
	"sync"

	"altv-tray/tray/action"
)

// fakeDialogs answers as the test says.
type fakeDialogs struct {
	mu       sync.Mutex
	folder   string // empty: it is closed
	password func(ctx context.Context, question string) (string, error)
	confirm  func(ctx context.Context, question string) error
	asked    []string // what was asked
}

func (d *fakeDialogs) Password(ctx context.Context, title, question string) (string, error) {
	d.mu.Lock()
	d.asked = append(d.asked, title+" "+question)
	answer := d.password
	d.mu.Unlock()
	return answer(ctx, question)
}

func (d *fakeDialogs) Confirm(ctx context.Context, question, yes string) error {
	d.mu.Lock()
	d.asked = append(d.asked, question+" "+yes)
	answer := d.confirm
	d.mu.Unlock()
	return answer(ctx, question)
}

func (d *fakeDialogs) Folder(_ context.Context, title string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, title)
	if d.folder == "" {
		return "", action.ErrDismissed
	}
	return d.folder, nil
}

func (d *fakeDialogs) About(_ context.Context, title, text, further string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, title+"\n"+text+"\n"+further)
	return nil
}

func (d *fakeDialogs) questions() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.asked...)
}
