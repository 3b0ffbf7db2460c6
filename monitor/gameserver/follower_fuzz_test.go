package gameserver

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// FuzzFollower plays a server that writes, restarts and replaces its log while
// it is looked at now and then. After each look the verdict is that of reading
// the whole file plainly; and no run of the server, and no change of mind within
// one, goes untold that had a look of its own.
func FuzzFollower(f *testing.F) {
	for _, deeds := range []string{
		"", "ss", "lslsl", "slrlslxl", "tltsl", "ablsalbsl", "sldlslmlsl", "slrsl", "pplsl", "slxslrrl", "bbbbbbbbsl", "slmslmsl", "dsl",
	} {
		f.Add([]byte(deeds), []byte("[chat] Server started\n"))
		f.Add([]byte(deeds), bytes.Repeat([]byte("x"), lineLimit))
	}
	folder := f.TempDir()
	path := filepath.Join(folder, "server.log")
	f.Fuzz(func(t *testing.T, deeds, chat []byte) {
		if len(deeds) > 64 || len(chat) > 4*lineLimit {
			return
		}
		_ = os.Remove(path)
		var told []logReport
		w := newFollower(folder)
		w.reader = bufio.NewReaderSize(nil, 3*lineLimit)
		var text []byte // what the file holds; nil: there is none
		run := 0        // runs of the server
		write := func(more string) {
			if text != nil {
				text = append(text, more...)
				put(t, path, text)
			}
		}
		// A real log's first line bears the time of day.
		begin := func() {
			run++
			text = fmt.Appendf(nil, "[12:00:%02d.%03d] begun\n", run/1000, run%1000)
			put(t, path, text)
		}
		runs, looks, runAtLook, last := 0, 0, 0, markNone
		for _, deed := range append(deeds, 'l') {
			switch deed {
			case 's':
				write("[12:00:01] Server started\r\n")
			case 'x':
				write("\x1b[31m[12:00:02] Server shutdown\x1b[0m\n")
			case 'p': // half a line
				write("[12:00:03] Server sta")
			case 'b':
				write(string(chat))
			case 'a':
				write("\n")
			case 't', 'r': // begun anew in the same file
				begin()
			case 'm': // another file in its place
				_ = os.Rename(path, path+".old")
				begin()
			case 'd':
				_ = os.Remove(path)
				text = nil
			case 'l':
				w.news = nil
				w.look()
				told = append(w.news, w.now)
				looks++
				if text == nil {
					if w.now.missing.Code == "" {
						t.Fatalf("%q: without a log it is %+v", deeds, w.now)
					}
					break
				}
				if run != runAtLook {
					if w.now.run != runs+1 {
						t.Fatalf("%q: run %d of the server is %+v after %d", deeds, run, w.now, runs)
					}
					last = markNone
				}
				runs, runAtLook = w.now.run, run
				var plain []mark
				for line := range bytes.Lines(text) {
					if m := lineMark(bytes.TrimSuffix(line, []byte("\n"))); m != markNone && bytes.HasSuffix(line, []byte("\n")) {
						plain = append(plain, m)
					}
				}
				want := markNone
				if len(plain) > 0 {
					want = plain[len(plain)-1]
				}
				if w.now.missing.Code != "" || w.now.mark != want {
					t.Fatalf("%q: after look %d it is %+v, read plainly %v", deeds, looks, w.now, want)
				}
				if want != last && !slices.ContainsFunc(told, func(s logReport) bool { return s.mark == want && s.run == w.now.run }) {
					t.Fatalf("%q: %v was not told at look %d: %+v", deeds, want, looks, told)
				}
				last = want
			}
		}
	})
}

func put(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
