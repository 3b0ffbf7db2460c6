package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

	"altv-tray/monitor/atomicfile"
)

// readTail gives the file's last lines, at most MaxBytes of them, which hold
// all that is kept; nothing where there is no file.
func readTail(path string) ([]byte, error) {
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
	skip := max(0, info.Size()-MaxBytes)
	tail, err := io.ReadAll(io.NewSectionReader(f, skip, MaxBytes))
	if err != nil || skip == 0 {
		return tail, err
	}
	_, tail, _ = bytes.Cut(tail, []byte("\n")) // the first one is cut off
	return tail, nil
}

// parse gives the newest n entries, oldest first.
func parse(lines []byte, n int) []Entry {
	var entries []Entry
	for len(lines) > 0 && len(entries) < n {
		begin := bytes.LastIndexByte(lines, '\n') + 1
		var e Entry
		if json.Unmarshal(lines[begin:], &e) == nil {
			entries = append(entries, e)
		}
		lines = lines[:max(0, begin-1)]
	}
	slices.Reverse(entries)
	return entries
}

func countLines(data []byte) int { return bytes.Count(data, []byte("\n")) }

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

// compact leaves in the file what is kept and nothing else, and gives how many
// entries that is. Whenever it is interrupted, the file is the old or the new
// one.
func compact(path string) (kept int, err error) {
	tail, err := readTail(path)
	if err != nil {
		return 0, err
	}
	entries := parse(tail, MaxEntries)
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	for _, e := range entries {
		if err := enc.Encode(e); err != nil {
			return 0, err
		}
	}
	if err := atomicfile.Write(path, text.Bytes(), 0o600); err != nil {
		return 0, err
	}
	return len(entries), nil
}
