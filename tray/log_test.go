package tray

import (
	"bytes"
	"log/slog"
	"sync"

	"altv-tray/tray/view"
)

// logText is a log to look into.
type logText struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logText) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

// teller is a desktop that notes what it was told and does as act says.
type teller struct {
	mu    sync.Mutex
	all   []view.Notice
	inUse int
	most  int // calls at once
	act   func(n view.Notice) error
}

func (f *teller) tell(n view.Notice) error {
	f.mu.Lock()
	f.all = append(f.all, n)
	f.inUse++
	f.most = max(f.most, f.inUse)
	act := f.act
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.inUse--
	}()
	if act != nil {
		return act(n)
	}
	return nil
}

func (f *teller) titles() (all []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, n := range f.all {
		all = append(all, n.Title)
	}
	return all
}
