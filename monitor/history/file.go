package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"slices"
	"time"

	"altv-tray/monitor/atomicfile"
)

// readTail returns the file's last lines, at most that many bytes of them;
// nothing where there is no file.
func readTail(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	skip := max(0, info.Size()-most)
	tail := make([]byte, info.Size()-skip)
	n, err := f.ReadAt(tail, skip)
	if tail = tail[:n]; err != nil && !errors.Is(err, io.EOF) || skip == 0 {
		return tail, ignoreEOF(err)
	}
	_, tail, _ = bytes.Cut(tail, []byte("\n")) // the first one is cut off
	return tail, nil
}

// ignoreEOF: the file may have been cut since its size was asked for.
func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// parse returns what is kept of the entries, oldest first: back to the nth newest
// of those that are no states.
func parse(lines []byte, n int) []Entry {
	var entries []Entry
	var oldest time.Time // of the states that are kept
	for others := 0; len(lines) > 0 && others < n; {
		begin := bytes.LastIndexByte(lines, '\n') + 1
		line := lines[begin:]
		lines = lines[:max(0, begin-1)]
		var e Entry
		if e.UnmarshalJSON(line) != nil {
			continue
		}
		if len(entries) == 0 {
			oldest = e.At.Add(-MaxAge)
		}
		if kept := !e.At.Before(oldest) || !e.Kind.State() && others < MaxOld; !kept {
			continue
		}
		if entries = append(entries, e); !e.Kind.State() {
			others++
		}
	}
	slices.Reverse(entries)
	return entries
}

// lastReconnect finds the newest one, without parsing what is no reconnect.
func lastReconnect(lines []byte) (e Entry, ok bool) {
	for len(lines) > 0 {
		begin := bytes.LastIndexByte(lines, '\n') + 1
		line := lines[begin:]
		lines = lines[:max(0, begin-1)]
		if bytes.Contains(line, []byte(Reconnect)) && e.UnmarshalJSON(line) == nil && e.Kind == Reconnect {
			return e, true
		}
	}
	return Entry{}, false
}

func appendLine(path string, line []byte) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	var text []byte
	if size := info.Size(); size > 0 {
		var last [1]byte
		if _, err := f.ReadAt(last[:], size-1); err != nil {
			return err
		}
		if last[0] != '\n' {
			text = append(text, '\n') // half a line must not spoil this one too
		}
	}
	text = append(append(text, line...), '\n')
	_, err = f.Write(text)
	return err
}

// compact leaves in the file what is kept and nothing else. Whenever it is
// interrupted, the file is the old or the new one.
func compact(path string) error {
	tail, err := readTail(path, MaxBytes)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	for _, e := range parse(tail, math.MaxInt) {
		if err := enc.Encode(e); err != nil {
			return err
		}
	}
	return atomicfile.Write(path, text.Bytes(), 0o600)
}
