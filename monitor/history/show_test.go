package history

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func show(t *testing.T, f func(*bytes.Buffer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTable(t *testing.T) {
	zone := time.Local
	time.Local = time.FixedZone("", 3600)
	defer func() { time.Local = zone }()
	entries := append([]Entry{
		{At: time.Date(2025, 12, 31, 1, 0, 0, 0, time.UTC), Kind: Restart, Duration: 25 * time.Hour, Profile: "默认服务器配置文件"},
		{At: time.Date(2026, 2, 7, 1, 5, 0, 0, time.UTC), Kind: Session, Duration: 100 * time.Minute, Profile: "a rather long name"},
		{At: began, Kind: Reconnect, Profile: "x", Duration: 12300 * time.Millisecond, Cause: "server_restart", Reason: "password_missing"},
		{At: began, Kind: Reconnect, Duration: 4 * time.Second, Cause: "by_hand", Joined: true, Attempts: 3},
	}, sample...)
	got := show(t, func(b *bytes.Buffer) error { return Table(b, entries) })
	want := `ENDED                WHAT       TOOK     CAUSE           RESULT            PROFILE
2025-12-31 02:00:00  restart    25h0m0s  -               ready             默认服务器配置文件
2026-02-07 02:05:00  session    1h40m0s  -               left              a rather long name
2026-03-01 10:00:00  reconnect  12s      server restart  password missing  x
2026-03-01 10:00:00  reconnect  4s       by hand         joined at try 3   
2026-03-01 10:00:10  session    1m0s     -               client quit       p
2026-03-01 10:00:20  restart    5s       -               ready             p
2026-03-01 10:00:30  reconnect  12s      server restart  joined            p
2026-03-01 10:00:40  reconnect  1m30s    server restart  wrong password    p
2026-03-01 10:00:50  session    1s       -               left              p
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestTook(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 9940 * time.Millisecond: "9.9s", 10400 * time.Millisecond: "10s", 59500 * time.Millisecond: "1m0s",
	} {
		if got := took(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

func TestEmpty(t *testing.T) {
	if got, want := show(t, func(b *bytes.Buffer) error { return Table(b, nil) }), "No sessions, restarts or reconnects have been seen yet.\n"; got != want {
		t.Errorf("table: %q", got)
	}
}

func TestJSON(t *testing.T) {
	got, err := json.MarshalIndent([]Entry{sample[0], sample[3]}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want := `[
  {
    "at": "2026-03-01T09:00:10Z",
    "kind": "session",
    "profile": "p",
    "reason": "client_quit",
    "seconds": 60
  },
  {
    "at": "2026-03-01T09:00:40Z",
    "kind": "reconnect",
    "profile": "p",
    "cause": "server_restart",
    "reason": "wrong_password",
    "seconds": 90,
    "joined": false,
    "attempts": 2
  }
]`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
