package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"time"

	"altv-tray/monitor/atomicfile"
)

// FileName is the name of the file in the state folder. It has one JSON object a line, the oldest
// first. Any process may read it, but only one goroutine of the tray app may call Append.
const FileName = "history.jsonl"

// The history keeps everything of the week before the newest entry. Older sessions, restarts and
// reconnects are kept if they are among the newest MaxOld. All that is kept is within MaxBytes.
// The file is rewritten when it reaches maxFile.
const (
	MaxAge   = 7 * 24 * time.Hour
	MaxOld   = 1000
	MaxBytes = 4 << 20
	maxFile  = 5 << 20
)

// Append adds an entry to the history in the folder dir, which it makes if necessary.
func Append(dir string, e Entry) error {
	path := filepath.Join(dir, FileName)
	line, err := json.Marshal(e)
	if err == nil {
		err = appendLine(path, line)
	}
	if err != nil {
		return fmt.Errorf("adding to the history %s (see that its folder can be written and its disk is not full): %w", path, err)
	}
	return nil
}

func appendLine(path string, line []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.Size() >= maxFile {
		// On Windows this fails while another process reads the file. Then the next Append tries
		// again, unless that goes on for too long.
		if err := compact(path); err != nil && info.Size() >= 2*maxFile {
			return err
		}
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	last := []byte("\n")
	if size, _ := f.Seek(0, io.SeekEnd); size > 0 {
		_, _ = f.ReadAt(last, size-1) // if it fails, so does Write
	}
	if last[0] != '\n' {
		line = append([]byte("\n"), line...) // the last line is incomplete and must not spoil this one
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Close())
}

// compact removes from the file what is not kept.
func compact(path string) error {
	old, err := read(path)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	for _, e := range parse(old, math.MaxInt) {
		if err := enc.Encode(e); err != nil {
			return err
		}
	}
	return atomicfile.Write(path, text.Bytes())
}

// Last returns the newest entries of the history in the folder dir, oldest first: n that are not
// states, and the states among them. The folder and the file may be missing. Broken lines are
// skipped.
func Last(dir string, n int) ([]Entry, error) {
	text, err := read(filepath.Join(dir, FileName))
	return parse(text, n), err
}

// All returns all entries, like Last.
func All(dir string) ([]Entry, error) { return Last(dir, math.MaxInt) }

// LastReconnect returns the newest reconnect, joined or failed, or the zero value if there is none.
func LastReconnect(dir string) (Entry, error) {
	text, err := read(filepath.Join(dir, FileName))
	for _, line := range slices.Backward(bytes.Split(text, []byte("\n"))) {
		var e Entry
		if bytes.Contains(line, []byte(Reconnect)) && e.UnmarshalJSON(line) == nil && e.Kind == Reconnect {
			return e, nil
		}
	}
	return Entry{}, err
}

// read returns at most MaxBytes from the end of the file. The first line may be incomplete. A
// missing file is empty.
func read(path string) (text []byte, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		defer f.Close()
		var size int64
		if size, err = f.Seek(0, io.SeekEnd); err == nil {
			text, err = io.ReadAll(io.NewSectionReader(f, max(0, size-MaxBytes), MaxBytes))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("reading the history %s (if it is damaged, delete it): %w", path, err)
	}
	return text, nil
}

// parse returns the entries that are kept, oldest first, back to the nth newest that is not a
// state.
func parse(text []byte, n int) []Entry {
	var entries []Entry
	var oldest time.Time // of the states that are kept
	others := 0
	for _, line := range slices.Backward(bytes.Split(text, []byte("\n"))) {
		var e Entry
		if others >= n {
			break
		}
		if e.UnmarshalJSON(line) != nil {
			continue
		}
		if len(entries) == 0 {
			oldest = e.At.Add(-MaxAge)
		}
		if kept := !e.At.Before(oldest) || !e.Kind.IsState() && others < MaxOld; !kept {
			continue
		}
		if entries = append(entries, e); !e.Kind.IsState() {
			others++
		}
	}
	slices.Reverse(entries)
	return entries
}
