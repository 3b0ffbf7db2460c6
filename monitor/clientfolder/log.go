package clientfolder

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

const (
	tailSize  = 256 << 10 // bytes that are read of a log's end
	lineRunes = 200       // runes of a Failure's line at most
)

// Failure is what the client's log says about a failed join. The zero value: nothing.
type Failure struct {
	Reason problem.Code
	Line   string // the line itself: printable, at most 200 runes, no password
}

// LastFailure returns why the last join failed. It reads the lines of the newest client log
// that were written since the given time, and uses the last line that ends a join, else the
// last one with a hint. The error wraps folder.ErrSilent if the client's folder does not answer.
func LastFailure(dir string, since time.Time) (Failure, error) {
	var written time.Time
	text, err := folder.Do(dir, func() (text string, err error) {
		var path string
		if path, written = newestLog(filepath.Join(dir, "logs")); path == "" || written.Add(clockSlack).Before(since) {
			return "", nil
		}
		return readTail(path)
	})
	if err != nil {
		return Failure{}, fmt.Errorf("reading the client's log: %w", err)
	}
	return lastFailure(text, written, since), nil
}

// clockSlack is how much earlier than the last write a file's time may be, as it is rounded.
const clockSlack = 2 * time.Second

// newestLog returns the newest log, such as client_31-12-2025_23-59-59.log; "" if there is none.
func newestLog(dir string) (newest string, written time.Time) {
	names, _ := fs.Glob(os.DirFS(dir), "client*.log")
	for _, name := range names {
		// On Windows the folder's own entry is out of date while a program has the file open.
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && !info.ModTime().Before(written) {
			newest, written = path, info.ModTime()
		}
	}
	return newest, written
}

// readTail returns the end of a file. Its first line may be incomplete.
func readTail(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	_, _ = file.Seek(-tailSize, io.SeekEnd) // it fails in a shorter file, which is then read from its start
	tail, err := io.ReadAll(io.LimitReader(file, tailSize))
	return string(tail), err
}

// lastFailure reads the lines backwards. Their stamps are times of day in an unknown zone, so a
// line's age is the difference to the last stamp, which is as old as the file. A line without a
// stamp is as old as the one below it.
func lastFailure(text string, written, since time.Time) Failure {
	const day = 24 * time.Hour
	var hint Failure
	var last time.Time
	var age time.Duration
	for _, line := range slices.Backward(strings.Split(ansiCodes.ReplaceAllString(text, ""), "\n")) {
		if at, ok := stamp(line); ok && !last.IsZero() {
			age = (last.Sub(at)+day+time.Hour)%day - time.Hour // slightly negative where threads wrote out of order
		} else if ok {
			last = at
		}
		if written.Add(clockSlack).Add(-age).Before(since) {
			break
		}
		switch reason, ends := classify(line); {
		case ends:
			return Failure{reason, printable(line)}
		case reason != "" && hint.Reason == "":
			hint = Failure{reason, printable(line)}
		}
	}
	return hint
}

// lineHead matches the time, such as "[17:41:40]", and the level, such as "[Error]". The lines of
// scripts have their resource's name in such brackets.
var lineHead = regexp.MustCompile(`^\s*(?:\[(\d{1,2}:\d{2}:\d{2})(?:\.\d+)?\]\s*)?(?:\[(?:Error|Warning|Info)\]\s*)?`)

// stamp returns a line's time of day.
func stamp(line string) (at time.Time, ok bool) {
	at, err := time.Parse("15:4:5", lineHead.FindStringSubmatch(line)[1])
	return at, err == nil
}

// classify returns what a line says about a failed join, "" for nothing, and whether the line
// ends the join. The texts are from public issue threads (altmp/altv-issues #210, #1559); what
// follows "Connection failed: " may be in any language.
func classify(line string) (reason problem.Code, ends bool) {
	message := strings.ToLower(line[len(lineHead.FindString(line)):])
	cause, failed := strings.CutPrefix(message, "connection failed")
	cause = strings.TrimLeft(cause, ": \t")
	switch {
	case failed && strings.HasPrefix(cause, "timed out"):
		return problem.ClientTimedOut, true
	case failed && strings.HasPrefix(cause, "error connecting to http server"):
		return problem.ClientHTTPFailed, true
	case failed:
		return problem.ClientConnectionFailed, true
	case strings.HasPrefix(message, "http request failed, curl code"):
		return problem.ClientHTTPFailed, false // the request may be to alt:V's own servers
	case strings.HasPrefix(message, "disconnected"):
		return problem.ClientDisconnected, false // each reconnect from within the game begins with it
	}
	return "", false
}

var (
	ansiCodes     = regexp.MustCompile(`\x1b\[[0-9;?]*[ -/]*[@-~]`)
	passwordWords = regexp.MustCompile(`(?i)(password)\s*\S.*`)
)

// printable returns a line as a Failure has it.
func printable(line string) string {
	line = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == unicode.ReplacementChar || !unicode.IsPrint(r):
			return -1
		}
		return r
	}, line)
	line = strings.TrimSpace(passwordWords.ReplaceAllString(line, "$1 …"))
	if runes := []rune(line); len(runes) > lineRunes {
		line = string(runes[:lineRunes-1]) + "…"
	}
	return line
}
