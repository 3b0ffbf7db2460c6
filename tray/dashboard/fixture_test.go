package dashboard

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/history"
	"altv-tray/monitor/live"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/doctor"
	"altv-tray/tray/lang"
	"altv-tray/tray/view"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(tests{m}) }

type tests struct{ *testing.M }

// Run ends the browser, where there is one, before what is left over is looked for.
func (t tests) Run() int {
	defer func() { endBrowser() }()
	return t.M.Run()
}

var endBrowser = func() {}

// fixture is a server with a client that browses it.
type fixture struct {
	*Server
	t      *testing.T
	client *http.Client
	scenes live.Value[view.Scene]
	feed   live.Feed[history.Entry]
	kept   []history.Entry
	checks []doctor.Check
	folder func(what string) (string, error)

	mu     sync.Mutex
	ahead  time.Duration // of the server's clock
	did    []action.Action
	answer action.Message
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	store, err := settings.Open(filepath.Join(t.TempDir(), "settings.toml"), "")
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{t: t, client: &http.Client{Transport: &http.Transport{DisableCompression: true}}}
	set := store.Current()
	f.scenes.Set(view.Scene{
		Snap:     monitor.Snapshot{Start: time.Now(), Client: debugport.Reading{Outcome: debugport.Known, Status: debugport.MainMenu}, Server: monitor.ServerReady},
		Settings: &set, Version: "1.0.0", Text: lang.New("en"), Last: history.Entry{Kind: history.Reconnect, Joined: true, Duration: 4 * time.Second},
	})
	f.Server = New(Parts{
		Scenes: &f.scenes, Store: store, Recorded: &f.feed, Logger: slog.New(slog.DiscardHandler),
		History: func() ([]history.Entry, error) { return f.kept, nil },
		Now:     f.now, Do: f.do, Log: filepath.Join(t.TempDir(), "altv-tray.log"),
		Checks: f.look,
		Change: func(_ context.Context, version int, c settings.Change) (int, error) { return store.Change(version, c) },
		Folder: func(_ context.Context, what string) (string, error) { return f.folder(what) },
	})
	t.Cleanup(func() {
		f.Close()
		f.client.CloseIdleConnections()
	})
	return f
}

// look finds the checks, the last one first: they come as they are known.
func (f *fixture) look(_ context.Context, seen func(int, doctor.Check)) []doctor.Check {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, c := range slices.Backward(f.checks) {
		seen(i, c)
	}
	return f.checks
}

func (f *fixture) now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return time.Now().Add(f.ahead)
}

func (f *fixture) do(a action.Action) action.Result {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.did = append(f.did, a)
	done := make(chan action.Message, 1)
	done <- f.answer
	return action.Result{Done: done}
}

// open returns where the page is and its code.
func (f *fixture) open() (address, code string) {
	f.t.Helper()
	text, err := f.Open("setup")
	if err != nil {
		f.t.Fatal(err)
	}
	u, err := url.Parse(text)
	if err != nil {
		f.t.Fatal(err)
	}
	values, _ := url.ParseQuery(u.Fragment)
	if u.Scheme != "http" || u.Path != "/" || values.Get("section") != "setup" || len(values.Get("code")) < 26 {
		f.t.Errorf("the address is %s", text)
	}
	return u.Host, values.Get("code")
}

// ask makes a request as the page would, changed by change.
func (f *fixture) ask(method, address, path, body string, change ...func(*http.Request)) *http.Response {
	f.t.Helper()
	r, err := http.NewRequest(method, "http://"+address+path, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method != http.MethodGet {
		r.Header.Set("Origin", "http://"+address)
		r.Header.Set("Content-Type", "application/json")
	}
	for _, c := range change {
		c(r)
	}
	answer, err := f.client.Do(r)
	if err != nil {
		f.t.Fatalf("%s %s: %v", method, path, err)
	}
	f.t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

func with(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

func header(name string, values ...string) func(*http.Request) {
	return func(r *http.Request) { r.Header[name] = values }
}

// exchange gives a code for a token; empty where it is not good.
func (f *fixture) exchange(address, code string) (token string) {
	f.t.Helper()
	answer := f.ask("POST", address, "/api/session", `{"code":"`+code+`"}`)
	if answer.StatusCode != http.StatusOK {
		return ""
	}
	var got struct{ Token string }
	f.read(answer, &got)
	return got.Token
}

// enter opens the page and gets its token.
func (f *fixture) enter() (address, token string) {
	f.t.Helper()
	address, code := f.open()
	if token = f.exchange(address, code); len(token) < 52 {
		f.t.Fatalf("the token is %q", token)
	}
	return address, token
}

// code reads an answer to its end.
func (f *fixture) code(answer *http.Response) int {
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	return answer.StatusCode
}

func (f *fixture) read(answer *http.Response, into any) {
	f.t.Helper()
	text, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		f.t.Fatalf("%d %s: %v", answer.StatusCode, text, err)
	}
}

// follow opens a stream. Next returns its next message.
func (f *fixture) follow(address, token string) (next func(into any), end func()) {
	f.t.Helper()
	answer := f.ask("GET", address, "/api/stream", "", with(token))
	if answer.StatusCode != http.StatusOK {
		f.t.Fatalf("the stream is answered with %d", answer.StatusCode)
	}
	lines := bufio.NewScanner(answer.Body)
	return func(into any) {
		f.t.Helper()
		if !lines.Scan() {
			f.t.Fatalf("the stream has ended: %v", lines.Err())
		}
		if err := json.Unmarshal(lines.Bytes(), into); err != nil {
			f.t.Fatalf("%s: %v", lines.Bytes(), err)
		}
	}, func() { _ = answer.Body.Close() }
}
