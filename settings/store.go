package settings

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"reflect"
	"strings"
	"sync"

	"altv-tray/monitor/live"
	"altv-tray/monitor/problem"
)

// Store holds the settings in force and follows the file. An edit that cannot be used leaves
// them as they are; Problem says why. Its methods may be called from any goroutine.
type Store struct {
	file string

	// One read or write of the file at a time. It may wait for a disk, so that readers of the
	// settings in force do not take it.
	files    sync.Mutex
	last     reading // what was last taken in
	version  int     // of its content
	override string  // profile of the command line; empty: the file's

	current live.Value[*inForce]
}

// inForce is what the file has come to. It is replaced, never changed.
type inForce struct {
	settings Settings
	problem  error // why the file is not in force, or nil
}

// Open reads the settings file, which need not exist. If it cannot be used the defaults are
// in force. overrideProfile is the profile to use instead of the file's, empty for none; the
// only error is that there is no such profile.
func Open(file, overrideProfile string) (*Store, error) {
	absolute, err := filepath.Abs(file)
	if err != nil {
		return nil, fmt.Errorf("finding the settings file %s: %w", file, err)
	}
	s := &Store{file: absolute, override: overrideProfile, last: reading{missing: true}}
	s.current.Set(&inForce{settings: Default()})
	s.use(readFile(s.file))
	if overrideProfile != "" && s.Current().Profile != overrideProfile {
		return nil, s.Problem()
	}
	return s, nil
}

// File returns the settings file's absolute path.
func (s *Store) File() string { return s.file }

// Current returns the settings in force.
func (s *Store) Current() Settings { return s.current.Get().settings.clone() }

// Problem returns why the file is not in force, as a *problem.Problem, or nil.
func (s *Store) Problem() error { return s.current.Get().problem }

// Subscribe returns a channel that receives when Current or Problem have changed; changes in
// close succession may come as one. cancel ends that; the channel is not closed.
func (s *Store) Subscribe() (changed <-chan struct{}, cancel func()) { return s.current.Follow() }

// AnyVersion is that of a Change of whatever is in the file.
const AnyVersion = -1

// ErrStale means that the file is another than the one of that version.
var ErrStale = errors.New("the settings file has changed meanwhile")

// Version reads the file, and returns its version and the settings in force.
func (s *Store) Version() (int, Settings) {
	s.files.Lock()
	defer s.files.Unlock()
	s.use(readFile(s.file))
	return s.version, s.Current()
}

// Change makes a change of the file of that version, and puts the result in force. It returns
// the version after it, or the present one with ErrStale. A *problem.Problem blames the file,
// the value or the disk. With an error nothing is written. A missing file is made.
func (s *Store) Change(version int, c Change) (int, error) {
	s.files.Lock()
	defer s.files.Unlock()
	s.use(readFile(s.file))
	if version != s.version && version != AnyVersion {
		return s.version, ErrStale
	}
	err := s.write(c)
	return s.version, err
}

// Set is Change for one key outside the profiles. The value is of the field's type, or its
// text. Setting "profile" ends the command line's override.
func (s *Store) Set(key string, value any) error {
	_, err := s.Change(AnyVersion, Change{Key: key, Value: fmt.Sprint(value)})
	return err
}

// Ensure writes a file with the commented defaults if there is none.
func (s *Store) Ensure() error {
	s.files.Lock()
	defer s.files.Unlock()
	if s.use(readFile(s.file)); !s.last.missing {
		return s.last.err
	}
	return s.write(Change{})
}

// write changes the file that was just taken in. The caller holds files.
func (s *Store) write(c Change) error {
	now := s.last
	if now.err != nil {
		return now.err
	}
	text := now.data
	if now.missing {
		text = defaultFile
	}
	edited, err := c.apply(text, s.file)
	if err != nil {
		return err
	}
	if now.missing || !bytes.Equal(edited, text) {
		if err := writeFile(s.file, edited); err != nil {
			return err
		}
		now = reading{data: edited}
	}
	if next, err := Parse(edited, s.file); err == nil {
		if _, ok := next.Find(s.override); !ok || c.Key == "profile" {
			s.override = ""
		}
	}
	s.use(now)
	return nil
}

// use puts what was read in force, or notes why it cannot be. The caller holds files.
func (s *Store) use(r reading) {
	if !r.same(s.last) {
		s.version++
	}
	if r.missing && !s.last.missing {
		slog.Info("settings_file_gone_defaults_in_force", "file", s.file)
	}
	s.last = r
	now := s.current.Get()
	next, problem := s.parse(r)
	if problem != nil {
		next = now.settings
	}
	if !next.equal(now.settings) || !reflect.DeepEqual(problem, now.problem) {
		s.current.Set(&inForce{next, problem})
	}
}

func (s *Store) parse(r reading) (Settings, error) {
	if r.err != nil {
		return Settings{}, r.err
	}
	next, err := Parse(r.data, s.file)
	if err != nil {
		return Settings{}, err
	}
	if s.override == "" {
		return next, nil
	}
	next.Profile = s.override
	if _, ok := next.Find(s.override); !ok {
		var names []string
		for _, p := range next.Profiles {
			names = append(names, p.Name)
		}
		return Settings{}, problem.New(problem.NoOverride, problem.Text("name", quote(s.override)),
			problem.Text("known", strings.Join(names, ", "))).In(s.file).Of("profiles")
	}
	return next, nil
}
