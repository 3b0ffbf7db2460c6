package clientfolder

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"altv-tray/monitor/problem"
)

func TestClassify(t *testing.T) {
	tests := []struct {
		line   string
		reason problem.Code
		ends   bool
	}{
		{"[17:41:40][Error] Connection failed: Timed out", problem.ClientTimedOut, true},
		{"[17:41:40][Error] HTTP Request failed, curl code: 7", problem.ClientHTTPFailed, false},
		{"[17:41:40][Error] Connection failed: Error connecting to HTTP server", problem.ClientHTTPFailed, true},
		{"[17:41:40] Disconnected", problem.ClientDisconnected, false},
		{"Connection failed: wrong password", problem.ClientConnectionFailed, true},
		{"[17:41:40][Error] Connection failed: Server is using a newer version of alt:V. Restart your game to get update", problem.ClientConnectionFailed, true},
		{"[17:41:40][Error] Connection failed: Zeitüberschreitung", problem.ClientConnectionFailed, true},
		{"[17:41:40][Error] Connection failed", problem.ClientConnectionFailed, true},
		{"  [7:41:40.123] [Error] Connection failed: Timed out", problem.ClientTimedOut, true},
		{"[17:41:40] Fetching resources", "", false},
		{"[17:41:40][Warning] System update WebApp took too much time to execute. 619 ms", "", false},
		{"[17:41:40][my-database] Connection failed: Timed out", "", false},
		{"[17:41:40] a script says: Connection failed: Timed out", "", false},
		{"", "", false},
	}
	for _, test := range tests {
		if reason, ends := classify(test.line); reason != test.reason || ends != test.ends {
			t.Errorf("%q: %s, %v, want %s, %v", test.line, reason, ends, test.reason, test.ends)
		}
	}
}

func TestLastFailure(t *testing.T) {
	written := time.Date(2026, 3, 4, 0, 1, 0, 0, time.Local)
	tests := []struct {
		name  string
		text  string
		since time.Time
		want  Failure
	}{
		{"nothing", "[00:01:00] Game initialized\n", time.Time{}, Failure{}},
		{"empty", "", time.Time{}, Failure{}},
		{"the cause, not what goes with it", "[00:00:40] Disconnected\n[00:00:50][Error] HTTP Request failed, curl code: 7\n" +
			"[00:00:50][Error] Connection failed: Error connecting to HTTP server\n[00:01:00][Error] HTTP Request failed, curl code: 6\n[00:01:00] x\n",
			time.Time{}, Failure{problem.ClientHTTPFailed, "[00:00:50][Error] Connection failed: Error connecting to HTTP server"}},
		{"the newest cause", "[00:00:40][Error] Connection failed: Wrong password\n[00:01:00][Error] Connection failed: Timed out\n",
			time.Time{}, Failure{problem.ClientTimedOut, "[00:01:00][Error] Connection failed: Timed out"}},
		{"the newest hint", "[00:00:40][Error] HTTP Request failed, curl code: 7\n[00:01:00] Disconnected",
			time.Time{}, Failure{problem.ClientDisconnected, "[00:01:00] Disconnected"}},
		{"windows and colours", "\x1b[31m[00:01:00][Error] \x1b[0;1mConnection failed: Timed out\x1b[0m\r\n",
			time.Time{}, Failure{problem.ClientTimedOut, "[00:01:00][Error] Connection failed: Timed out"}},
		{"an attempt before", "[00:00:10][Error] Connection failed: Wrong password\n[00:00:30] Connecting\n[00:01:00] x\n",
			written.Add(-30 * time.Second), Failure{}},
		{"this attempt, over midnight", "[23:50:00][Error] Connection failed: Wrong password\n[23:59:50][Error] Connection failed: Timed out\n[00:00:30] x\n[00:01:00] y",
			written.Add(-2 * time.Minute), Failure{problem.ClientTimedOut, "[23:59:50][Error] Connection failed: Timed out"}},
		{"before, over midnight", "[23:50:00][Error] Connection failed: Wrong password\n[00:01:00] y",
			written.Add(-2 * time.Minute), Failure{}},
		// The game's own time zone is of no interest.
		{"threads out of order, another zone", "[15:00:10][Error] Connection failed: Timed out\n[15:00:20] a\n[15:00:21] b\n[15:00:20] c\n[15:00:22] d",
			written.Add(-20 * time.Second), Failure{problem.ClientTimedOut, "[15:00:10][Error] Connection failed: Timed out"}},
		{"no stamps", "Connection failed: Timed out\nx", written, Failure{problem.ClientTimedOut, "Connection failed: Timed out"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			log(t, folder, "client_03-03-2026_23-00-00.log", test.text, written)
			got, err := LastFailure(folder, test.since)
			if err != nil || got != test.want {
				t.Errorf("%+v, %v; want %+v", got, err, test.want)
			}
		})
	}
}

