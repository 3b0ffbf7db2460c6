package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"altv-tray/monitor"
	"altv-tray/monitor/atomicfile"
)

func all(t testing.TB, dir string) []Entry {
	t.Helper()
	entries, err := All(dir)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func add(t testing.TB, dir string, entries ...Entry) {
	t.Helper()
	for _, e := range entries {
		if err := Append(dir, e); err != nil {
			t.Fatal(err)
		}
	}
}

func write(t testing.TB, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

var sample = []Entry{
	entry(10, Session, 60, "client_quit"),
	entry(20, Restart, 5, ""),
	reconnect(30, 12, true, "", 1),
	reconnect(40, 90, false, "wrong_password", 2),
	entry(50, Session, 1, ""),
}

func TestStore(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state", "altv-tray")
	if last, err := LastReconnect(dir); last.Kind != "" || err != nil || len(all(t, dir)) != 0 {
		t.Error("a missing file holds something")
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("reading made the folder")
	}
	add(t, dir, sample...)
	if diff := cmp.Diff(sample, all(t, dir)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got, err := LastReconnect(dir); err != nil || !cmp.Equal(got, sample[3]) {
		t.Errorf("last reconnect %+v, %v", got, err)
	}
	for n, want := range map[int][]Entry{-1: nil, 0: nil, 2: sample[3:], 99: sample} {
		got, err := Last(dir, n)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Last(%d) (-want +got)\n%s", n, diff)
		}
	}
	info, err := os.Stat(filepath.Join(dir, FileName))
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v; want mode 0600", info.Mode(), err)
	}
}

func TestStoreBrokenLines(t *testing.T) {
	good, err := json.Marshal(sample[2])
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{
		"", "{", "null", "[]", "7", "\x00\x00", "{}", string(good[:len(good)/2]),
		`{"at":"2026-03-01T09:00:00Z","kind":"nap","seconds":1}`,
		`{"at":"2026-03-01T09:00:00Z","kind":"session","seconds":-1}`,
		`{"at":"2026-03-01T09:00:00Z","kind":"session","seconds":1e300}`,
		`{"kind":"session","seconds":1}`,
	} {
		dir := t.TempDir()
		write(t, dir, bad+"\n"+string(good)+"\r\n"+bad)
		if diff := cmp.Diff(sample[2:3], all(t, dir)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", bad, diff)
		}
		add(t, dir, sample[3])
		if diff := cmp.Diff(sample[2:4], all(t, dir)); diff != "" {
			t.Errorf("%q, and one more (-want +got)\n%s", bad, diff)
		}
	}
}

// TestStoreBounded: a week of much work leaves no more than the bounds allow, and
// the newest.
func TestStoreBounded(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	why := strings.Repeat("x", 400)
	line, err := json.Marshal(state(0, Server, 0, "down", why))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, strings.Repeat(string(line)+"\n", maxFile/(len(line)+1)))
	const rows = 1000
	for i := range rows {
		add(t, dir, state(i, Server, i, "down", why))
	}
	info, err := os.Stat(path)
	if err != nil || info.Size() > maxFile || info.Size() < MaxBytes {
		t.Errorf("%d bytes, %v", info.Size(), err)
	}
	got := all(t, dir)
	if len(got) < MaxBytes/len(line)/2 || got[len(got)-1].Duration != seconds(rows-1) || got[len(got)-rows].Duration != 0 {
		t.Errorf("%d entries", len(got))
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("%v, %v; want the history alone", files, err)
	}
}

