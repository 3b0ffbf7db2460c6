package dashboard

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = f.WriteString(text)
		_ = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// What the app's own logger writes is read back.
func TestParseLog(t *testing.T) {
	var b bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&b, nil))
	logger.Info("client_changed", "from", "", "to", "<b>IN_GAME\n")
	logger.Warn("history_not_kept", "error", `no "space"`)
	b.WriteString("a line of something else\ntime=now level=INFO msg=x\ntime=2026-01-02T03:04:05Z level=LOUD msg=x\n\n")
	got := parseLog(b.Bytes())
	if len(got) != 2 || got[0].Level != slog.LevelInfo || got[0].Text != `client_changed from="" to="<b>IN_GAME\n"` ||
		got[1].Level != slog.LevelWarn || got[1].Text != `history_not_kept error="no \"space\""` || got[0].At.IsZero() {
		t.Errorf("%+v", got)
	}
}

func TestLogEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	line := func(n int) string { return fmt.Sprintf("time=2026-01-02T03:04:05Z level=INFO msg=line%d\n", n) }
	late := newLogEnd(path)
	write(t, path, line(1))
	end := newLogEnd(path)
	expect := func(e *logEnd, what string, want ...string) {
		t.Helper()
		var got []string
		for _, l := range e.added() {
			got = append(got, l.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	expect(late, "a file that has come", "line1")
	expect(end, "nothing new")
	write(t, path, line(2)+line(3)[:20])
	expect(end, "a line and a half", "line2")
	expect(end, "still half")
	write(t, path, line(3)[20:])
	expect(end, "the other half", "line3")
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	expect(end, "no file")
	write(t, path, line(4))
	expect(end, "rotated", "line4")
	write(t, path, strings.Repeat(line(5), 2*maxLog/len(line(5))))
	if got := end.added(); len(got) == 0 || len(got) > maxLog/len(line(5)) {
		t.Errorf("of much, %d lines", len(got))
	}
	expect(end, "nothing new after much")
}

func TestLogIsShownAndFollowed(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	var got struct {
		Type  string
		Lines []logLine
	}
	f.read(f.ask("GET", address, "/api/log", "", with(token)), &got)
	if len(got.Lines) != 0 {
		t.Errorf("without a log: %+v", got)
	}
	for i, level := range []string{"INFO", "WARN", "INFO", "ERROR"} {
		write(t, f.Log, fmt.Sprintf("time=2026-01-02T03:04:05Z level=%s msg=line%d\n", level, i))
	}
	for query, want := range map[string]string{"": "line0 line1 line2 line3", "?level=warn": "line1 line3", "?level=ERROR": "line3"} {
		f.read(f.ask("GET", address, "/api/log"+query, "", with(token)), &got)
		var texts []string
		for _, l := range got.Lines {
			texts = append(texts, l.Text)
		}
		if strings.Join(texts, " ") != want {
			t.Errorf("%q gives %q", query, texts)
		}
	}
	f.refused("no level", http.StatusBadRequest, f.ask("GET", address, "/api/log?level=loud", "", with(token)))
	next, end := f.follow(address, token)
	defer end()
	next(&got)
	write(t, f.Log, "time=2026-01-02T03:04:05Z level=INFO msg=more\n")
	if next(&got); got.Type != "log" || len(got.Lines) != 1 || got.Lines[0].Text != "more" {
		t.Errorf("%+v", got)
	}
}
