package history

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// FileName is the file's name in the state folder: one JSON object a line, the
// oldest first.
const FileName = "history.jsonl"

// What the history keeps: of what ended within MaxAge of the newest entry, all;
// of what is older, sessions, restarts and reconnects, as long as there are not
// MaxOld newer ones; all within MaxBytes. The file may grow to maxFile before it
// is written anew, which so happens seldom.
const (
	MaxAge   = 7 * 24 * time.Hour
	MaxOld   = 1000
	MaxBytes = 4 << 20
	maxFile  = 5 << 20
)

// Store is the history's file. Any number of processes may read it; one alone,
// the tray app, may Append. Its methods may be called from any goroutine.
type Store struct {
	path string

	mu            sync.Mutex
	lastReconnect Entry
	hasReconnect  bool
}

// Open reads the history in the folder dir. It writes nothing: neither the
// folder nor the file need exist.
func Open(dir string) (*Store, error) {
	s := &Store{path: filepath.Join(dir, FileName)}
	// It is near the end, as a rule: no need to read everything at each start.
	for _, most := range []int64{64 << 10, MaxBytes} {
		tail, err := readTail(s.path, most)
		if err != nil {
			return nil, s.cannotRead(err)
		}
		if s.lastReconnect, s.hasReconnect = lastReconnect(tail); s.hasReconnect {
			break
		}
	}
	return s, nil
}

// Append adds an entry at the end. It makes the folder if that is missing. Even
// with an error LastReconnect tells of it.
func (s *Store) Append(e Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remember(e)
	line, err := json.Marshal(e)
	if err == nil {
		err = s.append(line)
	}
	if err != nil {
		return fmt.Errorf("adding to the history %s (see that its folder can be written and its disk is not full): %w", s.path, err)
	}
	return nil
}

func (s *Store) append(line []byte) error {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err
	}
	if err := s.makeRoom(); err != nil {
		return err
	}
	return appendLine(s.path, line)
}

// makeRoom keeps the file within maxFile.
func (s *Store) makeRoom() error {
	var size int64
	if info, err := os.Stat(s.path); err == nil {
		size = info.Size()
	}
	if size < maxFile {
		return nil
	}
	err := compact(s.path)
	if size < 2*maxFile {
		// On Windows it cannot be replaced while another process reads it. The
		// next entry's turn will do.
		err = nil
	}
	return err
}

// Last returns the entries, oldest first, back to the nth newest that is no State;
// all where there are not so many. Lines that are no entries, as a process leaves half a one when it is
// killed, are passed over.
func (s *Store) Last(n int) ([]Entry, error) {
	tail, err := readTail(s.path, MaxBytes)
	if err != nil {
		return nil, s.cannotRead(err)
	}
	return parse(tail, n), nil
}

// All reads every entry that is kept in the folder dir, oldest first.
func All(dir string) ([]Entry, error) { return (&Store{path: filepath.Join(dir, FileName)}).All() }

// All gives every entry that is kept, oldest first.
func (s *Store) All() ([]Entry, error) { return s.Last(math.MaxInt) }

// LastReconnect gives the newest reconnect, joined or failed; false where there
// is none. It does not read the file again.
func (s *Store) LastReconnect() (Entry, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lastReconnect, s.hasReconnect
}

func (s *Store) remember(e Entry) {
	if e.Kind == Reconnect {
		s.lastReconnect, s.hasReconnect = e, true
	}
}

func (s *Store) cannotRead(err error) error {
	return fmt.Errorf("reading the history %s (if it is damaged, delete it): %w", s.path, err)
}
