package simulator

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"
)

// serverLog is server.log as an alt:V server writes it: the lines and their
// order are those of logs in public issue threads, whose lines begin with the
// time of day. The colours are what its console shows, left in as in some logs.
type serverLog struct {
	file *os.File // nil: nothing is written
	tell func(format string, args ...any)
}

const (
	colourGreen = "\x1b[32m"
	colourCyan  = "\x1b[36m"
	colourReset = "\x1b[0m"
)

var resources = []string{"chat", "freeroam"}

// openLog creates server.log in folder, or empties it. If that fails it says so, and
// the server goes on without a log, as a real one does.
func openLog(folder string, tell func(format string, args ...any)) *serverLog {
	l := &serverLog{tell: tell}
	if folder == "" {
		return l
	}
	file, err := os.Create(filepath.Join(folder, "server.log"))
	if err != nil {
		tell("server: cannot write its log: %v", err)
		return l
	}
	l.file = file
	return l
}

func (l *serverLog) begin(addr string) {
	l.line("", "alt:V Server 16.2.0 (simulated)")
	l.line("", "Starting simulated server on 0.0.0.0:%s", portOf(addr))
	for _, name := range resources {
		l.line(colourCyan, "Loading resource %s", name)
	}
}

func (l *serverLog) resourcesLoaded(addr string) {
	for _, name := range resources {
		l.line(colourCyan, "Loaded resource %s", name)
	}
	l.line("", "Starting HTTP server on 0.0.0.0:%s", portOf(addr))
}

func (l *serverLog) threadsStarted() {
	l.line("", "Main thread started (ThreadId: 2144)")
	l.line("", "Network thread started (ThreadId: 18392)")
}

func (l *serverLog) started() { l.line(colourGreen, "Server started") }

func (l *serverLog) shutdown() { l.line("", "Server shutdown") }

func (l *serverLog) line(colour, format string, args ...any) {
	if l.file == nil {
		return
	}
	text := fmt.Sprintf(format, args...)
	if colour != "" {
		text = colour + text + colourReset
	}
	if _, err := fmt.Fprintf(l.file, "[%s] %s\n", time.Now().Format(time.TimeOnly), text); err != nil {
		l.tell("server: cannot write its log: %v", err)
		l.close()
	}
}

func (l *serverLog) close() {
	if l.file != nil {
		_ = l.file.Close()
		l.file = nil
	}
}

// portOf returns the port of a host and port.
func portOf(addr string) string {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	return port
}
