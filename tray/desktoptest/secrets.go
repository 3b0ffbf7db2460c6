//go:build linux

package desktoptest

import (
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

const (
	secretsName       = "org.freedesktop.secrets"
	secretsPath       = dbus.ObjectPath("/org/freedesktop/secrets")
	secretsCollection = secretsPath + "/collection/login"
	secretsItem       = secretsCollection + "/1"
	secretsSession    = secretsPath + "/session/1"
	secretsPrompt     = secretsPath + "/prompt/1"
)

// Secrets is the test's own keyring (Secret Service API), which can go wrong. It has one
// secret, the answer to every search.
type Secrets struct {
	conn *dbus.Conn

	mu      sync.Mutex
	value   []byte
	locked  bool          // unlocking asks, and the question is dismissed
	ignored bool          // it is not even dismissed
	hang    chan struct{} // nil: answer at once; else answer when closed
	calls   int
	prompts int
}

// StartSecrets puts the keyring on the bus until the test ends.
func StartSecrets(t testing.TB, bus *Bus, value []byte) *Secrets {
	t.Helper()
	s := &Secrets{conn: bus.Connect(t), value: value}
	for _, one := range []struct {
		path   dbus.ObjectPath
		name   string
		object any
	}{
		{secretsPath, "org.freedesktop.Secret.Service", (*secretsService)(s)},
		{secretsCollection, "org.freedesktop.Secret.Collection", (*secretsService)(s)},
		{secretsItem, "org.freedesktop.Secret.Item", (*secretsService)(s)},
		{secretsSession, "org.freedesktop.Secret.Session", (*secretsService)(s)},
		{secretsPrompt, "org.freedesktop.Secret.Prompt", (*secretsService)(s)},
	} {
		if err := s.conn.Export(one.object, one.path, one.name); err != nil {
			t.Fatalf("offer a keyring: %v", err)
		}
	}
	_, err := prop.Export(s.conn, secretsPath, prop.Map{"org.freedesktop.Secret.Service": {
		"Collections": {Value: []dbus.ObjectPath{secretsCollection}, Emit: prop.EmitFalse},
	}})
	if err != nil {
		t.Fatalf("offer a keyring's properties: %v", err)
	}
	own(t, s.conn, secretsName)
	t.Cleanup(func() { s.Hang(false) })
	return s
}

// Close crashes the keyring: it is off the bus at once.
func (s *Secrets) Close(t testing.TB) {
	t.Helper()
	if err := s.conn.Close(); err != nil {
		t.Fatalf("end the keyring: %v", err)
	}
	s.Hang(false)
}

// Set replaces the secret.
func (s *Secrets) Set(value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = []byte(value)
}

// Lock makes the keyring show a prompt that is dismissed each time, or opens it.
func (s *Secrets) Lock(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.locked = on
}

// Ask is Lock with a prompt that is never answered.
func (s *Secrets) Ask() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.locked, s.ignored = true, true
}

// Hang makes the keyring accept calls without answering, or answer again.
func (s *Secrets) Hang(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hang != nil {
		close(s.hang)
		s.hang = nil
	}
	if on {
		s.hang = make(chan struct{})
	}
}

// Calls returns how many calls have come so far, and how many of them opened a prompt.
func (s *Secrets) Calls() (calls, prompts int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls, s.prompts
}

// secretsService holds the methods that the bus may call. The names of the
// interfaces' methods all differ, so one value is enough.
type secretsService Secrets

func (s *secretsService) begin() {
	s.mu.Lock()
	s.calls++
	hang := s.hang
	s.mu.Unlock()
	if hang != nil {
		<-hang
	}
}

type secret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

// OpenSession is org.freedesktop.Secret.Service.OpenSession.
func (s *secretsService) OpenSession(algorithm string, input dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	s.begin()
	return dbus.MakeVariant(""), secretsSession, nil
}

// Unlock is org.freedesktop.Secret.Service.Unlock.
func (s *secretsService) Unlock(objects []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	s.begin()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return nil, secretsPrompt, nil
	}
	return objects, "/", nil
}

// Prompt is org.freedesktop.Secret.Prompt.Prompt. The user dismisses
// it, or does nothing.
func (s *secretsService) Prompt(window string) *dbus.Error {
	s.begin()
	s.mu.Lock()
	s.prompts++
	ignored := s.ignored
	s.mu.Unlock()
	if ignored {
		return nil
	}
	go s.conn.Emit(secretsPrompt, "org.freedesktop.Secret.Prompt.Completed", true, dbus.MakeVariant([]dbus.ObjectPath{}))
	return nil
}

// Dismiss is org.freedesktop.Secret.Prompt.Dismiss.
func (s *secretsService) Dismiss() *dbus.Error { return nil }

// SearchItems is org.freedesktop.Secret.Collection.SearchItems.
func (s *secretsService) SearchItems(attributes map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	s.begin()
	return []dbus.ObjectPath{secretsItem}, nil
}

// GetSecret is org.freedesktop.Secret.Item.GetSecret.
func (s *secretsService) GetSecret(session dbus.ObjectPath) (secret, *dbus.Error) {
	s.begin()
	s.mu.Lock()
	defer s.mu.Unlock()
	return secret{Session: session, Value: s.value, ContentType: "text/plain"}, nil
}

// Close is org.freedesktop.Secret.Session.Close.
func (s *secretsService) Close() *dbus.Error { return nil }