// TestStoreKeepsAWeek: states older than a week go; of the others the newest stay,
// however old.
func TestStoreKeepsAWeek(t *testing.T) {
	const week = int(MaxAge / time.Second)
	dir := t.TempDir()
	add(t, dir, state(0, Client, 1, "IN_GAME", ""), entry(1, Session, 1, ""), state(2, Client, 1, "MAIN_MENU", ""), reconnect(week+1, 1, true, "", 1), state(week+2, Server, 1, "ready", ""))
	want := []Entry{entry(1, Session, 1, ""), state(2, Client, 1, "MAIN_MENU", ""), reconnect(week+1, 1, true, "", 1), state(week+2, Server, 1, "ready", "")}
	check := func() {
		t.Helper()
		if diff := cmp.Diff(want, all(t, dir)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
	check()
	if err := compact(filepath.Join(dir, FileName)); err != nil {
		t.Fatal(err)
	}
	check()
	for i := range MaxOld {
		add(t, dir, reconnect(2*week+i, 1, true, "", 1))
	}
	if got := all(t, dir); len(got) != MaxOld || got[0].At != began.Add(seconds(2*week)) {
		t.Errorf("%d entries from %v", len(got), got[0])
	}
	add(t, dir, reconnect(2*week+MaxOld, 1, true, "", 1))
	if got := all(t, dir); len(got) != MaxOld+1 {
		t.Errorf("%d entries; those of this week stay, however many", len(got))
	}
}

// TestLastCountsNoStates: states come with those between which they are.
func TestLastCountsNoStates(t *testing.T) {
	dir := t.TempDir()
	var put []Entry
	for i := range 5 {
		put = append(put, state(10*i, Client, 1, "IN_GAME", ""), entry(10*i+1, Session, 1, ""), state(10*i+2, Client, 1, "MAIN_MENU", ""))
	}
	add(t, dir, put...)
	for n, want := range map[int][]Entry{0: nil, 1: put[13:], 2: put[10:], 5: put[1:], 6: put, 99: put} {
		got, err := Last(dir, n)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("Last(%d): %v (-want +got)\n%s", n, err, diff)
		}
	}
	var table, alone strings.Builder
	if err := errors.Join(Table(&table, put), Table(&alone, []Entry{put[1], put[4], put[7], put[10], put[13]})); err != nil || table.String() != alone.String() {
		t.Errorf("%v\n%s", err, table.String())
	}
}

// TestStoreHuge: a file that something else has blown up is read in part, and
// cut at the next entry.
func TestStoreHuge(t *testing.T) {
	dir := t.TempDir()
	line, err := json.Marshal(entry(1, Session, 1, strings.Repeat("x", 10_000)))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, strings.Repeat(string(line)+"\n", 10*MaxBytes/len(line)))
	if n := len(all(t, dir)); n == 0 || n > MaxBytes/10_000 {
		t.Errorf("%d entries were read", n)
	}
	add(t, dir, sample[2])
	info, err := os.Stat(filepath.Join(dir, FileName))
	if err != nil || info.Size() > MaxBytes+1000 {
		t.Errorf("%d bytes, %v", info.Size(), err)
	}
	if got := all(t, dir); !cmp.Equal(got[len(got)-1], sample[2]) {
		t.Errorf("the newest is %+v", got[len(got)-1])
	}
}

// TestStoreCannotCompact: where the file cannot be replaced, entries are added all the same,
// but not without end.
func TestStoreCannotCompact(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(atomicfile.TempPath(filepath.Join(dir, FileName)), "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, dir, strings.Repeat("x", maxFile)+"\n")
	add(t, dir, sample[2])
	write(t, dir, strings.Repeat("x", 2*maxFile)+"\n")
	if err := Append(dir, sample[2]); err == nil {
		t.Error("it grows for ever")
	}
}

func TestStoreUnwritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	// Below a file nothing can be made.
	err := Append(file, sample[2])
	if err == nil || !strings.Contains(err.Error(), filepath.Join(file, FileName)) || !strings.Contains(err.Error(), "see that its folder can be written") {
		t.Errorf("%v", err)
	}
}

func TestStoreUnreadable(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := LastReconnect(dir); err == nil || !strings.Contains(err.Error(), FileName) {
		t.Errorf("%v", err)
	}
	if _, err := All(dir); err == nil {
		t.Error("no error on reading a folder")
	}
}

// TestPropertyStore: any history of events leaves a file within its bounds
// that reads back as what was put in.
func TestPropertyStore(t *testing.T) {
	base := t.TempDir()
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		dir := filepath.Join(base, fmt.Sprint(runs))
		var at monitor.Time
		r := NewRecorder(began, func() time.Time { return began.Add(at) })
		var put []Entry
		profile := rapid.String().Draw(rt, "profile")
		for range rapid.IntRange(1, 40).Draw(rt, "events") {
			at += time.Duration(rapid.IntRange(0, 100_000).Draw(rt, "dt")) * time.Millisecond
			for _, e := range r.Record(drawEvent(rt, at), profile) {
				add(t, dir, e)
				put = append(put, e)
			}
		}
		got := all(t, dir)
		if len(got) != len(put) {
			rt.Fatalf("%d entries of %d", len(got), len(put))
		}
		for i := range got {
			put[i].Profile = strings.ToValidUTF8(put[i].Profile, "\ufffd")
			if !cmp.Equal(got[i], put[i]) {
				rt.Fatalf("%+v became %+v", put[i], got[i])
			}
		}
		if text, err := os.ReadFile(filepath.Join(dir, FileName)); len(put) > 0 && (err != nil || len(text) > maxFile) {
			rt.Fatalf("%d bytes, %v", len(text), err)
		}
	})
}

// BenchmarkAll reads what 10,000 rows leave.
func BenchmarkAll(b *testing.B) {
	dir := b.TempDir()
	for i := range 10_000 {
		add(b, dir, state(i, Client, i, "DOWNLOADING_FILES", ""))
	}
	for b.Loop() {
		if got, err := All(dir); err != nil || len(got) != 10_000 {
			b.Fatal(len(got), err)
		}
	}
}
