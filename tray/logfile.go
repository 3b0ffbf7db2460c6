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

// LogName is the name of the log in the state folder.
const LogName = "altv-tray.log"

// The log and its backups never take more than about 4 MB.
const (
	logMegabytes = 1
	logBackups   = 3
)

// OpenLog returns a logger for the rotating file in dir. If the file cannot be written, the logger
// writes to fallback, and err is the reason. Package log writes to the same logger.
func OpenLog(dir string, fallback io.Writer) (logger *slog.Logger, closeLog func(), err error) {
	path := filepath.Join(dir, LogName)
	_ = os.MkdirAll(dir, 0o700) // OpenFile reports what is wrong
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		logger = slog.New(slog.NewTextHandler(fallback, logOptions))
		err = fmt.Errorf("the log cannot be written: %w; it goes to the terminal instead", err)
		closeLog = func() {}
	} else {
		_ = f.Close()
		file := &timberjack.Logger{Filename: path, MaxSize: logMegabytes, MaxBackups: logBackups, FileMode: 0o600}
		logger = slog.New(slog.NewTextHandler(logFile{file}, logOptions))
		closeLog = func() { _ = file.Close() }
	}
	log.SetFlags(0)
	log.SetOutput(slog.NewLogLogger(logger.Handler(), slog.LevelWarn).Writer())
	return logger, closeLog, err
}

// logFile creates the file again if it was deleted. Linux would keep writing to the deleted one.
type logFile struct{ *timberjack.Logger }

func (f logFile) Write(line []byte) (int, error) {
	if _, err := os.Stat(f.Filename); errors.Is(err, fs.ErrNotExist) {
		_ = os.MkdirAll(filepath.Dir(f.Filename), 0o700) // timberjack would let others read the folder
		_ = f.Rotate()                                   // Write reports what is wrong
	}
	return f.Logger.Write(line)
}

// logOptions put errors into words, as the commands do.
var logOptions = &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
	if err, ok := a.Value.Any().(error); ok {
		a.Value = slog.StringValue(errtext.English(err))
	}
	return a
}}
