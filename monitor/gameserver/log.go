package gameserver

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

const (
	logName = "server.log"
	// printSize is how much of the log's head, and of what was last read of
	// it, is compared to tell a log begun anew from one that grew.
	printSize = 512
)

// logSeen is what server.log tells now.
type logSeen struct {
	missing problem.Problem // why the log cannot be read; the zero value where it can
	run     int             // counts the logs begun anew; 1 for the first one seen
	mark    mark            // the last one of this run
	at      time.Time
	// alive: this run's log was begun, or grew, while it was watched, so it is
	// not one that a server left behind which was killed long ago.
	alive bool
}

// follower reads server.log as it grows. It keeps no file open between looks:
// on Windows an open handle could hinder a server that replaces its log, and
// the size that a folder's listing tells of a file someone else still writes is
// stale there, so each look opens the file and asks the handle.
type follower struct {
	path   string
	report func(logSeen)

	seen   logSeen
	told   bool // the first look is over
	absent bool // the folder was seen without a log
	info   os.FileInfo
	offset int64 // how far it was read
	head   []byte
	tail   []byte // the bytes before offset
	lines  lineReader
	buffer []byte
}

func newFollower(folder string, report func(logSeen)) *follower {
	return &follower{path: filepath.Join(folder, logName), report: report, buffer: make([]byte, chunkSize)}
}

// look reads what is new and reports what changed by it.
//
// A log was begun anew if it is another file, is shorter than what was read of
// it, or differs in its first bytes or in those read last. The first lines bear
// time stamps, and the last ones the run's own history, so a new log is known
// even when it has quickly outgrown the old one.
func (f *follower) look() {
	before := f.seen
	err := f.read()
	switch {
	case err == nil:
		f.seen.missing = problem.Problem{}
	case errors.Is(err, io.EOF):
		// It was cut off while being read; the next look sees a new log.
		return
	case errors.Is(err, os.ErrNotExist):
		// With the whole folder gone (a network drive not there yet), a log
		// that turns up with it need not be new.
		if _, err := os.Stat(filepath.Dir(f.path)); err == nil {
			f.absent = true
			f.seen.missing = *problem.New(problem.NoServerLog)
		} else {
			f.seen.missing = *problem.New(problem.ServerFolderGone, problem.Text("cause", cause(err)))
		}
	default:
		f.seen.missing = *problem.New(problem.ServerLogUnread, problem.Text("cause", cause(err)))
	}
	if f.seen != before || !f.told {
		f.report(f.seen)
	}
	f.told = true
}

// cause is an error without the path that os puts around it.
func cause(err error) string {
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

func (f *follower) read() error {
	file, err := openShared(f.path)
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
	same, err := f.same(file, info)
	if err != nil {
		return err
	}
	if !same {
		if err := f.begin(file, info); err != nil {
			return err
		}
	}
	f.info = info
	began := f.offset
	err = f.follow(file)
	if same && f.offset > began {
		f.seen.alive = true
	}
	return err
}

// same tells whether the log is still the one that was read before.
func (f *follower) same(file *os.File, info os.FileInfo) (bool, error) {
	if f.info == nil || !os.SameFile(f.info, info) || info.Size() < f.offset {
		return false, nil
	}
	for _, part := range []struct {
		print []byte
		at    int64
	}{{f.head, 0}, {f.tail, f.offset - int64(len(f.tail))}} {
		now := f.buffer[:len(part.print)]
		if n, err := file.ReadAt(now, part.at); n < len(now) && !errors.Is(err, io.EOF) {
			return false, err
		} else if !bytes.Equal(now[:n], part.print) {
			return false, nil
		}
	}
	return true, nil
}

// begin takes up a log not seen before. Only its last mark counts.
func (f *follower) begin(file *os.File, info os.FileInfo) error {
	last, rest, err := lastMark(file, info.Size(), f.buffer)
	if err != nil {
		return err
	}
	// Where there was no log before, this one was begun under our eyes.
	fresh := f.info != nil || f.absent
	f.lines, f.offset = lineReader{}, rest
	f.head, f.tail = nil, nil
	f.seen = logSeen{run: f.seen.run + 1, alive: fresh}
	if fresh {
		// Told by itself, so that a restart is never swallowed.
		f.report(f.seen)
	}
	f.seen.mark, f.seen.at = last, time.Now()
	return f.remember(file)
}

// follow reads from where the last look ended.
func (f *follower) follow(file *os.File) error {
	began := f.offset
	for {
		n, err := file.ReadAt(f.buffer, f.offset)
		if n > 0 {
			f.offset += int64(n)
			f.lines.feed(f.buffer[:n], f.found)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	if f.offset == began {
		return nil
	}
	return f.remember(file)
}

func (f *follower) found(m mark) {
	// A second "Server started" in one run is the game mode's own text: the
	// server begins its log anew at each start.
	if m == f.seen.mark {
		return
	}
	f.seen.mark, f.seen.at = m, time.Now()
	f.report(f.seen)
}

// remember notes the bytes by which same knows the log again.
func (f *follower) remember(file *os.File) error {
	for _, part := range []struct {
		print *[]byte
		from  int64
	}{{&f.head, 0}, {&f.tail, max(f.offset-printSize, 0)}} {
		print := make([]byte, min(printSize, f.offset-part.from))
		n, err := file.ReadAt(print, part.from)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		*part.print = print[:n]
	}
	return nil
}

var folderSilent = *problem.New(problem.ServerLogSilent)

// followLog looks every calmEvery (urgentEvery while urgent), and when woken.
func followLog(ctx context.Context, dir string, urgent func() bool, wake <-chan struct{}, report func(logSeen)) {
	// A look that takes too long goes on by itself, and nothing but that look
	// touches f and news until the folder answers again.
	var news []logSeen
	f := newFollower(dir, func(s logSeen) { news = append(news, s) })
	var last logSeen
	tell := func(s logSeen) {
		last = s
		report(s)
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-timer.C:
		}
		_, err := folder.Do(dir, func() (struct{}, error) { f.look(); return struct{}{}, nil })
		switch {
		case err == nil:
			for _, s := range news {
				tell(s)
			}
			news = nil
			if f.told && last != f.seen { // it was told that the folder does not answer
				tell(f.seen)
			}
		case last.missing != folderSilent:
			silent := last
			silent.missing = folderSilent
			tell(silent)
		}
		every := calmEvery
		if urgent() {
			every = urgentEvery
		}
		timer.Reset(every)
	}
}
