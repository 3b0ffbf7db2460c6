package gameserver

import (
	"bufio"
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestLineMark(t *testing.T) {
	for line, want := range map[string]mark{
		"[12:42:21] Server started":                           markStarted,
		"[12:42:21] Server started\r":                         markStarted,
		"[2024-05-01 12:42:21.123] Server started  ":          markStarted,
		"[12:42:21][Info] Server started":                     markStarted,
		"Server started":                                      markStarted,
		"\x1b[90m[12:42:21]\x1b[0m \x1b[32mServer started":    markStarted,
		"[12:42:21] \x1b[38;5;10mServer started\x1b[0m\r":     markStarted,
		"[12:42:21] Server shutdown":                          markShutdown,
		"[12:42:21] Server started on port 3000":              markNone,
		"[12:42:21] HTTP Server started":                      markNone,
		"[12:42:21][Error] Server started":                    markNone,
		"[12:42:21] [chat] Server started":                    markNone,
		"[12:42:21] Starting HTTP server on 0.0.0.0:7788":     markNone,
		"[12:42:21] Console thread started (ThreadId: 9668)":  markNone,
		"[12:42:21] server started":                           markNone,
		"":                                                    markNone,
		strings.Repeat(" ", lineLimit) + "Server started":     markNone,
		strings.Repeat(" ", lineLimit-14) + "Server started":  markStarted,
		strings.Repeat(" ", lineLimit-14) + "Server started ": markNone,
	} {
		if got := lineMark([]byte(line)); got != want {
			t.Errorf("%q is %v, want %v", line, got, want)
		}
	}
}

func FuzzLog(f *testing.F) {
	started, shutdown := "[12:42:21] Server started\r\n", "\x1b[31m[12:42:21] Server shutdown\x1b[0m\n"
	long := strings.Repeat("x", 3*lineLimit)
	for _, log := range []string{
		"", started, shutdown, started + shutdown, shutdown + started + "[12:42:22] Server star",
		started + long, long + started, long + "\n" + started + long + "\n" + long,
		strings.Repeat(" ", lineLimit-15) + "Server started\r\nServer shutdown",
		strings.Repeat("\n", 2*lineLimit) + "Server started\n" + strings.Repeat("\n", 2*lineLimit),
	} {
		for _, sizes := range []string{"", "\x00", "\x02\x07", "\xff"} {
			f.Add([]byte(log), []byte(sizes), uint16(3))
		}
	}
	f.Fuzz(func(t *testing.T, log, sizes []byte, room uint16) {
		// The plain way: whole lines, judged one by one.
		var want, got []mark
		rest := 0
		lines := bytes.SplitAfter(log, []byte("\n"))
		for _, line := range lines[:len(lines)-1] {
			rest += len(line)
			if m := lineMark(line[:len(line)-1]); m != markNone {
				want = append(want, m)
			}
		}
		// In looks at a log that grows by pieces, with a buffer only just large
		// enough and up.
		reader := bufio.NewReaderSize(nil, lineLimit+2+int(room%4096))
		offset := 0
		for i, end := 0, 0; end < len(log); i++ {
			size := len(log)
			if len(sizes) > 0 {
				size = int(sizes[i%len(sizes)]) + 1
			}
			end = min(end+size, len(log))
			reader.Reset(bytes.NewReader(log[offset:end]))
			n, err := readMarks(reader, func(m mark) { got = append(got, m) })
			if err != nil {
				t.Fatal(err)
			}
			offset += int(n)
		}
		if !slices.Equal(got, want) || offset != rest {
			t.Fatalf("in pieces %v up to %d, as a whole %v up to %d", got, offset, want, rest)
		}
	})
}
