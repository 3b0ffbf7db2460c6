package settings

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf16"

	"altv-tray/monitor/problem"
)

const canary = "canary7Geheim"

// fakeBackend is a system's keyring of one password, with what can go wrong.
type fakeBackend struct {
	stored   []string // the same entry more than once, as other programs may do
	getErr   error
	setErr   error
	clearErr error
	deaf     bool          // reports success and does nothing, as after a dismissed prompt
	wait     chan struct{} // calls wait for it where it is not nil
	calls    atomic.Int32
	panics   bool
}

func (b *fakeBackend) begin() {
	b.calls.Add(1)
	if b.wait != nil {
		<-b.wait
	}
	if b.panics {
		panic(canary)
	}
}

func (b *fakeBackend) get(string) (string, error) {
	b.begin()
	switch {
	case b.getErr != nil:
		return "", b.getErr
	case len(b.stored) == 0:
		return "", ErrNotStored
	}
	return b.stored[0], nil
}

func (b *fakeBackend) set(_, password string) error {
	b.begin()
	if b.setErr == nil && !b.deaf {
		b.stored = []string{password}
	}
	return b.setErr
}

func (b *fakeBackend) remove(string) error {
	b.begin()
	switch {
	case b.clearErr != nil:
		return b.clearErr
	case len(b.stored) == 0:
		return ErrNotStored
	case !b.deaf:
		b.stored = b.stored[1:]
	}
	return nil
}

func TestKeyringKeeps(t *testing.T) {
	for name, k := range map[string]Keyring{"memory": MemoryKeyring(), "guarded": newGuarded(&fakeBackend{})} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			if _, err := k.Get(ctx, "default"); !errors.Is(err, ErrNotStored) {
				t.Errorf("Get of none: %v", err)
			}
			if err := k.Clear(ctx, "default"); !errors.Is(err, ErrNotStored) {
				t.Errorf("Clear of none: %v", err)
			}
			for _, password := range []string{"a", strings.Repeat("ä", MaxPassword/2), " \t\r\n", "\ufeff", "\U0001F512"} {
				if err := k.Set(ctx, "default", password); err != nil {
					t.Fatal(err)
				}
				if got, err := k.Get(ctx, "default"); got != password || err != nil {
					t.Errorf("got %q, %v; want %q", got, err, password)
				}
			}
			if err := k.Clear(ctx, "default"); err != nil {
				t.Error(err)
			}
			if _, err := k.Get(ctx, "default"); !errors.Is(err, ErrNotStored) {
				t.Errorf("Get after Clear: %v", err)
			}
		})
	}
}

func TestKeyringRefuses(t *testing.T) {
	for _, test := range []struct {
		name, password string
		want           error
	}{
		{"empty", "", ErrEmpty},
		{"too long", canary + strings.Repeat("x", MaxPassword), ErrTooLong},
		{"NUL", canary + "\x00", ErrNotText},
		{"not UTF-8", canary + "\xff", ErrNotText},
	} {
		backend := &fakeBackend{}
		for _, k := range []Keyring{MemoryKeyring(), newGuarded(backend)} {
			err := k.Set(t.Context(), "default", test.password)
			checkError(t, test.name, err, test.want)
		}
		if backend.calls.Load() != 0 {
			t.Errorf("%s: the system's keyring was asked", test.name)
		}
	}
}

// checkError sees to what every error must be: of its kind, and without the
// password.
func checkError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
	if err != nil && strings.Contains(fmt.Sprintf("%v %+v %q", err, err, err), canary) {
		t.Errorf("%s: the password is in the error", what)
	}
}

