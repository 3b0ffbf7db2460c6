package settings

// Memory is a Keyring that is gone with the process, for the demo and for tests.
type Memory struct {
	*patient
	passwords map[string]string
	failure   error
}

// NewMemory returns an empty one.
func NewMemory() *Memory {
	m := &Memory{passwords: map[string]string{}}
	m.patient = newPatient(m)
	return m
}

// Fail makes every call from now on fail with err; nil ends that.
func (m *Memory) Fail(err error) {
	m.turn <- struct{}{}
	m.failure = err
	<-m.turn
}

func (m *Memory) get(profile string) (string, error) {
	password, stored := m.passwords[profile]
	if m.failure == nil && !stored {
		return "", ErrNotStored
	}
	return password, m.failure
}

func (m *Memory) set(profile, password string) error {
	if m.failure == nil {
		m.passwords[profile] = password
	}
	return m.failure
}

func (m *Memory) remove(profile string) error {
	_, err := m.get(profile)
	if err == nil {
		delete(m.passwords, profile)
	}
	return err
}
