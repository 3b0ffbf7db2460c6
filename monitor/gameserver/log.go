package gameserver

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/beat"
	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

const (
	logName = "server.log"
	// headSize is how much of a log's beginning is compared to recognise a new one.
	headSize = 512
	// chunkSize is how much of the log is read at once.
	chunkSize = 256 << 10
)

// logSeen is what server.log says now.
type logSeen struct {
	missing problem.Problem // why the log cannot be read; the zero value where it can
	run     int             // counts the new logs; 1 for the first one seen
	mark    mark            // the last one of this run
	at      time.Time       // when mark was read
	// alive: this run's log began or grew while it was watched. A server that
	// was killed long ago may have left any other one behind.
	alive bool
}

// follower reads server.log as it grows. It keeps no file open between looks: on Windows that
// could hinder a server that replaces its log. A folder's listing has an old size there
// while another program writes, so each look opens the file.
type follower struct {
	path string
	seen logSeen
	news []logSeen // what the looks found on the way to seen

	absent bool // the folder was seen without a log
	info   fs.FileInfo
	head   []byte // the log's first bytes, at most headSize
	offset int64  // where the first line begins that has not been read whole
	reader *bufio.Reader
}

func newFollower(dir string) *follower {
	return &follower{path: filepath.Join(dir, logName), reader: bufio.NewReaderSize(nil, chunkSize)}
}

// look reads what is new.
func (f *follower) look() {
	f.seen.missing = problem.Problem{}
	err := f.read()
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrNotExist):
		// With the folder gone (a network drive), a log that comes with it need not be new.
		if _, err := os.Stat(filepath.Dir(f.path)); err == nil {
			f.absent = true
			f.seen.missing = *problem.New(problem.NoServerLog)
		} else {
			f.seen.missing = *problem.New(problem.ServerFolderGone, problem.Text("cause", cause(err)))
		}
	default:
		f.seen.missing = *problem.New(problem.ServerLogUnread, problem.Text("cause", cause(err)))
	}
}

// cause is the system's own message, without the path or the addresses around it: our own
// port is a new one each time.
func cause(err error) string {
	for inner := err; inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err.Error()
}

// read continues where the last look ended, or at the beginning of a new log: another file,
// a shorter one, or one with another beginning (the first line has a time stamp).
func (f *follower) read() error {
	file, err := altcfg.Open(f.path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("it is not a file")
	}
	head := make([]byte, headSize)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	head = head[:n]
	same := f.info != nil && os.SameFile(f.info, info) && info.Size() >= f.offset && bytes.HasPrefix(head, f.head)
	tells := same
	if !same {
		// Where there was no log before, this one began while it was watched.
		tells = f.info != nil || f.absent
		f.offset, f.seen = 0, logSeen{run: f.seen.run + 1, alive: tells}
		if tells {
			f.news = append(f.news, f.seen) // so that no restart is missed
		}
	}
	f.info, f.head = info, head
	f.reader.Reset(io.NewSectionReader(file, f.offset, math.MaxInt64-f.offset))
	size, err := readMarks(f.reader, func(m mark) {
		// A second one in the same run is the game mode's own text.
		if m == f.seen.mark {
			return
		}
		f.seen.mark, f.seen.at = m, time.Now()
		if tells { // in a log from before only the last one counts
			f.news = append(f.news, f.seen)
		}
	})
	f.offset += size
	f.seen.alive = f.seen.alive || same && size > 0
	return err
}

var folderSilent = *problem.New(problem.ServerLogSilent)

// followLog looks every calmEvery (urgentEvery while urgent), and reports changes, each a logSeen.
func followLog(ctx context.Context, dir string, urgent func() bool, report func(seen any)) {
	// A look that takes too long goes on by itself. Nothing but that look touches
	// f until the folder answers again.
	f := newFollower(dir)
	var last *logSeen
	tell := func(s logSeen) {
		if last == nil || *last != s {
			last = &s
			report(s)
		}
	}
	for {
		if _, err := folder.Do(dir, func() (struct{}, error) { f.look(); return struct{}{}, nil }); err == nil {
			for _, s := range f.news {
				tell(s)
			}
			f.news = nil
			tell(f.seen)
		} else {
			silent := logSeen{}
			if last != nil {
				silent = *last
			}
			silent.missing = folderSilent
			tell(silent)
		}
		every := urgentEvery
		if !urgent() {
			every = beat.Next(time.Now(), calmEvery)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}