func TestKeyringErrors(t *testing.T) {
	strange := errors.New("strange")
	for _, test := range []struct {
		name            string
		backend         *fakeBackend
		get, set, clear error // nil: not asked
	}{
		{name: "locked", backend: &fakeBackend{getErr: problem.New(problem.KeyringLocked).Because(strange), setErr: ErrLocked, clearErr: ErrLocked}, get: ErrLocked, set: ErrLocked, clear: ErrLocked},
		{name: "cause is kept", backend: &fakeBackend{getErr: problem.New(problem.NoKeyring).Because(strange), setErr: strange, clearErr: strange}, get: strange, set: strange, clear: strange},
		{name: "read back fails", backend: &fakeBackend{getErr: ErrLocked}, set: ErrLocked},
		{name: "dismissed", backend: &fakeBackend{deaf: true}, set: ErrLocked},
		{name: "dismissed with another stored", backend: &fakeBackend{deaf: true, stored: []string{"old"}}, set: ErrLocked, clear: ErrLocked},
		{name: "stored empty", backend: &fakeBackend{stored: []string{""}}, get: ErrNotStored},
		{name: "stored with NUL", backend: &fakeBackend{stored: []string{canary + "\x00"}}, get: ErrNotText},
		{name: "stored as no text", backend: &fakeBackend{stored: []string{canary + "\xff"}}, get: ErrNotText},
		{name: "panic", backend: &fakeBackend{panics: true}, get: ErrLocked, set: ErrLocked, clear: ErrLocked},
	} {
		t.Run(test.name, func(t *testing.T) {
			k := newGuarded(test.backend)
			if test.get != nil {
				password, err := k.Get(t.Context(), "default")
				checkError(t, "Get", err, test.get)
				if password != "" {
					t.Error("a password beside an error")
				}
			}
			if test.set != nil {
				checkError(t, "Set", k.Set(t.Context(), "default", canary), test.set)
			}
			if test.clear != nil {
				checkError(t, "Clear", k.Clear(t.Context(), "default"), test.clear)
			}
		})
	}
}

func TestClearLeavesADouble(t *testing.T) {
	b := &fakeBackend{stored: []string{"a", "b"}}
	checkError(t, "Clear", newGuarded(b).Clear(t.Context(), "default"), ErrLocked)
}

func TestKeyringLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &fakeBackend{stored: []string{canary}, wait: make(chan struct{})}
		k := newGuarded(b)
		begin := time.Now()
		_, err := k.Get(t.Context(), "default")
		checkError(t, "first", err, ErrLocked)
		if took := time.Since(begin); took != time.Minute {
			t.Errorf("waited %v", took)
		}

		// The abandoned call is still at it, so no other is made beside it.
		begin = time.Now()
		_, err = k.Get(t.Context(), "default")
		checkError(t, "second", err, ErrLocked)
		if took := time.Since(begin); took != time.Minute || b.calls.Load() != 1 {
			t.Errorf("waited %v, %d calls", took, b.calls.Load())
		}

		// It ends while a third one waits, which then gets its own result.
		go func() {
			time.Sleep(10 * time.Second)
			close(b.wait)
		}()
		got, err := k.Get(t.Context(), "default")
		if got != canary || err != nil || b.calls.Load() != 2 {
			t.Errorf("got %q, %v after %d calls", got, err, b.calls.Load())
		}
	})
}

func TestKeyringContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &fakeBackend{wait: make(chan struct{})}
		k := newGuarded(b)
		ended, end := context.WithCancel(t.Context())
		end()
		for _, k := range []Keyring{k, MemoryKeyring()} {
			checkError(t, "ended before", k.Set(ended, "default", canary), context.Canceled)
		}
		if b.calls.Load() != 0 {
			t.Error("the system's keyring was asked all the same")
		}
		ctx, end := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, end)
		checkError(t, "ended meanwhile", k.Set(ctx, "default", canary), context.Canceled)
		ctx, end = context.WithTimeout(t.Context(), time.Second)
		defer end()
		err := k.Clear(ctx, "default")
		checkError(t, "deadline", err, ErrLocked)
		checkError(t, "deadline", err, context.DeadlineExceeded)
		close(b.wait)
	})
}

func TestDecodeStored(t *testing.T) {
	utf16le := func(s string) string {
		var b strings.Builder
		for _, unit := range utf16.Encode([]rune(s)) {
			b.WriteByte(byte(unit))
			b.WriteByte(byte(unit >> 8))
		}
		return b.String()
	}
	for _, test := range []struct{ name, stored, want string }{
		{"empty", "", ""},
		{"ASCII of even length", "pass", "pass"},
		{"ASCII of odd length", "passw", "passw"},
		{"UTF-8", "pässwörd", "pässwörd"},
		{"UTF-8 Chinese", "密码密码", "密码密码"},
		{"edited ASCII", utf16le("pass"), "pass"},
		{"edited, one character", utf16le("p"), "p"},
		{"edited umlauts", utf16le("äöü"), "äöü"},
		{"edited Chinese", utf16le("密码"), "密码"},
		{"edited, beyond the first plane", utf16le("a🔒"), "a🔒"},
		{"half a pair", "a\x00\x3d\xd8", "a\x00\x3d\xd8"},
		{"NUL in it", "a\x00\x00\x00", "a\x00\x00\x00"},
		{"odd with NUL", "a\x00b", "a\x00b"},
		{"odd and no UTF-8", "\xff\xfe\xfd", "\xff\xfe\xfd"},
	} {
		if got := decodeUTF16(test.stored); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
