package dashboard

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"
)

// logLine is one line of the log.
type logLine struct {
	At    time.Time  `json:"at"`
	Level slog.Level `json:"level"`
	Text  string     `json:"text"` // what follows: msg, then key=value, as in the file
}

// parseLog reads lines as slog.TextHandler writes them. What is none is left out.
func parseLog(text []byte) (all []logLine) {
	for line := range bytes.Lines(text) {
		if l, ok := parseLine(strings.TrimRight(string(line), "\r\n")); ok {
			all = append(all, l)
		}
	}
	return all
}

func parseLine(line string) (l logLine, ok bool) {
	at, rest, _ := strings.Cut(line, " ")
	level, rest, _ := strings.Cut(rest, " ")
	at, timed := strings.CutPrefix(at, "time=")
	level, levelled := strings.CutPrefix(level, "level=")
	text, ok := strings.CutPrefix(rest, "msg=")
	if !ok || !timed || !levelled {
		return logLine{}, false
	}
	var err error
	if l.At, err = time.Parse(time.RFC3339Nano, at); err != nil || l.Level.UnmarshalText([]byte(level)) != nil {
		return logLine{}, false
	}
	l.Text = text
	return l, true
}

// maxLog is how much of the log's end is read at once: as much as there is
// before it is rotated.
const maxLog = 1 << 20

// logEnd follows a file at its end, also when that is rotated away.
type logEnd struct {
	path string
	was  os.FileInfo // of the file that was last read; nil: none
	read int64       // of it
}

// newLogEnd begins at what the file has now.
func newLogEnd(path string) *logEnd {
	e := &logEnd{path: path}
	if info, err := os.Stat(path); err == nil {
		e.was, e.read = info, info.Size()
	}
	return e
}

// more returns the whole lines that were added. A file that cannot be read has
// none.
func (e *logEnd) more() []logLine {
	info, err := os.Stat(e.path)
	if err != nil {
		return nil
	}
	if e.was == nil || !os.SameFile(info, e.was) || info.Size() < e.read {
		e.read = 0
	}
	e.was = info
	if info.Size() == e.read {
		return nil
	}
	text := readFrom(e.path, max(e.read, info.Size()-maxLog))
	whole := bytes.LastIndexByte(text, '\n') + 1
	e.read = max(e.read, info.Size()-maxLog) + int64(whole)
	return parseLog(text[:whole])
}

// readFrom reads a file from an offset, at most maxLog bytes.
func readFrom(path string, offset int64) []byte {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	text := make([]byte, maxLog)
	n, err := f.ReadAt(text, offset)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil
	}
	return text[:n]
}
