package clientfolder

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

// SwitchDebugOn sets debug to true in the client's settings and leaves every
// other byte as it is. The old file is kept beside it, under the path returned;
// where debug is on already nothing is done and backup is "". With an error
// nothing has changed. A client that runs takes notice at its next start only,
// and the game server needs debug mode as well. A folder that stops answering
// in the middle blocks it: with a limit, it could say that nothing has changed and
// change it later.
func SwitchDebugOn(folder string) (backup string, err error) {
	if _, err := holdsClient(folder); err != nil {
		return "", err
	}
	return switchDebugOn(folder, time.Now())
}

func switchDebugOn(folder string, now time.Time) (backup string, err error) {
	path, text, err := readConfigFile(folder)
	if err != nil {
		return "", err
	}
	edited, err := withDebugOn(path, text)
	if err != nil || edited == nil {
		return "", err
	}
	// A link stays one; what it leads to is replaced.
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", fmt.Errorf("switching debug mode on: %w", err)
	}
	backup, err = replaceKeeping(target, text, edited, now)
	if err != nil {
		return "", fmt.Errorf("switching debug mode on: %w", err)
	}
	return backup, nil
}

// withDebugOn returns nil where debug is on already.
func withDebugOn(path string, text []byte) ([]byte, error) {
	before, err := takeApart(path, text)
	if err != nil {
		return nil, err
	}
	if before.debug {
		return nil, nil
	}
	if before.withDebug == nil {
		return nil, problem.New(problem.NotSingle).In(path).Of("debug")
	}
	after, err := takeApart(path, before.withDebug)
	if err != nil || !after.debug || after.rest != before.rest {
		return nil, problem.New(problem.NoPlaceForDebug).In(path).Of("debug")
	}
	return before.withDebug, nil
}

// replaceKeeping puts text in the place of old in one step, so that neither a
// reader nor a crash finds half a file, and keeps old as a backup.
func replaceKeeping(path string, old, text []byte, now time.Time) (backup string, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	// A rename would get past this on some systems, but it is the owner's will.
	if info.Mode().Perm()&0o200 == 0 {
		return "", problem.New(problem.ClientReadOnly).In(path)
	}
	if backup, err = writeBackup(path, old, info.Mode().Perm(), now); err != nil {
		return "", err
	}
	if err = replaceUnchanged(path, old, text, info.Mode().Perm()); err != nil {
		os.Remove(backup)
		return "", err
	}
	return backup, nil
}

func replaceUnchanged(path string, old, text []byte, mode fs.FileMode) error {
	if now, err := readWhole(path); err != nil {
		return err
	} else if !bytes.Equal(now, old) {
		return problem.New(problem.Changed).In(path)
	}
	err := atomicfile.Write(path, text, mode)
	if last := (*os.LinkError)(nil); errors.As(err, &last) {
		return problem.New(problem.InUse).In(path).Because(err)
	}
	return err
}

// writeBackup never writes over an older one.
func writeBackup(path string, text []byte, mode fs.FileMode, now time.Time) (string, error) {
	base := path + ".bak-" + now.Format("20060102-150405")
	const most = 100
	for n := range most {
		name := base
		if n > 0 {
			name = fmt.Sprintf("%s-%d", base, n+1)
		}
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			if err = fill(file, text, mode); err != nil {
				os.Remove(name)
			}
		}
		return name, err
	}
	return "", problem.New(problem.ManyCopies, problem.Text("most", strconv.Itoa(most))).In(path)
}

// fill writes and closes a file.
func fill(file *os.File, text []byte, mode fs.FileMode) error {
	defer file.Close()
	if _, err := file.Write(text); err != nil {
		return err
	}
	if err := file.Chmod(mode); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return file.Close()
}
