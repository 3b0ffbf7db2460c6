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
	"regexp"
	"time"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/beat"
	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

const (
	headSize  = 512       // bytes of a log's beginning that are compared to recognise a new log
	chunkSize = 256 << 10 // bytes that are read at once
	lineLimit = 1 << 10   // bytes of the longest line that can be a mark; less than chunkSize
)

// logReport is what server.log says now. The zero value is never reported.
type logReport struct {
	missing problem.Problem // why the log cannot be read; the zero value if it can
	run     int             // counts the new logs; 1 for the first one seen
	mark    mark            // the last one of this run
	at      time.Time       // when mark was read
	// alive: this run's log began or grew while it was watched. Any other log may have been
	// left behind by a server that was killed long ago.
	alive bool
}

// follower reads server.log as it grows. It keeps no file open between looks: on Windows that
// could hinder a server that replaces its log. Each look opens the file, as the folder's
// listing there has an old size while another program writes.
type follower struct {
	path string
	now  logReport
	news []logReport // what the looks found before now; the reader of news empties it

	absent bool // the folder was seen without a log
	info   fs.FileInfo
	head   []byte // the log's first bytes, at most headSize
	offset int64  // where the first line begins that has not been read whole
	reader *bufio.Reader
}

func newFollower(dir string) *follower {
	return &follower{path: filepath.Join(dir, "server.log"), reader: bufio.NewReaderSize(nil, chunkSize)}
}

// look reads what is new into now and news.
func (f *follower) look() {
	f.now.missing = problem.Problem{}
	err := f.read()
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrNotExist):
		// If the folder is gone too (a network drive), a log that comes back with it need not be new.
		if _, err := os.Stat(filepath.Dir(f.path)); err == nil {
			f.absent = true
			f.now.missing = *problem.New(problem.NoServerLog)
		} else {
			f.now.missing = *problem.New(problem.ServerFolderGone, problem.Text("cause", cause(err)))
		}
	default:
		f.now.missing = *problem.New(problem.ServerLogUnread, problem.Text("cause", cause(err)))
	}
}

// cause returns the innermost error's text. It leaves out the path, and the addresses of a
// connection: our own port differs each time.
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
	// What is new was written while it was watched if an earlier look found a log, or none.
	watched := f.info != nil || f.absent
	if !same {
		f.offset, f.now = 0, logReport{run: f.now.run + 1, alive: watched}
		if watched {
			f.news = append(f.news, f.now) // so that no restart is missed
		}
	}
	f.info, f.head = info, head
	f.reader.Reset(io.NewSectionReader(file, f.offset, math.MaxInt64-f.offset))
	size, err := readMarks(f.reader, func(m mark) {
		// The same mark again in one run is the game mode's own text.
		if m == f.now.mark {
			return
		}
		f.now.mark, f.now.at = m, time.Now()
		if watched { // of an older log only the last mark counts
			f.news = append(f.news, f.now)
		}
	})
	f.offset += size
	f.now.alive = f.now.alive || same && size > 0
	return err
}

// followLog looks every calmEvery (urgentEvery while urgent), and reports each change as a
// logReport.
func followLog(ctx context.Context, dir string, urgent func() bool, report func(report any)) {
	// A look that takes too long goes on by itself. Until the folder answers again, only that
	// look may use f.
	f := newFollower(dir)
	var last logReport
	for {
		var news []logReport
		if _, err := folder.Do(dir, func() (struct{}, error) { f.look(); return struct{}{}, nil }); err == nil {
			news, f.news = append(f.news, f.now), nil
		} else {
			silent := last
			silent.missing = *problem.New(problem.ServerLogSilent)
			news = []logReport{silent}
		}
		for _, r := range news {
			if r != last {
				last = r
				report(r)
			}
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

// mark is a line of server.log that shows the server's state.
type mark uint8

const (
	markNone     mark = iota
	markStarted       // "Server started"
	markShutdown      // "Server shutdown"
)

var (
	markStart = []byte("Server s")
	ansiCodes = regexp.MustCompile(`\x1b\[[0-9;:?]*[A-Za-z]`)
	marks     = map[string]mark{"started": markStarted, "shutdown": markShutdown}
	// As seen in public issue threads: "[12:42:21] Server started". Only a time stamp and a
	// level may stand before it, so "[chat] Server started" does not match.
	markLine = regexp.MustCompile(`^(?:\[[-0-9T:.,/ +]*\]|\[(?i:info)\]|[ \t])*Server (started|shutdown)[ \t\r]*$`)
)

// lineMark returns the mark in a line, which may end with a carriage return.
func lineMark(line []byte) mark {
	if len(line) > lineLimit || !bytes.Contains(line, markStart) {
		return markNone
	}
	if found := markLine.FindSubmatch(ansiCodes.ReplaceAll(line, nil)); found != nil {
		return marks[string(found[1])]
	}
	return markNone
}

// readMarks calls found for each mark in a log. It returns the size of the log without an
// unfinished last line.
func readMarks(log *bufio.Reader, found func(mark)) (size int64, err error) {
	line := int64(0) // bytes of the current line that were read
	for {
		piece, err := log.ReadSlice('\n')
		line += int64(len(piece))
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue // the line is too long for a mark
		case errors.Is(err, io.EOF):
			return size, nil
		case err != nil:
			return size, err
		}
		if line == int64(len(piece)) {
			if m := lineMark(piece[:line-1]); m != markNone {
				found(m)
			}
		}
		size += line
		line = 0
	}
}