func TestLastFailureChoosesLog(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.Local)
	failed := func(cause string) string { return "Connection failed: " + cause }
	folder := t.TempDir()
	if got, err := LastFailure(folder, now); got != (Failure{}) || err != nil {
		t.Errorf("no folder of logs: %+v, %v", got, err)
	}
	write(t, filepath.Join(folder, "logs", "cef.log"), failed("timed out"))
	if got, err := LastFailure(folder, now); got != (Failure{}) || err != nil {
		t.Errorf("no logs: %+v, %v", got, err)
	}
	expect := func(since time.Time, want problem.Code) {
		t.Helper()
		if got, err := LastFailure(folder, since); err != nil || got.Reason != want {
			t.Errorf("%+v, %v; want %s", got, err, want)
		}
	}
	log(t, folder, "client_28-02-2026_10-00-00.log", failed("wrong password"), now.Add(-time.Second))
	log(t, folder, "client_02-03-2026_10-00-00.log", failed("timed out"), now)
	expect(time.Time{}, problem.ClientTimedOut)
	expect(now, problem.ClientTimedOut)
	expect(now.Add(time.Minute), "")
}

func TestLastFailureReadsTheEndOnly(t *testing.T) {
	now, folder := time.Now(), t.TempDir()
	text := "Connection failed: Timed out\n" + strings.Repeat("[12:00:00] loaded\n", tailSize/18+1)
	log(t, folder, "client_04-03-2026_12-00-00.log", text, now)
	if got, err := LastFailure(folder, time.Time{}); err != nil || got != (Failure{}) {
		t.Errorf("%+v, %v", got, err)
	}
	log(t, folder, "client_04-03-2026_12-00-00.log", text+"Disconnected\n", now)
	if got, err := LastFailure(folder, time.Time{}); err != nil || got.Reason != problem.ClientDisconnected {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestPrintable(t *testing.T) {
	tests := []struct{ line, want string }{
		{"  a\tb\x00\x07\r", "a b"},
		{"bad \xff\xfe utf8", "bad  utf8"},
		{"[1] Connection failed: Wrong password", "[1] Connection failed: Wrong password"},
		{"altv://connect/x?password=hunter2&a=b", "altv://connect/x?password …"},
		{"PassWord: !!!", "PassWord …"},
		{"pass\x00word = s3cret, password again", "password …"},
		{strings.Repeat("ä", 300), strings.Repeat("ä", 199) + "…"},
		{strings.Repeat("ä", 200), strings.Repeat("ä", 200)},
	}
	for _, test := range tests {
		if got := printable(test.line); got != test.want {
			t.Errorf("%q: %q, want %q", test.line, got, test.want)
		}
	}
}

func FuzzLastFailure(f *testing.F) {
	f.Add("[00:01:00][Error] Connection failed: password=a\n[23:59:59] Disconnected", int64(60))
	f.Add("\x1b[1m[99:99:99] Connection failed\n\n", int64(-1))
	written := time.Date(2026, 3, 4, 0, 1, 0, 0, time.Local)
	f.Fuzz(func(t *testing.T, text string, before int64) {
		got := lastFailure(text, written, written.Add(-time.Duration(before)*time.Second))
		if (got.Reason == "") != (got == Failure{}) {
			t.Errorf("%q: %+v", text, got)
		}
		if n := utf8.RuneCountInString(got.Line); n > lineRunes || strings.ContainsAny(got.Line, "\n\r\x1b\x00") {
			t.Errorf("%q: %q", text, got.Line)
		}
		if _, after, found := strings.Cut(strings.ToLower(got.Line), "password"); found && after != "" && !strings.HasPrefix(after, " …") {
			t.Errorf("%q: %q", text, got.Line)
		}
	})
}

func log(t *testing.T, folder, name, text string, written time.Time) {
	t.Helper()
	path := filepath.Join(folder, "logs", name)
	write(t, path, text)
	if err := os.Chtimes(path, written, written); err != nil {
		t.Fatal(err)
	}
}
