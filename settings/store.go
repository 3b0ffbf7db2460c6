package settings

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"time"

	"altv-tray/monitor/beat"
	"altv-tray/monitor/live"
	"altv-tray/monitor/problem"
)

// Store holds the settings in force and follows the file. When the file cannot be used, the
// settings stay as they are, and Problem returns the reason. Its methods may be called from
// any goroutine.
type Store struct {
	file string

	// files is held while the file is read or written, which may wait for a disk. Readers of
	// the settings in force do not need it.
	files    sync.Mutex
	last     reading // the file as it was last used
	version  int     // of its content
	override string  // profile of the command line; empty: the file's

	current live.Value[*inForce]
}

// inForce is immutable.
type inForce struct {
	settings Settings
	problem  error // why the file is not in force, or nil
}

// Open reads the settings file, which need not exist. If the file cannot be used, the defaults
// are in force. overrideProfile is the profile to use in place of the file's, or empty. The
// error is that this profile does not exist.
func Open(file, overrideProfile string) (*Store, error) {
	absolute, err := filepath.Abs(file)
	if err != nil {
		return nil, fmt.Errorf("finding the settings file %s: %w", file, err)
	}
	s := &Store{file: absolute, override: overrideProfile, last: reading{missing: true}}
	s.current.Set(&inForce{settings: Default()})
	s.load(readFile(s.file))
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

// Subscribe returns a channel that receives when Current or Problem have changed. It may
// receive once for several changes. cancel ends the subscription and does not close the channel.
func (s *Store) Subscribe() (changed <-chan struct{}, cancel func()) { return s.current.Follow() }

// AnyVersion stands for whatever version the file has.
const AnyVersion = -1

// ErrStale means that the file no longer has the given version.
var ErrStale = errors.New("the settings file has changed meanwhile")

// Version reads the file and returns its version and the settings in force.
func (s *Store) Version() (int, Settings) {
	s.files.Lock()
	defer s.files.Unlock()
	s.load(readFile(s.file))
	return s.version, s.Current()
}

// Change changes the file if it has the given version, and puts the result in force. It creates
// a missing file. It returns the file's new version. With an error nothing is written: ErrStale
// with the present version, or a *problem.Problem of the file, the value or the disk.
func (s *Store) Change(version int, c Change) (int, error) {
	s.files.Lock()
	defer s.files.Unlock()
	s.load(readFile(s.file))
	if version != s.version && version != AnyVersion {
		return s.version, ErrStale
	}
	err := s.write(c)
	return s.version, err
}

// Set changes one key outside the profiles. The value has the field's type, or is its text.
// Setting "profile" ends the command line's override.
func (s *Store) Set(key string, value any) error {
	_, err := s.Change(AnyVersion, Change{Key: key, Value: fmt.Sprint(value)})
	return err
}

// Ensure creates a missing file with the commented defaults.
func (s *Store) Ensure() error {
	_, err := s.Change(AnyVersion, Change{})
	return err
}

// write changes the file, which was just read into last. The caller holds files.
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
	// A change of the profile in use, or one after which the override's profile does not exist,
	// ends the override.
	if next, err := Parse(edited, s.file); err == nil && (s.last.missing || c != Change{}) {
		if _, ok := next.Find(s.override); !ok || c.Key == "profile" {
			s.override = ""
		}
	}
	s.load(now)
	return nil
}

// load puts a reading, or its problem, in force. The caller holds files.
func (s *Store) load(r reading) {
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

// parse returns the settings of a reading, with the command line's override.
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

const (
	pollEvery = time.Second
	// settleTime is how long a file must stay unchanged before it is used: it may be half-written.
	settleTime = 100 * time.Millisecond
	// settleTimeEmpty is the same for an empty or missing file. Many editors empty or delete a
	// file before they write it. If the new file is then broken, the defaults would have
	// replaced good settings.
	settleTimeEmpty = 500 * time.Millisecond
)

// Watch puts each edit of the file in force within a second, until ctx ends.
func (s *Store) Watch(ctx context.Context) {
	var unsettled *reading
	for {
		wait := beat.Next(time.Now(), pollEvery)
		if unsettled != nil {
			wait = settleTime
			if unsettled.err == nil && len(unsettled.data) == 0 {
				wait = settleTimeEmpty
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		unsettled = s.poll(unsettled)
	}
}

// poll uses the file if it has changed, or returns what it has read if that must settle first.
// before is what the previous poll has returned.
func (s *Store) poll(before *reading) (unsettled *reading) {
	s.files.Lock()
	defer s.files.Unlock()
	if s.last.unchanged(s.file) {
		return nil
	}
	now := readFile(s.file)
	switch {
	case now.same(s.last):
		s.last = now
	case before != nil && now.same(*before), len(now.data) > 0 && time.Since(now.written) >= settleTime:
		s.load(now)
	default:
		return &now
	}
	return nil
}
