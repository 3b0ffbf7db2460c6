package settings

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// patience is how long a test waits for what will come. The requirement is a
// second; a busy machine gets more.
const patience = 10 * time.Second

// watched is a Store that watches until the test's end.
type watched struct {
	*Store
	changed <-chan struct{}
	looks   chan struct{}
}

func watchStore(t *testing.T, file string, adjust func(*Store)) watched {
	t.Helper()
	s := mustOpen(t, file, "")
	s.settle, s.poll = 30*time.Millisecond, time.Hour
	looks := make(chan struct{}, 1000)
	s.looked = func() { looks <- struct{}{} }
	if adjust != nil {
		adjust(s)
	}
	changed, cancel := s.Subscribe()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Watch(ctx) }()
	t.Cleanup(func() {
		stop()
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Watch: %v", err)
		}
	})
	w := watched{s, changed, looks}
	w.look(t)
	return w
}

// look waits until the file was looked at once more.
func (w watched) look(t *testing.T) {
	t.Helper()
	select {
	case <-w.looks:
	case <-time.After(patience):
		t.Fatal("the file was not looked at")
	}
}

// until waits for notices until the condition holds.
func (w watched) until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	limit := time.After(patience)
	for !holds() {
		select {
		case <-w.changed:
		case <-limit:
			t.Fatalf("not %s: %v, %+v", what, w.Problem(), w.Current())
		}
	}
}

func (w watched) untilLanguage(t *testing.T, want Language) {
	t.Helper()
	w.until(t, string(want), func() bool { return w.Current().Language == want && w.Problem() == nil })
}

func TestWatch(t *testing.T) {
	file := fileWith(t, "language = 'de'")
	w := watchStore(t, file, nil)

	put(t, file, "language = 'ru'")
	w.untilLanguage(t, LanguageRussian)

	// As editors do: write another file and rename it.
	put(t, file+"~", "language = 'en'")
	if err := os.Rename(file+"~", file); err != nil {
		t.Fatal(err)
	}
	w.untilLanguage(t, LanguageEnglish)

	// Broken: the last ones stay.
	put(t, file, "language = 'fr'")
	w.until(t, "told of the problem", func() bool { return w.Problem() != nil })
	if got := w.Current().Language; got != LanguageEnglish {
		t.Errorf("language is %s with a broken file", got)
	}

	// Mended to what is in force: the problem's end is told.
	put(t, file, "language = 'en' # mended")
	w.untilLanguage(t, LanguageEnglish)

	// Deleted: the defaults.
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	w.untilLanguage(t, LanguageAuto)

	put(t, file, "language = 'de'")
	w.untilLanguage(t, LanguageGerman)

	// Emptied: the defaults.
	put(t, file, "")
	w.untilLanguage(t, LanguageAuto)

	// A folder in its place: the last ones stay.
	put(t, file, "language = 'de'")
	w.untilLanguage(t, LanguageGerman)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(file, 0o700); err != nil {
		t.Fatal(err)
	}
	w.until(t, "told of the folder", func() bool { return w.Problem() != nil && strings.Contains(w.Problem().Error(), "folder") })
}

func TestWatchNothingNew(t *testing.T) {
	const text = "language = 'de'"
	file := fileWith(t, text)
	w := watchStore(t, file, nil)
	for _, same := range []string{text, text + " # a comment more", text} {
		put(t, file, same)
		w.look(t)
	}
	if err := w.Set("language", LanguageGerman); err != nil {
		t.Fatal(err)
	}
	if err := w.Set("notifications.ready", false); err != nil {
		t.Fatal(err)
	}
	<-w.changed // Set's own
	w.look(t)
	if len(w.changed) != 0 {
		t.Error("told of a change that is none")
	}
}

func TestWatchMakesFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a", "altv-tray", "settings.toml")
	w := watchStore(t, file, nil)
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file was made: %v", err)
	}
	put(t, file, "language = 'de'")
	w.untilLanguage(t, LanguageGerman)
}

func TestWatchLinkToAnotherFolder(t *testing.T) {
	target := fileWith(t, "language = 'de'")
	file := filepath.Join(t.TempDir(), "settings.toml")
	symlink(t, target, file)
	w := watchStore(t, file, nil)

	put(t, target, "language = 'ru'")
	w.untilLanguage(t, LanguageRussian)
	if err := w.Set("language", LanguageEnglish); err != nil {
		t.Fatal(err)
	}
	w.untilLanguage(t, LanguageEnglish)
	if content(t, target) != "language = \"en\"" {
		t.Errorf("the target has %s", content(t, target))
	}

	// Led elsewhere: the new target is watched then.
	target = fileWith(t, "language = 'ru'")
	symlink(t, target, file+"~")
	if err := os.Rename(file+"~", file); err != nil {
		t.Fatal(err)
	}
	w.untilLanguage(t, LanguageRussian)
	put(t, target, "language = 'zh-Hans'")
	w.untilLanguage(t, LanguageChinese)
}

