// Package panel is the tray: its icon and its menu.
package panel

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/beat"
	"altv-tray/monitor/live"
	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// Panel is a system tray. While Run blocks, one other goroutine may call Show and Clicks, and any may
// call Quit.
type Panel interface {
	// Run shows the icon until Quit is called. It must be called on the main goroutine. The first
	// Run calls ready when the menu can be built. An error means that the panel broke. After
	// ErrLost, Run may be called again when there is a desktop, and shows the newest view.
	Run(first view.View, ready func()) error
	// Show shows another view. It sends only what has changed to the desktop.
	Show(to *view.View)
	// Clicks receives the rows that were clicked.
	Clicks() <-chan view.RowID
	// Quit ends Run. It may be called more than once and before Run.
	Quit()
}

// ErrLost means that the connection to the desktop was lost.
var ErrLost = errors.New("the panel has gone")

// Screen keeps the icon in the panel: it waits for a desktop, shows the scenes, and does the actions of
// the rows that are clicked. All fields must be set; tests replace some.
type Screen struct {
	Panel   Panel
	Scenes  *live.Value[view.Scene]
	Do      func(action.Action)
	Log     *slog.Logger
	Warn    func(what string, err error) // reports a problem to the log and the terminal
	LastTry bool                         // go on without an icon if the panel does not become ready
	Connect func() error                 // Connect of this package
	Theme   func() assets.Theme          // TaskbarTheme
}

const (
	busRetry   = 5 * time.Second  // between two attempts to reach a session bus
	readyLimit = 10 * time.Second // for the panel to become ready for the menu
	themeEvery = time.Second      // between two looks at the taskbar's theme
)

// Run shows the icon until ctx ends. It must be called on the main goroutine. If there is no icon, it
// reports why and goes on without one.
//
// If the panel does not become ready, Run returns true, as a new process may succeed: Windows refuses
// an icon while its taskbar is starting, and systray does not try again.
func (s *Screen) Run(ctx context.Context) (failed bool) {
	started := time.Now()
	ctx, cancel := context.WithCancel(ctx)
	var tasks sync.WaitGroup
	defer tasks.Wait()
	defer cancel()
	if err := s.Connect(); err != nil && !s.awaitDesktop(ctx, err) {
		return false
	}
	scene := s.Scenes.Get()
	first, _ := view.Render(&scene, 0)
	first.Theme = s.Theme()
	ready := make(chan struct{})
	tasks.Go(func() { failed = s.await(ctx, cancel, ready) })
	run := func() error {
		return s.Panel.Run(first, func() {
			close(ready)
			s.Log.Info("panel_ready", "after", time.Since(started).Round(time.Millisecond))
			tasks.Go(func() { s.Draw(ctx, first) })
		})
	}
	err := run()
	for errors.Is(err, ErrLost) && s.awaitDesktop(ctx, err) {
		s.Log.Info("desktop_returned")
		err = run()
	}
	if err != nil && ctx.Err() == nil {
		s.Warn("panel_broke", fmt.Errorf("%w; altv-tray goes on without its icon, quit it with `kill %d`", err, os.Getpid()))
		<-ctx.Done()
	}
	return // await sets failed before the deferred Wait returns
}

// await quits the panel when ctx ends. If the panel does not become ready, await cancels ctx and returns
// true.
func (s *Screen) await(ctx context.Context, cancel func(), ready <-chan struct{}) (failed bool) {
	timer := time.NewTimer(readyLimit)
	defer timer.Stop()
	select {
	case <-ready:
		if !HasTray() {
			s.Warn("no_tray", noTray(nil))
		}
	case <-timer.C:
		s.Warn("panel_not_ready", errors.New("the system tray did not take the icon; the commands work without it"))
		if !s.LastTry {
			failed = true
			cancel()
		}
	case <-ctx.Done():
		// systray ignores Quit before it is ready.
		select {
		case <-ready:
		case <-timer.C:
		}
	}
	<-ctx.Done()
	s.Panel.Quit()
	return failed
}

// awaitDesktop reports why there is no icon, and waits for a desktop. It returns false if ctx ends first.
func (s *Screen) awaitDesktop(ctx context.Context, why error) bool {
	if ctx.Err() != nil {
		return false
	}
	s.Warn("no_tray", noTray(why))
	for {
		select {
		case <-time.After(busRetry):
			if s.Connect() == nil {
				return true
			}
		case <-ctx.Done():
			return false
		}
	}
}

// noTray returns the error that there is no icon for now, and what helps.
func noTray(cause error) error {
	const text = "no system tray was found, so there is no icon until one appears; it works all the same, and the commands do (see `altv-tray --help`). GNOME needs its AppIndicator extension"
	if cause == nil {
		return errors.New(text)
	}
	return fmt.Errorf(text+" (%w)", cause)
}

// Draw shows the scenes and handles the clicks. Its goroutine is the only one that changes what the
// panel shows, so nothing on it may take long.
func (s *Screen) Draw(ctx context.Context, shown view.View) {
	changed, stop := s.Scenes.Follow()
	defer stop()
	timer := time.NewTimer(0)
	defer timer.Stop()
	theme := s.Theme()
	var themeDue <-chan time.Time
	if theme != assets.Both {
		themeDue = beat.After(themeEvery)
	}
	painter := view.Painter{Shown: shown}
	for {
		select {
		case <-ctx.Done():
			return
		case <-themeDue:
			theme, themeDue = s.Theme(), beat.After(themeEvery)
		case id := <-s.Panel.Clicks():
			if a := painter.Shown.Rows[id].Action; a != nil {
				s.Do(a)
			}
		case <-changed:
		case <-timer.C:
		}
		scene := s.Scenes.Get()
		now := scene.Snap.TimeAt(time.Now())
		if painter.Paint(scene, theme, now) {
			s.Panel.Show(&painter.Shown)
		}
		timer.Stop()
		if painter.Next != monitor.Forever {
			timer.Reset(max(painter.Next-now, time.Millisecond))
		}
	}
}
