package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/tray/notify/notifytest"
	"altv-tray/tray/view"
)

// notifying runs a Queue in a bubble of its own.
func notifying(t *testing.T, f *notifytest.Teller, do func(n *Queue, log *notifytest.Log)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var log notifytest.Log
		n := New(f.Tell, log.Logger())
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); n.Run(ctx) }()
		do(n, &log)
		cancel()
		<-ended
	})
}

func TestNoticesAreToldOneByOne(t *testing.T) {
	f := &notifytest.Teller{Act: func(view.Notice) error { <-time.After(time.Second); return nil }}
	notifying(t, f, func(n *Queue, log *notifytest.Log) {
		for _, title := range []string{"a", "b", "c"} {
			n.Add(view.Notice{Title: title, Body: "b"})
		}
		<-time.After(1500 * time.Millisecond)
		if got := f.Titles(); !slices.Equal(got, []string{"a", "b"}) {
			t.Errorf("after 1.5 s: %v", got)
		}
		<-time.After(2 * time.Second)
		if got := f.Titles(); !slices.Equal(got, []string{"a", "b", "c"}) || f.Most() != 1 {
			t.Errorf("%v, %d at once", got, f.Most())
		}
		if strings.Count(log.String(), "msg=notified") != 3 {
			t.Errorf("the log says:\n%s", log)
		}
	})
}

func TestHangingDesktopHoldsNothingUp(t *testing.T) {
	release := make(chan struct{})
	f := &notifytest.Teller{}
	notifying(t, f, func(n *Queue, log *notifytest.Log) {
		release = make(chan struct{}) // of this bubble
		f.Act = func(view.Notice) error { <-release; return nil }
		n.Add(view.Notice{Title: "hangs"})
		synctest.Wait()
		begun := time.Now()
		for i := range 100 {
			n.Add(view.Notice{Title: fmt.Sprint(i)})
		}
		if time.Since(begun) != 0 {
			t.Error("Add waited")
		}
		<-time.After(noticeLimit + time.Second)
		if !strings.Contains(log.String(), "notification_hangs") {
			t.Errorf("nothing is logged of it:\n%s", log)
		}
		<-time.After(time.Hour)
		if got := f.Titles(); len(got) != 1 {
			t.Errorf("told while one hangs: %v", got)
		}
		close(release)
		synctest.Wait()
		// The newest were kept.
		if got := f.Titles(); !slices.Equal(got, []string{"hangs", "96", "97", "98", "99"}) {
			t.Errorf("afterwards: %v", got)
		}
		if got := strings.Count(log.String(), "notification_dropped"); got != 96 {
			t.Errorf("%d are logged as dropped, want 96", got)
		}
	})
}

func TestEndDoesNotWaitForAHangingDesktop(t *testing.T) {
	for _, after := range []time.Duration{time.Second, time.Minute} {
		release := make(chan struct{})
		f := &notifytest.Teller{}
		var begun time.Time
		synctest.Test(t, func(t *testing.T) {
			release = make(chan struct{})
			f.Act = func(view.Notice) error { <-release; return nil }
			n := New(f.Tell, (&notifytest.Log{}).Logger())
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() { defer close(ended); n.Run(ctx) }()
			n.Add(view.Notice{Title: "hangs"})
			<-time.After(after)
			begun = time.Now()
			cancel()
			<-ended
			if time.Since(begun) != 0 {
				t.Errorf("it took %v to end", time.Since(begun))
			}
			close(release)
		})
	}
}

func TestPanickingDesktopIsSurvived(t *testing.T) {
	f := &notifytest.Teller{Act: func(n view.Notice) error {
		switch n.Title {
		case "panics":
			panic("nil connection")
		case "fails":
			return errors.New("no server")
		}
		return nil
	}}
	notifying(t, f, func(n *Queue, log *notifytest.Log) {
		n.Add(view.Notice{Title: "panics"})
		n.Add(view.Notice{Title: "fails"})
		n.Add(view.Notice{Title: "works"})
		synctest.Wait()
		if got := f.Titles(); !slices.Equal(got, []string{"panics", "fails", "works"}) {
			t.Errorf("%v", got)
		}
		for _, want := range []string{"nil connection", "no server", "msg=notified title=works"} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("the log does not say %q:\n%s", want, log)
			}
		}
	})
}

func TestSameNoticeWithinAMinuteIsDropped(t *testing.T) {
	f := &notifytest.Teller{}
	notifying(t, f, func(n *Queue, _ *notifytest.Log) {
		same, other := view.Notice{Title: "same", Body: "x"}, view.Notice{Title: "same", Body: "y"}
		n.Add(same)
		n.Add(same)
		synctest.Wait()
		n.Add(same)
		n.Add(other) // it differs in its body
		<-time.After(time.Minute - time.Nanosecond)
		n.Add(same)
		synctest.Wait()
		if got := f.Titles(); len(got) != 2 {
			t.Errorf("within a minute: %v", got)
		}
		<-time.After(time.Nanosecond)
		n.Add(same)
		synctest.Wait()
		if got := f.Titles(); len(got) != 3 {
			t.Errorf("after a minute: %v", got)
		}
		n.AddAlways(same) // somebody waits for it
		synctest.Wait()
		if got := f.Titles(); len(got) != 4 {
			t.Errorf("answered: %v", got)
		}
		<-time.After(2 * time.Minute)
		n.Add(view.Notice{Title: "cleans up"})
		if len(n.added) != 1 {
			t.Errorf("%d notices are remembered after their minute", len(n.added))
		}
	})
}

// A removal comes after the notice that it removes, and is no news for the log.
func TestRemovalComesLast(t *testing.T) {
	release := make(chan struct{})
	f := &notifytest.Teller{}
	notifying(t, f, func(n *Queue, log *notifytest.Log) {
		release = make(chan struct{}) // of this bubble
		f.Act = func(view.Notice) error { <-release; return nil }
		n.AddAlways(countdown(1))
		synctest.Wait() // it is with the desktop
		n.AddAlways(countdown(2))
		n.AddAlways(view.Notice{Title: "other"})
		n.AddAlways(view.Removal(view.CountdownTag))
		close(release)
		synctest.Wait()
		if got := f.Titles(); !slices.Equal(got, []string{"Reconnecting", "Reconnecting", "other", ""}) || f.All()[3] != view.Removal(view.CountdownTag) {
			t.Errorf("%q", got)
		}
		if got := strings.Count(log.String(), "msg=notified"); got != 3 {
			t.Errorf("%d are logged:\n%s", got, log)
		}
	})
}
