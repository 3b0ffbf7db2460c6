package dashboard

import (
	"io/fs"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"altv-tray/monitor/history"
	"altv-tray/tray/view"
)

func TestNothingIsServedBeforeOpenAndAfterClose(t *testing.T) {
	before := goleak.IgnoreCurrent()
	f := newFixture(t)
	goleak.VerifyNone(t, before)
	address, token := f.enter()
	next, end := f.follow(address, token)
	var first struct{ Type string }
	if next(&first); first.Type != "now" {
		t.Errorf("the stream begins with %q", first.Type)
	}
	f.Close()
	f.Close()
	end()
	f.client.CloseIdleConnections()
	goleak.VerifyNone(t, before)
	if conn, err := net.Dial("tcp", address); err == nil {
		_ = conn.Close()
		t.Error("the port is still open")
	}
	if _, err := f.Open(""); err == nil {
		t.Error("it opens after its end")
	}
}

// Who has never reconnected is shown what is left to set up.
func TestFirstStartIsShownTheSetUp(t *testing.T) {
	f := newFixture(t)
	for _, c := range []struct {
		section string
		last    history.Kind
		want    string
	}{{"", history.Reconnect, ""}, {"", "", "&section=setup"}, {"log", "", "&section=log"}} {
		f.scenes.Update(func(sc *view.Scene) { sc.Last.Kind = c.last })
		address, err := f.Open(c.section)
		if _, section, _ := strings.Cut(address, "&"); err != nil || strings.TrimPrefix(c.want, "&") != section {
			t.Errorf("%+v: %s, %v", c, address, err)
		}
	}
}

func TestItEndsByItselfWhenNoPageComes(t *testing.T) {
	before := goleak.IgnoreCurrent()
	f := newFixture(t)
	f.linger = time.Millisecond
	f.open()
	f.ends.Wait()
	goleak.VerifyNone(t, before)
}

func TestItEndsWhenNoPageIsOpen(t *testing.T) {
	before := goleak.IgnoreCurrent()
	f := newFixture(t)
	address, token := f.enter()
	now := f.serving
	next, end := f.follow(address, token)
	var m struct{ Type string }
	next(&m)
	now.until = time.Now()
	if f.endIdle(now); f.serving != now {
		t.Fatal("it ends while a page is open")
	}
	end()
	for gone := false; !gone; {
		now.mu.Lock()
		gone = len(now.streams) == 0
		now.mu.Unlock()
	}
	if f.endIdle(now); f.serving != now {
		t.Fatal("it ends right after the page, which may be loading anew")
	}
	now.until = time.Now()
	f.endIdle(now)
	f.client.CloseIdleConnections()
	goleak.VerifyNone(t, before)

	again, _ := f.open()
	if again != address {
		t.Fatalf("it is at %s now, not at %s again", again, address)
	}
	if code := f.code(f.ask("GET", again, "/api/start", "", with(token))); code != http.StatusOK {
		t.Errorf("a page that slept gets %d", code)
	}
}

// A further page takes the place of the oldest, which is told so.
func TestOnlySoManyPagesAtATime(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	first, _ := f.follow(address, token)
	var m struct{ Type string }
	if first(&m); m.Type != "now" {
		t.Errorf("the stream begins with %q", m.Type)
	}
	for range maxStreams {
		next, _ := f.follow(address, token)
		if next(&m); m.Type != "now" {
			t.Errorf("another begins with %q", m.Type)
		}
	}
	if first(&m); m.Type != "replaced" {
		t.Errorf("the oldest is told %q", m.Type)
	}
	f.serving.mu.Lock()
	defer f.serving.mu.Unlock()
	if n := len(f.serving.streams); n != maxStreams {
		t.Errorf("%d pages", n)
	}
}

// The page is light: all its files together have at most 100 KB.
func TestPageIsLight(t *testing.T) {
	size := 0
	err := fs.WalkDir(page, ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			var text []byte
			text, err = fs.ReadFile(page, path)
			size += len(text)
		}
		return err
	})
	if err != nil || size == 0 || size > 100_000 {
		t.Errorf("it has %d bytes, %v", size, err)
	}
}
