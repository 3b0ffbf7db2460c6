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

// Screen keeps the icon in the panel: it waits for a desktop, shows the scenes, and has clicked
// rows done. All fields must be set; tests replace some.
type Screen struct {
	Panel   Panel
	Scenes  *live.Value[view.Scene]
	Do      func(action.Action)
	Log     *slog.Logger
	Warn    func(what string, err error) // for the terminal and the log
	LastTry bool                         // goes on without an icon where the panel never becomes ready
	Connect func() error                 // as the function of that name
	Theme   func() assets.Theme          // as TaskbarTheme

	failed bool // the panel never became ready
}

const (
	// busRetry is how often a session bus is looked for where there is none.
	busRetry = 5 * time.Second
	// limit is how long a panel may take to be ready for the menu.
	limit = 10 * time.Second
	// themeEvery is how often the taskbar's theme is looked at, where there is one.
	themeEvery = time.Second
)

// Run shows the icon until ctx ends, on the main goroutine, as the panel needs. Problems are
// reported, and it goes on without an icon.
//
// It returns true at once if the panel never becomes ready, which a new process may mend:
// Windows refuses an icon while its taskbar is starting, and systray does not retry.
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
	tasks.Go(func() { s.await(ctx, cancel, ready) })
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
	cancel()
	tasks.Wait()
	return s.failed
}

// await ends the panel with ctx, and ends Run if the panel never becomes ready.
func (s *Screen) await(ctx context.Context, cancel func(), ready <-chan struct{}) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-ready:
		if !HasTray() {
			s.Warn("no_tray", noTray(nil))
		}
	case <-timer.C:
		s.Warn("panel_not_ready", errors.New("the system tray did not take the icon; the commands work without it"))
		if !s.LastTry {
			s.failed = true
			cancel()
		}
	case <-ctx.Done():
		// Quit before the panel is up would be lost.
		select {
		case <-ready:
		case <-timer.C:
		}
	}
	<-ctx.Done()
	s.Panel.Quit()
}

// awaitDesktop says why there is no icon and waits for a desktop; false if ctx ends first.
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

// noTray says that there is no icon for now, and what helps.
func noTray(cause error) error {
	const text = "no system tray was found, so there is no icon until one appears; it works all the same, and the commands do (see `altv-tray --help`). GNOME needs its AppIndicator extension"
	if cause == nil {
		return errors.New(text)
	}
	return fmt.Errorf(text+" (%w)", cause)
}

// Draw is what Run does once the panel is ready. Its goroutine is the only one that changes what
// the panel shows; nothing on it may take long.
func (s *Screen) Draw(ctx context.Context, shown view.View) {
	changed, stop := s.Scenes.Follow()
	defer stop()
	timer := time.NewTimer(0)
	defer timer.Stop()
	theme := s.Theme()
	var look <-chan time.Time
	if theme != assets.Both {
		look = beat.After(themeEvery)
	}
	painter := view.Painter{Shown: shown}
	for {
		select {
		case <-ctx.Done():
			return
		case <-look:
			theme, look = s.Theme(), beat.After(themeEvery)
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
