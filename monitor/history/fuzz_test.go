package history

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// FuzzHistory: an entry is read from the file as it was put there, whatever
// stood in it before; what is read from any line can be written again and is
// then read the same.
func FuzzHistory(f *testing.F) {
	whole := `{"at":"2026-01-02T03:04:05.006Z","kind":"reconnect","seconds":1.5,"profile":"p","cause":"by_hand","joined":true,"attempts":2}`
	for _, before := range []string{
		"", whole, whole + "\n", whole + "\n" + whole[:40], "\n\nnull\n{}\n", `{"at":"0001-01-01T00:00:00Z","kind":"session"}`,
		`{"at":"2026-01-02T03:04:05+23:59","kind":"session","seconds":1e300}`, `{"at":"9999-12-31T23:59:59.9999Z","kind":"restart","seconds":4611686018.4}`,
		`{"at":"0001-01-01T00:00:00.0009Z","kind":"restart"}`,
		`{"at":"0000-01-01T00:00:00+01:00","kind":"restart","attempts":-1,"seconds":0.0005}`, "\xff\x00\r\n" + whole, `{"At":"2026-01-02T03:04:05Z","KIND":"session","profile":"\ud800"}`,
	} {
		f.Add([]byte(before), int64(1_700_000_000_123), int64(90_500), "default", "wrong_password", uint8(16*len(before)+2))
		f.Add([]byte(before), int64(1_700_000_000_123), int64(0), "", "", uint8(16*len(before)))
	}
	dir := f.TempDir()
	path := filepath.Join(dir, FileName)
	f.Fuzz(func(t *testing.T, before []byte, at, took int64, profile, reason string, rest uint8) {
		e := Entry{
			At: time.UnixMilli(at % 100_000_000_000_000).UTC(), Kind: []Kind{Session, Restart, Reconnect, Client, Server}[rest%5],
			Duration: time.Duration(took&math.MaxInt64%1_000_000_000_000) * time.Millisecond,
			Profile:  strings.ToValidUTF8(profile, "�"), Reason: strings.ToValidUTF8(reason, "�"),
		}
		if e.Kind.State() {
			e.State, e.Why = e.Reason, e.Profile
		}
		if e.Kind == Reconnect {
			e.Cause, e.Joined, e.Attempts = "dropped", rest&8 > 0, int(rest>>4)
		}
		if e.At.IsZero() || e.At.Year() < 0 || e.At.Year() > 9999 {
			return // not a time that a computer has
		}
		if err := os.WriteFile(path, before, 0o600); err != nil {
			t.Fatal(err)
		}
		had, err := All(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, old := range had {
			want := old
			want.At = old.At.UTC().Truncate(time.Millisecond)
			if old.Kind != Reconnect {
				want.Joined, want.Attempts = false, 0 // they stand with reconnects alone
			}
			if again := written(t, old); again != want {
				t.Errorf("%+v, written and read: %+v", old, again)
			}
			if old.Duration < 0 || old.Attempts < 0 {
				t.Errorf("%q gives %+v", before, old)
			}
		}
		if err := Append(dir, e); err != nil {
			t.Fatal(err)
		}
		check := func() {
			t.Helper()
			all, err := All(dir)
			if err != nil || len(all) == 0 || len(all) > len(had)+1 || all[len(all)-1] != e {
				t.Fatalf("%q and %+v: %+v, %v", before, e, all, err)
			}
			if want := kept(had, e); !slices.Equal(want, all[:len(all)-1]) {
				t.Fatalf("%q: %+v became %+v", before, want, all)
			}
		}
		check()
		if rest%16 == 0 { // it waits for the disk, so not each time
			if err := compact(path); err != nil {
				t.Fatal(err)
			}
			for i := range had {
				had[i] = written(t, had[i])
			}
			check()
			text, err := os.ReadFile(path)
			if err != nil || bytes.Count(text, []byte("\n")) != len(kept(had, e))+1 || !bytes.HasSuffix(text, []byte("\n")) {
				t.Errorf("the file is %q, %v", text, err)
			}
		}
		last, ok, err := LastReconnect(dir)
		if err != nil || ok && last.Kind != Reconnect || e.Kind == Reconnect && last != e {
			t.Errorf("the last reconnect is %+v, %v", last, ok)
		}
	})
}

// kept are those of the entries that a newer one leaves.
func kept(had []Entry, newest Entry) (all []Entry) {
	others := 0
	if !newest.Kind.State() {
		others++
	}
	for i := len(had) - 1; i >= 0; i-- {
		e := had[i]
		if e.At.Before(newest.At.Add(-MaxAge)) && (e.Kind.State() || others >= MaxOld) {
			continue
		}
		if all = append(all, e); !e.Kind.State() {
			others++
		}
	}
	slices.Reverse(all)
	return all
}

// written is an entry as it is read when it was written.
func written(t *testing.T, e Entry) (again Entry) {
	t.Helper()
	line, err := json.Marshal(e)
	if err != nil {
		t.Fatalf("%+v: %v", e, err)
	}
	if bytes.ContainsAny(line, "\r\n") {
		t.Errorf("%q is not a line", line)
	}
	if err := json.Unmarshal(line, &again); err != nil {
		t.Fatalf("%+v is written as %s: %v", e, line, err)
	}
	return again
}
