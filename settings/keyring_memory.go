package settings

import (
	"context"
	"fmt"
	"sync"
)

// Memory is a Keyring that is gone with the process, for the demo and for tests.
type Memory struct {
	mu        sync.Mutex
	passwords map[string]string
	fail      error
}

// NewMemory returns an empty one.
func NewMemory() *Memory { return &Memory{passwords: map[string]string{}} }

// Fail makes every call from now on fail with an error that wraps err, as
// ErrLocked; nil ends that.
func (m *Memory) Fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

// begin locks m for a call and returns why the call fails.
func (m *Memory) begin(ctx context.Context) error {
	m.mu.Lock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return m.fail
}

// Get is Keyring's.
func (m *Memory) Get(ctx context.Context, profile string) (string, error) {
	err := m.begin(ctx)
	defer m.mu.Unlock()
	password, stored := m.passwords[profile]
	if err == nil && !stored {
		err = ErrNotStored
	}
	if err != nil {
		return "", fmt.Errorf("reading the password of profile %q: %w", profile, err)
	}
	return password, nil
}

// Set is Keyring's.
func (m *Memory) Set(ctx context.Context, profile, password string) error {
	err := m.begin(ctx)
	defer m.mu.Unlock()
	if err == nil {
		err = checkPassword(password)
	}
	if err != nil {
		return fmt.Errorf("storing the password of profile %q: %w", profile, err)
	}
	m.passwords[profile] = password
	return nil
}

// Clear is Keyring's.
func (m *Memory) Clear(ctx context.Context, profile string) error {
	err := m.begin(ctx)
	defer m.mu.Unlock()
	if _, stored := m.passwords[profile]; err == nil && !stored {
		err = ErrNotStored
	}
	if err != nil {
		return fmt.Errorf("removing the password of profile %q: %w", profile, err)
	}
	delete(m.passwords, profile)
	return nil
}
