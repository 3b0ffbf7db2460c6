package settings

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/beat"
)

// watched is a Store that watches, in a bubble.
type watched struct {
	*Store
	changed <-chan struct{}
}

// watching runs a test in a bubble, with a Store that watches the file.
func watching(t *testing.T, file string, test func(t *testing.T, w watched)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := mustOpen(t, file, "")
		changed, cancel := s.Subscribe()
		defer cancel()
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { s.Watch(ctx); close(done) }()
		test(t, watched{s, changed})
		stop()
		<-done
	})
}

// within waits for a change, which has to come in that time.
func (w watched) within(t *testing.T, limit time.Duration) {
	t.Helper()
	select {
	case <-w.changed:
	case <-time.After(limit):
		t.Fatalf("no change within %v: %v, %+v", limit, w.Problem(), w.Current())
	}
}

// soon is how long an edit may take whose file looks as if it were still being
// written: by the bubble's clock it is of the future.
const soon = pollEvery + settleTime + time.Millisecond

func (w watched) wantLanguage(t *testing.T, want Language) {
	t.Helper()
	w.within(t, soon)
	if w.Current().Language != want || w.Problem() != nil {
		t.Fatalf("not %s: %v, %+v", want, w.Problem(), w.Current())
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func TestWatch(t *testing.T) {
	file := fileWith(t, "language = 'de'")
	watching(t, file, func(t *testing.T, w watched) {
		put(t, file, "language = 'ru'")
		w.wantLanguage(t, "ru")

		// As editors do: write another file and rename it.
		put(t, file+"~", "language = 'en'")
		rename(t, file+"~", file)
		w.wantLanguage(t, "en")

		// Broken: the last ones stay.
		put(t, file, "language = 'fr'")
		w.within(t, soon)
		if got := w.Current().Language; got != "en" || w.Problem() == nil {
			t.Errorf("language is %s with a broken file, problem %v", got, w.Problem())
		}

		// Mended to what is in force: the end of the problem is reported.
		put(t, file, "language = 'en' # mended")
		w.wantLanguage(t, "en")

		// Moved away with its folder, and back.
		rename(t, filepath.Dir(file), filepath.Dir(file)+"~")
		w.within(t, 2*time.Second)
		if got := w.Current().Language; got != LanguageAuto {
			t.Errorf("language is %s without a file", got)
		}
		rename(t, filepath.Dir(file)+"~", filepath.Dir(file))
		w.wantLanguage(t, "en")

		// A folder in its place: the last ones stay.
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(file, 0o700); err != nil {
			t.Fatal(err)
		}
		w.within(t, soon)
		if w.Problem() == nil || !strings.Contains(w.Problem().Error(), "folder") || w.Current().Language != "en" {
			t.Errorf("%v, %+v", w.Problem(), w.Current())
		}
	})
}

func TestWatchNothingNew(t *testing.T) {
	const text = "language = 'de'"
	file := fileWith(t, text)
	watching(t, file, func(t *testing.T, w watched) {
		for _, same := range []string{text, text + " # a comment more", text} {
			put(t, file, same)
			time.Sleep(time.Second) // the bubble's clock
		}
		if err := w.Set("language", "de"); err != nil {
			t.Fatal(err)
		}
		if err := w.Set("notifications.ready", false); err != nil {
			t.Fatal(err)
		}
		<-w.changed // Set's own
		time.Sleep(10 * time.Second)
		if len(w.changed) != 0 {
			t.Error("told of a change that is none")
		}
	})
}

// The file is read again only if a stat shows that it has changed, or cannot show it
// because the last change was too recent.
func TestWatchOnlyStats(t *testing.T) {
	file := fileWith(t, "language = 'de'")
	r := readFile(file)
	if r.unchanged(file) {
		t.Error("a file that was just written is trusted by its time")
	}
	r.written = time.Now().Add(-time.Hour)
	touch := func() {
		if err := os.Chtimes(file, r.written, r.written); err != nil {
			t.Fatal(err)
		}
	}
	touch()
	if !r.unchanged(file) {
		t.Error("a file that has not changed is read again")
	}
	put(t, file, "language = 'en'")
	if r.unchanged(file) {
		t.Error("another time is not noticed")
	}
	put(t, file, "language = 'en' ")
	touch()
	if r.unchanged(file) {
		t.Error("another size is not noticed")
	}
}

// A link is followed, also when it comes to lead elsewhere.
func TestWatchLinkToAnotherFolder(t *testing.T) {
	target := fileWith(t, "language = 'de'")
	other := fileWith(t, "language = 'zh-Hans'")
	file := filepath.Join(t.TempDir(), "settings.toml")
	symlink(t, target, file)
	symlink(t, other, file+"~")
	watching(t, file, func(t *testing.T, w watched) {
		put(t, target, "language = 'ru'")
		w.wantLanguage(t, "ru")
		if err := w.Set("language", "en"); err != nil {
			t.Fatal(err)
		}
		w.wantLanguage(t, "en")
		if content(t, target) != "language = \"en\"" {
			t.Errorf("the target has %s", content(t, target))
		}
		rename(t, file+"~", file)
		w.wantLanguage(t, "zh-Hans")
	})
}

// A file that is seen half-written gets its time to be finished.
func TestWatchSettles(t *testing.T) {
	file := fileWith(t, "language = 'de'")
	watching(t, file, func(t *testing.T, w watched) {
		put(t, file, "language = 'r")
		time.Sleep(pollEvery + settleTime/2) // just after the look
		put(t, file, "language = 'ru'")
		w.wantLanguage(t, "ru")
	})
}

// A file that was written well before the look takes effect with it.
func TestWatchTakesWhatIsSettledAtOnce(t *testing.T) {
	file := fileWith(t, "language = 'de'")
	watching(t, file, func(t *testing.T, w watched) {
		put(t, file, "language = 'ru'")
		if now := time.Now(); os.Chtimes(file, now, now) != nil {
			t.Fatal("its time cannot be set")
		}
		w.within(t, pollEvery+time.Millisecond)
		if got := w.Current().Language; got != "ru" {
			t.Errorf("the language is %s", got)
		}
	})
}

// A file that is emptied and then written, as many an editor does it, is not
// empty in between; one that stays so is.
func TestWatchEmptied(t *testing.T) {
	file := fileWith(t, "language = 'de'")
	watching(t, file, func(t *testing.T, w watched) {
		for _, away := range []func(){
			func() { put(t, file, "") },
			func() { _ = os.Remove(file) },
		} {
			away()
			time.Sleep(beat.Next(time.Now(), pollEvery) + settleTimeEmpty - time.Millisecond) // seen so meanwhile
			put(t, file, "language = ")
			w.within(t, soon)
			if w.Problem() == nil || w.Current().Language != "de" {
				t.Errorf("%q in force, problem %v", w.Current().Language, w.Problem())
			}
			put(t, file, "language = 'de'")
			w.wantLanguage(t, "de")
			time.Sleep(pollEvery)
		}
		put(t, file, "")
		w.within(t, pollEvery+settleTimeEmpty+time.Millisecond)
		if w.Problem() != nil || w.Current().Language != LanguageAuto {
			t.Errorf("an empty file: %q in force, problem %v", w.Current().Language, w.Problem())
		}
	})
}
