package dashboard

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
)

// mostLines is the most lines that the page gets at once.
const mostLines = 500

// log sends the newest lines of the log with at least the level of the query, oldest first.
func (v *serving) log(w http.ResponseWriter, r *http.Request) {
	level := slog.LevelInfo
	if text := r.URL.Query().Get("level"); text != "" && level.UnmarshalText([]byte(text)) != nil {
		refuse(w, http.StatusBadRequest)
		return
	}
	var begin int64
	if info, err := os.Stat(v.server.Log); err == nil {
		begin = max(0, info.Size()-maxLog)
	}
	lines := slices.DeleteFunc(parseLog(readFrom(v.server.Log, begin)), func(l logLine) bool { return l.Level < level })
	respond(w, map[string][]logLine{"lines": append([]logLine{}, lines[max(0, len(lines)-mostLines):]...)})
}

// logLine is one line of the log.
type logLine struct {
	At    time.Time  `json:"at"`
	Level slog.Level `json:"level"`
	Text  string     `json:"text"` // the rest of the line: the msg and the attributes as in the file
}

// parseLog parses the lines of slog.TextHandler, and ignores others.
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

// maxLog is the most that is read of the log at once: its size when it is rotated.
const maxLog = 1 << 20

// logEnd reads what is added to a file, even after the file was rotated.
type logEnd struct {
	path string
	file os.FileInfo // the file that was last read; nil: none
	read int64       // bytes of it
}

// newLogEnd starts at the current end of the file.
func newLogEnd(path string) *logEnd {
	e := &logEnd{path: path}
	if info, err := os.Stat(path); err == nil {
		e.file, e.read = info, info.Size()
	}
	return e
}

// added returns the complete lines that were added since the last call; none if the file cannot be read.
func (e *logEnd) added() []logLine {
	info, err := os.Stat(e.path)
	if err != nil {
		return nil
	}
	if e.file == nil || !os.SameFile(info, e.file) || info.Size() < e.read {
		e.read = 0
	}
	e.file = info
	if info.Size() == e.read {
		return nil
	}
	begin := max(e.read, info.Size()-maxLog)
	text := readFrom(e.path, begin)
	complete := bytes.LastIndexByte(text, '\n') + 1
	e.read = begin + int64(complete)
	return parseLog(text[:complete])
}

// readFrom returns at most maxLog bytes of a file from an offset.
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
