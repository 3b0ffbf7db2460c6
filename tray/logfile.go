package tray

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/DeRuina/timberjack"

	"altv-tray/tray/errtext"
)

// LogName is the log's name in the state folder.
const LogName = "altv-tray.log"

// The log never takes more than about 4 MB with what it was rotated to.
const (
	logMegabytes = 1
	logBackups   = 3
)

// OpenLog returns a logger for the rotating file in dir. If that cannot be written it logs to
// fallback, and err says why. Package log's output goes there too.
func OpenLog(dir string, fallback io.Writer) (logger *slog.Logger, closeLog func(), err error) {
	path := filepath.Join(dir, LogName)
	_ = os.MkdirAll(dir, 0o700) // what fails here fails below as well
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		logger = slog.New(slog.NewTextHandler(fallback, logged))
		err = fmt.Errorf("the log cannot be written: %w; it goes to the terminal instead", err)
		closeLog = func() {}
	} else {
		_ = f.Close()
		file := &timberjack.Logger{Filename: path, MaxSize: logMegabytes, MaxBackups: logBackups, FileMode: 0o600}
		logger = slog.New(slog.NewTextHandler(logFile{file}, logged))
		closeLog = func() { _ = file.Close() }
	}
	log.SetFlags(0)
	log.SetOutput(slog.NewLogLogger(logger.Handler(), slog.LevelWarn).Writer())
	return logger, closeLog, err
}

// logFile begins a new file when the old one was deleted, to which Linux would go on writing.
type logFile struct{ *timberjack.Logger }

func (f logFile) Write(line []byte) (int, error) {
	if _, err := os.Stat(f.Filename); errors.Is(err, fs.ErrNotExist) {
		_ = os.MkdirAll(filepath.Dir(f.Filename), 0o700) // timberjack's would be open to others
		_ = f.Rotate()                                   // what fails here fails below as well
	}
	return f.Logger.Write(line)
}

// logged has errors in the log say what is wrong in words, as the commands do.
var logged = &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
	if err, ok := a.Value.Any().(error); ok {
		a.Value = slog.StringValue(errtext.English(err))
	}
	return a
}}
