package settings

import (
	"bytes"
	_ "embed"
	"fmt"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"

	"altv-tray/monitor/problem"
)

// defaultFile is Default as a file with comments.
//
//go:embed default.toml
var defaultFile []byte

// Store holds the settings in force and follows the file. An edit that cannot be used leaves
// them as they are; Problem says why. Its methods may be called from any goroutine.
type Store struct {
	file string

	// One read or write of the file at a time. It may wait for a disk, so readers of the
	// settings take mu alone.
	files    sync.Mutex
	seen     reading // what was last taken in
	version  int     // of its content
	override string  // profile of the command line; empty: the file's

	mu          sync.Mutex
	current     Settings
	problem     error
	subscribers []chan struct{}
}

// Open reads the settings file, which need not exist. If it cannot be used the defaults are
// in force. overrideProfile is the profile to use instead of the file's, empty for none; the
// only error is that there is no such profile.
func Open(file, overrideProfile string) (*Store, error) {
	absolute, err := filepath.Abs(file)
	if err != nil {
		return nil, fmt.Errorf("finding the settings file %s: %w", file, err)
	}
	s := &Store{file: absolute, override: overrideProfile, current: Default()}
	s.take(readFile(s.file))
	if overrideProfile != "" && s.current.Profile != overrideProfile {
		return nil, s.problem
	}
	return s, nil
}

// File returns the settings file's absolute path.
func (s *Store) File() string { return s.file }

// Current returns the settings in force.
func (s *Store) Current() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current.clone()
}

// Problem returns why the file is not in force, as a *problem.Problem, or nil.
func (s *Store) Problem() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.problem
}

// Subscribe returns a channel that receives when Current or Problem have changed; changes in
// close succession may come as one. cancel ends that; the channel is not closed.
func (s *Store) Subscribe() (changed <-chan struct{}, cancel func()) {
	c := make(chan struct{}, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.subscribers = append(s.subscribers, c)
	return c, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.subscribers = slices.DeleteFunc(s.subscribers, func(other chan struct{}) bool { return other == c })
	}
}

// Set changes one key outside the profiles in the file and puts the result in force. The value
// is of the field's type, or its text. A missing file is made, with comments. The error is a
// *problem.Problem. Setting "profile" ends the command line's override.
func (s *Store) Set(key string, value any) error {
	s.files.Lock()
	defer s.files.Unlock()
	return s.write(readFile(s.file), key, func(text []byte) ([]byte, error) { return edit(text, s.file, key, fmt.Sprint(value)) })
}

// write changes the text of the file that was just read, in which key is set, if it is one.
// The caller holds files.
func (s *Store) write(now reading, key string, edit func(text []byte) ([]byte, error)) error {
	if now.err != nil {
		return now.err
	}
	text := now.data
	if now.missing {
		text = defaultFile
	}
	edited, err := edit(text)
	if err != nil {
		return err
	}
	if now.missing || !bytes.Equal(edited, now.data) {
		if err := writeFile(s.file, edited); err != nil {
			return err
		}
		now = reading{data: edited}
	}
	if next, err := Parse(edited, s.file); err == nil {
		if _, ok := next.Find(s.override); !ok || key == "profile" {
			s.override = ""
		}
	}
	s.take(now)
	return nil
}

// Ensure writes a file with the commented defaults if there is none.
func (s *Store) Ensure() error {
	s.files.Lock()
	defer s.files.Unlock()
	now := readFile(s.file)
	if !now.missing {
		return now.err
	}
	return s.write(now, "", func(text []byte) ([]byte, error) { return text, nil })
}

// reload reads the file and puts it in force.
func (s *Store) reload() {
	s.files.Lock()
	defer s.files.Unlock()
	now := readFile(s.file)
	if now.missing && !s.seen.missing {
		slog.Info("settings_file_gone_defaults_in_force", "file", s.file)
	}
	s.take(now)
}

// look reads the file, and reports whether it has anything new.
func (s *Store) look() (now reading, isNew bool) {
	s.files.Lock()
	defer s.files.Unlock()
	if s.seen.isStill(s.file) {
		return s.seen, false
	}
	now = readFile(s.file)
	if isNew = !now.same(s.seen); !isNew {
		s.seen = now
	}
	return now, isNew
}

// take puts what was read in force, or notes why it cannot be, and wakes the subscribers if
// that changes anything. The caller holds files.
func (s *Store) take(r reading) {
	if !r.same(s.seen) {
		s.version++
	}
	s.seen = r
	next, problem := s.settingsOf(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	if problem != nil {
		next = s.current
	}
	if next.equal(s.current) && reflect.DeepEqual(problem, s.problem) {
		return
	}
	s.current, s.problem = next, problem
	for _, c := range s.subscribers {
		select {
		case c <- struct{}{}:
		default: // it has not yet looked at the change before
		}
	}
}

func (s *Store) settingsOf(r reading) (Settings, error) {
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
		return Settings{}, problem.New(problem.NoOverride, problem.Text("name", quoted(s.override)),
			problem.Text("known", strings.Join(names, ", "))).In(s.file).Of("profiles")
	}
	return next, nil
}
