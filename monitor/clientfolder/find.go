// Package clientfolder knows the folder that the alt:V client is installed in:
// where it is, what its settings say, why its last join failed, whether it runs,
// and how it is started. Its results are plain data; what to tell a user about
// them is decided elsewhere. Errors are in English.
package clientfolder

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"altv-tray/monitor/folder"
)

const (
	exeName  = "altv.exe"
	tomlName = "altv.toml"
)

// ErrNotFound is wrapped by Find's error where there is no alt:V client: neither
// in the folder that was set nor, with none set, in the usual places.
var ErrNotFound = errors.New("no alt:V client found")

// Where a Folder was found.
const (
	SourceSet     = "set"     // the caller named it
	SourceDefault = "default" // %LOCALAPPDATA%\altv, where alt:V installs itself
	SourceRunKey  = "run key" // a program started at login
	SourceLink    = "link"    // the handler of altv:// links
	SourceRunning = "running" // an altv.exe that runs now
	SourceWine    = "wine"    // a Wine or Proton prefix
)

// Folder is an install folder: it holds altv.exe or altv.toml.
type Folder struct {
	Path   string // absolute
	Source string // one of the Source constants
}

// Find returns the client's folder: set where it is not empty, else the first of
// the usual places that holds a client. It reads the file system and, on
// Windows, the registry and the list of processes, so it is not for polling. A
// folder that does not answer is passed over; where no other holds a client, the
// error wraps folder.ErrSilent.
func Find(ctx context.Context, set string) (Folder, error) {
	if set != "" {
		path, err := filepath.Abs(set)
		if err != nil {
			return Folder{}, fmt.Errorf("client.folder %s: %w", set, err)
		}
		switch there, err := holdsClient(path); {
		case err != nil:
			return Folder{}, err
		case !there:
			return Folder{}, fmt.Errorf("%w in %s: there is no %s or %s; correct client.folder in the settings or leave it empty",
				ErrNotFound, path, exeName, tomlName)
		}
		return Folder{path, SourceSet}, nil
	}
	found, err := firstClient(ctx, candidates(ctx))
	if !errors.Is(err, ErrNotFound) {
		return found, err
	}
	return Folder{}, fmt.Errorf("%w in the usual places: set client.folder in the settings to the folder with %s", ErrNotFound, exeName)
}

// firstClient returns ErrNotFound itself where there is none.
func firstClient(ctx context.Context, places iter.Seq[Folder]) (Folder, error) {
	none := ErrNotFound
	for place := range places {
		if ctx.Err() != nil {
			break
		}
		// A relative path, out of a broken registry value, would lie wherever
		// this process was started.
		if !filepath.IsAbs(place.Path) {
			continue
		}
		there, err := holdsClient(place.Path)
		if there {
			place.Path = filepath.Clean(place.Path)
			return place, nil
		}
		if err != nil {
			none = err
		}
	}
	return Folder{}, none
}

// holdsClient has an error only where the folder does not answer.
func holdsClient(dir string) (bool, error) {
	return folder.Do(dir, func() (bool, error) {
		for _, name := range []string{exeName, tomlName} {
			if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() {
				return true, nil
			}
		}
		return false, nil
	})
}

// programOf takes the program out of a Windows command line as the registry
// holds it, with or without quotes and arguments, and parts it into folder and
// name. Both are empty where there is none.
func programOf(command string) (folder, name string) {
	command = strings.TrimSpace(command)
	program := command
	if quoted, ok := strings.CutPrefix(command, `"`); ok {
		program, _, _ = strings.Cut(quoted, `"`)
	} else if end := endOfExe(command); end > 0 {
		program = command[:end]
	} else {
		program, _, _ = strings.Cut(command, " ")
	}
	slash := strings.LastIndexAny(program, `\/`)
	if slash < 0 {
		return "", program
	}
	return program[:slash], program[slash+1:]
}

// endOfExe finds where an unquoted program ends, whose path may have blanks: at
// the first ".exe" that ends a word. 0 means nowhere.
func endOfExe(command string) int {
	const ending = ".exe"
	for i := 0; i+len(ending) <= len(command); i++ {
		end := i + len(ending)
		if strings.EqualFold(command[i:end], ending) && (end == len(command) || command[end] == ' ' || command[end] == '\t') {
			return end
		}
	}
	return 0
}
