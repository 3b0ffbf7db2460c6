package settings

// MemoryKeyring returns a Keyring that is gone with the process, for the demo and for tests.
func MemoryKeyring() Keyring { return newGuarded(memory{}) }

// memory has the passwords by profile.
type memory map[string]string

func (m memory) get(profile string) (string, error) {
	password, stored := m[profile]
	if !stored {
		return "", ErrNotStored
	}
	return password, nil
}

func (m memory) set(profile, password string) error {
	m[profile] = password
	return nil
}

func (m memory) remove(profile string) error {
	_, err := m.get(profile)
	delete(m, profile)
	return err
}