func TestWatchFolderGone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "altv-tray")
	file := filepath.Join(folder, "settings.toml")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, file, "language = 'de'")
	w := watchStore(t, file, func(s *Store) { s.poll = 20 * time.Millisecond })
	for _, gone := range []func() error{
		func() error { return os.RemoveAll(folder) },
		func() error { return os.Rename(folder, folder+" moved") },
	} {
		if err := gone(); err != nil {
			t.Fatal(err)
		}
		w.untilLanguage(t, LanguageAuto)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		put(t, file, "language = 'ru'")
		w.untilLanguage(t, LanguageRussian)
		put(t, file, "language = 'de'")
		w.untilLanguage(t, LanguageGerman)
	}
}

// Without anything reported the file is looked at every two seconds.
func TestWatchPolls(t *testing.T) {
	file := fileWith(t, "language = 'de'")
	synctest.Test(t, func(t *testing.T) {
		s := mustOpen(t, file, "")
		s.newWatcher = func() (*fsnotify.Watcher, error) { return nil, errors.New("too many watches") }
		changed, cancel := s.Subscribe()
		defer cancel()
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- s.Watch(ctx) }()
		synctest.Wait()
		time.Sleep(10 * time.Second) // the bubble's clock
		if len(changed) != 0 {
			t.Error("told of a change that is none")
		}
		put(t, file, "language = 'ru'")
		begin := time.Now()
		<-changed
		if s.Current().Language != LanguageRussian {
			t.Errorf("got %+v", s.Current())
		}
		if took := time.Since(begin); took > 2100*time.Millisecond {
			t.Errorf("took %v", took)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// What the system reports is trusted, but not for ever.
func TestWatchPace(t *testing.T) {
	s := mustOpen(t, fileWith(t, ""), "")
	w := s.listen()
	defer w.close()
	if got := s.pace(w); w.err != nil || got != 10*time.Second {
		t.Errorf("looks every %v while the folder is watched (%v)", got, w.err)
	}
	if got := s.pace(&watch{err: errors.New("too many watches")}); got != 2*time.Second {
		t.Errorf("looks every %v while it is not", got)
	}
}

// A file that is seen half-written gets its time to be finished.
func TestWatchSettles(t *testing.T) {
	file := fileWith(t, "language = 'de'")
	synctest.Test(t, func(t *testing.T) {
		s := mustOpen(t, file, "")
		s.newWatcher = func() (*fsnotify.Watcher, error) { return nil, errors.New("too many watches") }
		changed, cancel := s.Subscribe()
		defer cancel()
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- s.Watch(ctx) }()
		time.Sleep(time.Second)
		put(t, file, "language = 'r")
		time.Sleep(time.Second + s.settle/2) // just after the look
		put(t, file, "language = 'ru'")
		<-changed
		if s.Problem() != nil || s.Current().Language != LanguageRussian {
			t.Errorf("told of a file half-written: %v", s.Problem())
		}
		stop()
		<-done
	})
}

// A file that is emptied and then written, as many an editor does it, is not
// empty in between; one that stays so is.
func TestWatchEmptied(t *testing.T) {
	file := fileWith(t, "language = 'de'")
	synctest.Test(t, func(t *testing.T) {
		s := mustOpen(t, file, "")
		s.newWatcher = func() (*fsnotify.Watcher, error) { return nil, errors.New("too many watches") }
		changed, cancel := s.Subscribe()
		defer cancel()
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- s.Watch(ctx) }()
		for _, away := range []func(){
			func() { put(t, file, "") },
			func() { _ = os.Remove(file) },
		} {
			time.Sleep(s.poll / 2)
			away()
			time.Sleep(s.poll/2 + s.settle + emptyFor/2) // it has been seen so
			put(t, file, "language = ")
			<-changed
			if s.Problem() == nil || s.Current().Language != LanguageGerman {
				t.Errorf("%q in force, problem %v", s.Current().Language, s.Problem())
			}
			put(t, file, "language = 'de'")
			<-changed
		}
		put(t, file, "")
		<-changed
		if s.Problem() != nil || s.Current().Language != LanguageAuto {
			t.Errorf("an empty file: %q in force, problem %v", s.Current().Language, s.Problem())
		}
		stop()
		<-done
	})
}

func TestWatchWithoutFolder(t *testing.T) {
	s := mustOpen(t, filepath.Join(fileWith(t, ""), "altv-tray", "settings.toml"), "")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := s.Watch(ctx); err == nil {
		t.Error("no error where the folder cannot be made")
	}
}
