package gameserver

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
)

// lineLimit is the longest mark in bytes, less than a reader's buffer.
const lineLimit = 1 << 10

// mark is a line of server.log that says something of the server's state.
type mark uint8

const (
	markNone     mark = iota
	markStarted       // "Server started"
	markShutdown      // "Server shutdown"
)

var (
	markStart = []byte("Server s")
	ansiCodes = regexp.MustCompile(`\x1b\[[0-9;:?]*[A-Za-z]`)
	// As seen in public issue threads: "[12:42:21] Server started". Only a time stamp
	// and a level may stand before it, so "[chat] Server started" is none.
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

// readMarks calls found for each mark in a log. Size is without an unfinished last line.
func readMarks(log *bufio.Reader, found func(mark)) (size int64, err error) {
	line := int64(0) // what was read of the line so far
	for {
		piece, err := log.ReadSlice('\n')
		line += int64(len(piece))
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue // far too long for a mark
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
