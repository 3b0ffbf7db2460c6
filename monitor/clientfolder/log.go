package clientfolder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

const (
	logTail = 256 << 10 // what is read of a log, from its end
	mostRun = 200       // runes of a line that is shown
)

// Failure is what the client's log tells about a join that failed. Its zero value
// means that it tells nothing.
type Failure struct {
	Reason   problem.Code
	CurlCode int    // with HTTPFailed: curl's exit code, 7 for a refused connection; 0 where not told
	Line     string // the line itself: printable, at most 200 runes, no password
}

// LastFailure looks for why the last join failed: in the newest of the client's
// logs that was written since then, in the lines of that time. It is the last line
// that ends a join, or without one the last that hints at why. The zero Failure
// and no error mean that the client told nothing. The error wraps os.ErrNotExist
// where there are no logs at all, and folder.ErrSilent where the folder does not
// answer. A zero since means all of the newest log.
func LastFailure(dir string, since time.Time) (Failure, error) {
	return folder.Do(dir, func() (Failure, error) { return readFailure(dir, since) })
}

func readFailure(folder string, since time.Time) (Failure, error) {
	path, err := newestLog(filepath.Join(folder, "logs"), since)
	if err != nil || path == "" {
		return Failure{}, err
	}
	text, written, err := readTail(path)
	if err != nil {
		return Failure{}, fmt.Errorf("reading the client's log: %w", err)
	}
	return lastFailure(text, written, since), nil
}

// clockSlack is by how much a file's time may lie before the moment that it was
// written: file systems round it.
const clockSlack = 2 * time.Second

// newestLog is "" where no log was written since then. A log's age is in its name,
// as in client_31-12-2025_23-59-59.log, else the time of its last change.
func newestLog(folder string, since time.Time) (string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", fmt.Errorf("looking for the client's logs: %w", err)
	}
	var newest string
	var newestTime time.Time
	logs := 0
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || !strings.HasPrefix(name, "client") || filepath.Ext(name) != ".log" {
			continue
		}
		// Not entry.Info: Windows has old news there of files that are open.
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil {
			continue // deleted meanwhile
		}
		logs++
		if info.ModTime().Add(clockSlack).Before(since) {
			continue
		}
		began, err := time.ParseInLocation("client_02-01-2006_15-04-05.log", name, time.Local)
		if err != nil {
			began = info.ModTime()
		}
		if newest == "" || began.After(newestTime) {
			newest, newestTime = filepath.Join(folder, name), began
		}
	}
	if logs == 0 {
		return "", fmt.Errorf("looking for the client's logs: %w", &fs.PathError{Op: "find a log in", Path: folder, Err: os.ErrNotExist})
	}
	return newest, nil
}

// readTail returns whole lines from the end of a file and when it was last written.
func readTail(path string) (text string, written time.Time, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", time.Time{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", time.Time{}, err
	}
	start := max(0, info.Size()-logTail)
	tail := make([]byte, info.Size()-start)
	n, err := file.ReadAt(tail, start)
	if err != nil && !errors.Is(err, io.EOF) { // a log can become shorter meanwhile
		return "", time.Time{}, err
	}
	text = string(tail[:n])
	if start > 0 {
		_, text, _ = strings.Cut(text, "\n")
	}
	return text, info.ModTime(), nil
}

// lastFailure goes through the lines from the last one up. Their stamps are times
// of day in whatever zone, but the last one was written when the file was, so
// that each line's age is known.
func lastFailure(text string, written, since time.Time) Failure {
	lines := strings.Split(colours.ReplaceAllString(text, ""), "\n")
	var hint Failure
	clock := ageClock{}
	for i, line := range slices.Backward(lines) {
		if written.Add(clockSlack).Add(-clock.age(line)).Before(since) {
			break
		}
		found := judge(line)
		if found.reason == "" {
			continue
		}
		failure := Failure{found.reason, found.curlCode, shown(line)}
		if found.sure {
			if failure.Reason == problem.ClientHTTPFailed && i > 0 {
				failure.CurlCode = judge(lines[i-1]).curlCode
			}
			return failure
		}
		if hint.Reason == "" {
			hint = failure
		}
	}
	return hint
}

// ageClock tells how much older than the last line each further one is, going up.
type ageClock struct {
	seen bool
	last time.Duration // since midnight
	sum  time.Duration
}

// age of a line without a stamp is that of the one below it.
func (c *ageClock) age(line string) time.Duration {
	match := lineHead.FindStringSubmatch(line)
	if match == nil || match[1] == "" {
		return c.sum
	}
	var at time.Duration
	for _, part := range match[1:4] {
		number, _ := strconv.Atoi(part)
		at = at*60 + time.Duration(number)*time.Second
	}
	if c.seen {
		step := c.last - at
		if step < -12*time.Hour { // over midnight; a little less than 0 is threads out of order
			step += 24 * time.Hour
		}
		c.sum += step
	}
	c.seen, c.last = true, at
	return c.sum
}

var (
	colours  = regexp.MustCompile(`\x1b\[[0-9;?]*[ -/]*[@-~]`)
	password = regexp.MustCompile(`(?i)(password)\s*\S.*`)
)

// shown makes a line fit for people to see.
func shown(line string) string {
	line = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == unicode.ReplacementChar || !unicode.IsPrint(r):
			return -1
		}
		return r
	}, line)
	line = strings.TrimSpace(password.ReplaceAllString(line, "$1 …"))
	if runes := []rune(line); len(runes) > mostRun {
		line = string(runes[:mostRun-1]) + "…"
	}
	return line
}
