package history

import (
	"bytes"
	"errors"
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
	now := time.Date(2026, 3, 1, 22, 0, 0, 0, time.FixedZone("", 3600))
	entries := append([]Entry{
		{At: time.Date(2025, 12, 31, 1, 0, 0, 0, time.UTC), Kind: Restart, Duration: 25 * time.Hour, Profile: "默认服务器配置文件"},
		{At: time.Date(2026, 2, 7, 1, 5, 0, 0, time.UTC), Kind: Session, Duration: 100 * time.Minute, Profile: "a rather long name"},
		{At: began, Kind: Reconnect, Profile: "x", Duration: 12300 * time.Millisecond, Cause: "server_restart", Reason: "password_missing"},
		{At: began, Kind: Reconnect, Duration: 4 * time.Second, Cause: "by_hand", Joined: true, Attempts: 3},
	}, sample...)
	got := show(t, func(b *bytes.Buffer) error { return Table(b, entries, now) })
	want := `ENDED         WHAT       TOOK   CAUSE           RESULT            PROFILE
2025-12-31    restart    1d01h  -               ready             默认服务器配置文件
Feb  7 02:05  session    1h40m  -               left              a rather long name
10:00:00      reconnect  12 s   server restart  password missing  x
10:00:00      reconnect  4.0 s  by hand         joined at try 3   
10:00:10      session    1m00s  -               client quit       p
10:00:20      restart    5.0 s  -               ready             p
10:00:30      reconnect  12 s   server restart  joined            p
10:00:40      reconnect  1m30s  server restart  wrong password    p
10:00:50      session    1.0 s  -               left              p
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestTook(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0.0 s", 9949 * time.Millisecond: "9.9 s", 9950 * time.Millisecond: "10 s", 59499 * time.Millisecond: "59 s", 59500 * time.Millisecond: "1m00s",
		time.Hour - time.Second: "59m59s", time.Hour: "1h00m", 24 * time.Hour: "1d00h", 400*24*time.Hour + 23*time.Hour: "400d23h",
	} {
		if got := took(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

func TestEmpty(t *testing.T) {
	if got, want := show(t, func(b *bytes.Buffer) error { return Table(b, nil, began) }), "No sessions, restarts or reconnects have been seen yet.\n"; got != want {
		t.Errorf("table: %q", got)
	}
	if got := show(t, func(b *bytes.Buffer) error { return JSON(b, nil) }); got != "[]\n" {
		t.Errorf("JSON: %q", got)
	}
}

func TestJSON(t *testing.T) {
	got := show(t, func(b *bytes.Buffer) error { return JSON(b, []Entry{sample[0], sample[3]}) })
	want := `[
  {
    "at": "2026-03-01T09:00:10Z",
    "kind": "session",
    "seconds": 60,
    "profile": "p",
    "reason": "client_quit"
  },
  {
    "at": "2026-03-01T09:00:40Z",
    "kind": "reconnect",
    "seconds": 90,
    "profile": "p",
    "cause": "server_restart",
    "joined": false,
    "reason": "wrong_password",
    "attempts": 2
  }
]
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrors(t *testing.T) {
	for _, err := range []error{Table(full{}, sample, began), Table(full{}, nil, began), JSON(full{}, sample)} {
		if !errors.Is(err, errFull) {
			t.Errorf("%v", err)
		}
	}
}
