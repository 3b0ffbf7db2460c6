package settings

import "sync"

// Memory is a Keyring that is gone with the process, for the demo and for tests.
type Memory struct {
	*patient
	mu        sync.Mutex
	passwords map[string]string
	failure   error
}

// NewMemory returns an empty one.
func NewMemory() *Memory {
	m := &Memory{passwords: map[string]string{}}
	m.patient = newPatient(m)
	return m
}

// Fail makes every call from now on fail with an error that wraps err, as
// ErrLocked; nil ends that.
func (m *Memory) Fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failure = err
}

func (m *Memory) get(profile string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	password, stored := m.passwords[profile]
	if m.failure == nil && !stored {
		return "", ErrNotStored
	}
	return password, m.failure
}

func (m *Memory) set(profile, password string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failure == nil {
		m.passwords[profile] = password
	}
	return m.failure
}

func (m *Memory) remove(profile string) error {
	if _, err := m.get(profile); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.passwords, profile)
	return nil
}
