package gameserver

import (
	"bytes"
	"errors"
	"io"
	"regexp"
)

const (
	// lineLimit is the length, in bytes without the newline, from which a line
	// can be none of the two looked for.
	lineLimit = 1 << 10
	chunkSize = 256 << 10
)

// mark is a line of server.log that tells of the server's state.
type mark uint8

const (
	markNone     mark = iota
	markStarted       // "Server started"
	markShutdown      // "Server shutdown"
)

var (
	markStart = []byte("Server s")
	ansiCodes = regexp.MustCompile(`\x1b\[[0-9;:?]*[A-Za-z]`)
	// Lines seen in public issue threads: "[12:42:21] Server started",
	// "[12:42:21][Error] Could not open resource.cfg". In front of a mark only
	// a time stamp and a level are let pass, so that neither "[chat] Server
	// started" nor "Server started on port 3000" is taken for one.
	markLine = regexp.MustCompile(`^(?:\[[-0-9T:.,/ +]*\]|\[(?i:info)\]|[ \t])*Server (started|shutdown)[ \t\r]*$`)
)

// lineMark judges one line, with or without its carriage return.
func lineMark(line []byte) mark {
	if len(line) > lineLimit || !bytes.Contains(line, markStart) {
		return markNone
	}
	found := markLine.FindSubmatch(ansiCodes.ReplaceAll(line, nil))
	switch {
	case found == nil:
		return markNone
	case string(found[1]) == "started":
		return markStarted
	default:
		return markShutdown
	}
}

// lineReader finds the marks in a log that comes in pieces, cut anywhere. A
// line counts once its newline has come. The zero value is at a line's start.
type lineReader struct {
	begun []byte // the unfinished line, cut off just over lineLimit
}

// feed takes the next piece and calls found for each mark that it completes.
func (r *lineReader) feed(piece []byte, found func(mark)) {
	for len(piece) > 0 {
		end := bytes.IndexByte(piece, '\n')
		if end < 0 {
			r.keep(piece)
			return
		}
		line := piece[:end]
		if len(r.begun) > 0 {
			r.keep(line)
			line = r.begun
		}
		if m := lineMark(line); m != markNone {
			found(m)
		}
		r.begun = r.begun[:0]
		piece = piece[end+1:]
	}
}

func (r *lineReader) keep(part []byte) {
	room := lineLimit + 1 - len(r.begun)
	r.begun = append(r.begun, part[:min(len(part), room)]...)
}

// lastMark looks for the last mark in the first size bytes of a log, from the
// end backwards, so that a large log of a server long since started costs one
// chunk. rest is where the line begins that is unfinished at size; reading on
// goes from there. A log that became shorter meanwhile gives io.EOF.
func lastMark(log io.ReaderAt, size int64, buffer []byte) (last mark, rest int64, err error) {
	rest = -1
	// upper is the end of what is still to be judged. Lines are judged in the
	// block in which they begin, hence the overlap on both sides: one byte
	// before it, to see whether a line begins there, and a line's length after.
	step := int64(len(buffer)) - lineLimit - 2
	for upper := size; ; {
		lower := max(upper-step, 0)
		from := max(lower-1, 0)
		till := min(upper+lineLimit+1, size)
		block := buffer[:till-from]
		if n, err := log.ReadAt(block, from); n < len(block) {
			if err == nil || errors.Is(err, io.EOF) {
				err = io.EOF
			}
			return markNone, 0, err
		}
		if rest < 0 {
			if end := bytes.LastIndexByte(block, '\n'); end >= 0 {
				rest = from + int64(end) + 1
			}
		}
		if found := lastMarkIn(block, from == 0, int(upper-from)); found != markNone {
			last = found
		}
		if lower == 0 || last != markNone {
			break
		}
		upper = lower
	}
	if rest < 0 {
		// A mark ends in a newline, so there was none; and a line without an
		// end since the log's start is judged by its length alone.
		rest = 0
	}
	return last, rest, nil
}

// lastMarkIn finds the last mark among the finished lines that begin in block
// before the offset upper. first: block begins with a line's start.
func lastMarkIn(block []byte, first bool, upper int) (last mark) {
	for at := 0; ; {
		found := bytes.Index(block[at:], markStart)
		if found < 0 {
			return last
		}
		at += found
		begin := bytes.LastIndexByte(block[:at], '\n') + 1
		length := bytes.IndexByte(block[at:], '\n')
		if length < 0 {
			return last
		}
		end := at + length
		if (begin > 0 || first) && begin < upper {
			if m := lineMark(block[begin:end]); m != markNone {
				last = m
			}
		}
		at = end
	}
}
