// Package notifytest has what tests of notifications look into: a log, and a
// desktop that is not real.
package notifytest

import (
	"bytes"
	"log/slog"
	"slices"
	"sync"

	"altv-tray/tray/view"
)

// Log is a log to look into. The zero value is empty.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Logger returns a logger that writes to it.
func (l *Log) Logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

// Teller stands for a desktop. It records the notices that it shows.
type Teller struct {
	Act func(n view.Notice) error // called for each; nil: nothing. Set it before the first

	mu    sync.Mutex
	all   []view.Notice
	inUse int
	most  int
}

// Tell shows a notice.
func (f *Teller) Tell(n view.Notice) error {
	f.mu.Lock()
	f.all = append(f.all, n)
	f.inUse++
	f.most = max(f.most, f.inUse)
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.inUse--
	}()
	if f.Act != nil {
		return f.Act(n)
	}
	return nil
}

// All returns the notices so far.
func (f *Teller) All() []view.Notice {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.all)
}

// Titles returns the titles of All.
func (f *Teller) Titles() (all []string) {
	for _, n := range f.All() {
		all = append(all, n.Title)
	}
	return all
}

// Most returns how many calls there were at once.
func (f *Teller) Most() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.most
}
