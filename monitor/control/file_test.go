package control

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"altv-tray/monitor/problem"
)

func TestFileIsForItsOwnerAlone(t *testing.T) {
	s, dir := serving(t, nil)
	info, err := os.Lstat(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	a, err := read(dir)
	if err != nil || a.Address != s.at.Address || len(a.Token) < 52 || a.PID != os.Getpid() {
		t.Errorf("%+v, %v", a, err)
	}
	if !strings.HasPrefix(a.Address, "127.0.0.1:") {
		t.Errorf("it listens on %s", a.Address)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%v, %v: temporary files are left", entries, err)
	}
	other, _ := serving(t, nil)
	if other.at.Token == s.at.Token {
		t.Error("two servers have one token")
	}
}

// put writes a control.json.
func put(t *testing.T, dir, text string) string {
	t.Helper()
	name := filepath.Join(dir, FileName)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestFindWithoutATrayApp(t *testing.T) {
	if _, err := Find(t.TempDir()); !errors.Is(err, ErrNoTray) {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := Find(filepath.Join(t.TempDir(), "not", "there")); !errors.Is(err, ErrNoTray) {
		t.Errorf("no folder: %v", err)
	}
}

// A program that was killed leaves its file. Its port is then free.
func TestStaleFile(t *testing.T) {
	dir := t.TempDir()
	_, end := served(t, dir, nil)
	text, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	end()
	put(t, dir, string(text))
	if _, err := Find(dir); !errors.Is(err, ErrNoTray) {
		t.Errorf("%v", err)
	}
	// The next one takes its place, and is the one that is found.
	next := listen(t, dir, nil)
	c, err := Find(dir)
	if err != nil || c.at.Token != next.at.Token {
		t.Errorf("%v", err)
	}
}

// Another program may have been given the port since. It learns a token that is
// good for nothing, and what it says is not taken for the tray app's word.
func TestForeignProgramOnThePort(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"forbids":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
		"not found": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) },
		"a page":    func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>hello</html>") },
		"its own":   func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"ok":true}`) },
		"empty":     func(http.ResponseWriter, *http.Request) {},
		"fails":     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"redirects": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/snapshot" {
				http.Redirect(w, r, "/elsewhere", http.StatusFound)
				return
			}
			t.Error("a redirect was followed")
		},
		"silent":   func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"hangs up": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"endless": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write([]byte(strings.Repeat(" ", 1<<16))); err != nil {
					return
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			foreign := httptest.NewServer(answer)
			defer foreign.Close()
			dir := t.TempDir()
			text, err := json.Marshal(address{Address: foreign.Listener.Addr().String(), Token: "old"})
			if err != nil {
				t.Fatal(err)
			}
			put(t, dir, string(text))
			if c, err := Find(dir); err == nil {
				t.Errorf("found %+v", c.at)
			}
		})
	}
}

func TestFileThatIsNotTrusted(t *testing.T) {
	sound := `{"address":"127.0.0.1:1","token":"t","pid":1}`
	for name, text := range map[string]string{
		"empty": "", "half of it": sound[:20], "garbage": "\x00\xff", "no object": "[]", "another type": `{"address":1}`,
		"no address": "{}", "no port": `{"address":"127.0.0.1"}`, "far": `{"address":"192.0.2.1:80"}`, "a name": `{"address":"localhost:80"}`,
		"a far name": `{"address":"example.com:80"}`, "everywhere": `{"address":"0.0.0.0:80"}`, "user info": `{"address":"127.0.0.1@192.0.2.1:80"}`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := put(t, dir, text)
			_, err := Find(dir)
			if err == nil || errors.Is(err, ErrNoTray) || !strings.Contains(err.Error(), file) || problem.CodeOf(err) == "" {
				t.Errorf("%v", err)
			}
			// A tray app that starts is not held up by it.
			listen(t, dir, nil)
			if _, err := Find(dir); err != nil {
				t.Errorf("after the start: %v", err)
			}
		})
	}
}

func TestFileOfOtherKindsIsRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights and links are another matter there")
	}
	_, dir := serving(t, nil)
	file := filepath.Join(dir, FileName)
	for _, mode := range []os.FileMode{0o644, 0o640, 0o604, 0o620, 0o602, 0o666} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := Find(dir); err == nil || errors.Is(err, ErrNoTray) || problem.CodeOf(err) != problem.OthersRead {
			t.Errorf("mode %v: %v", mode, err)
		}
	}
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Find(dir); err != nil {
		t.Fatal(err)
	}
	linked := t.TempDir()
	if err := os.Symlink(file, filepath.Join(linked, FileName)); err != nil {
		t.Fatal(err)
	}
	if _, err := Find(linked); err == nil || problem.CodeOf(err) != problem.NotPlain {
		t.Errorf("a link: %v", err)
	}
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Find(folder); err == nil || problem.CodeOf(err) != problem.NotPlain {
		t.Errorf("a folder: %v", err)
	}
}

// A link that somebody put there is replaced, and what it points at left alone.
func TestListenDoesNotWriteThroughALink(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(t.TempDir(), "target")
	if err := os.WriteFile(target, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, filepath.Join(dir, FileName)); err != nil {
		if runtime.GOOS == "windows" {
			t.Skip(err) // links are only for some users there
		}
		t.Fatal(err)
	}
	listen(t, dir, nil)
	if text, err := os.ReadFile(target); err != nil || string(text) != "mine" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := Find(dir); err != nil {
		t.Error(err)
	}
}

func TestEndTakesAwayOnlyItsOwnFile(t *testing.T) {
	dir := t.TempDir()
	_, endOld := served(t, dir, nil)
	next, end := served(t, dir, nil)
	endOld()
	if c, err := Find(dir); err != nil || c.at.Token != next.at.Token {
		t.Fatalf("%v", err)
	}
	end()
	if _, err := os.Lstat(filepath.Join(dir, FileName)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is left: %v", err)
	}
}

func TestEndTakesAwayWhatOthersCanRead(t *testing.T) {
	dir := t.TempDir()
	_, end := served(t, dir, nil)
	file := filepath.Join(dir, FileName)
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	end()
	if _, err := os.Lstat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is left: %v", err)
	}
}

func TestKeepPutsBackWhatWasDeleted(t *testing.T) {
	s, dir := serving(t, nil)
	file := filepath.Join(dir, FileName)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	told := 0
	s.app.FileRestored = func() { told++ }
	s.keep()
	if _, err := Find(dir); err != nil {
		t.Error(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	s.keep()
	if _, err := Find(dir); err != nil {
		t.Error(err)
	}
	put(t, dir, "another's")
	s.keep()
	if text, err := os.ReadFile(file); err != nil || string(text) != "another's" {
		t.Errorf("%q, %v", text, err)
	}
	if told != 2 {
		t.Errorf("told %d times, want 2", told)
	}
}

// A folder in the file's place is somebody's: it stays, and the error names it.
func TestListenWhereAFolderIs(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, FileName)
	if err := os.Mkdir(file, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(dir, App{}); err == nil {
		t.Error("no error")
	} else if !strings.Contains(err.Error(), file) {
		t.Error(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 || !entries[0].IsDir() {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestListenWithoutAFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(filepath.Join(file, "below"), App{}); err == nil {
		t.Error("no error")
	} else if !strings.Contains(err.Error(), FileName) {
		t.Error(err)
	}
}
