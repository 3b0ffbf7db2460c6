package history

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzHistory: whatever stood in the file, an entry is read from it as it was added, after
// no more than what was read before.
func FuzzHistory(f *testing.F) {
	whole := `{"at":"2026-01-02T03:04:05.006Z","kind":"reconnect","seconds":1.5,"profile":"p","cause":"by_hand","joined":true,"attempts":2}`
	for _, before := range []string{
		"", whole, whole + "\n", whole + "\n" + whole[:40], "\n\nnull\n{}\n", "\xff\x00\r\n" + whole,
		`{"at":"2026-01-02T03:04:05+23:59","kind":"session","seconds":1e300}`, `{"at":"0001-01-01T00:00:00Z","kind":"session"}`,
		`{"At":"2026-01-02T03:04:05Z","KIND":"client","state":"\ud800"}`,
	} {
		for which := range sample {
			f.Add([]byte(before), uint8(which))
		}
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, before []byte, which uint8) {
		if err := os.WriteFile(filepath.Join(dir, FileName), before, 0o600); err != nil {
			t.Fatal(err)
		}
		had, err := All(dir)
		if err != nil {
			t.Fatal(err)
		}
		added := sample[int(which)%len(sample)]
		add(t, dir, added)
		now := all(t, dir)
		if len(now) == 0 || len(now) > len(had)+1 || now[len(now)-1] != added {
			t.Errorf("%q and %+v are read as %+v", before, added, now)
		}
		last, err := LastReconnect(dir)
		if err != nil || last.Kind != "" && last.Kind != Reconnect || added.Kind == Reconnect && last != added {
			t.Errorf("the last reconnect is %+v, %v", last, err)
		}
	})
}
