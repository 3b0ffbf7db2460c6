package tray

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"altv-tray/monitor/problem"
	"altv-tray/monitor/simulator"
)

// visitor is a page of an app's dashboard.
type visitor struct {
	t           *testing.T
	host, token string
	client      http.Client
}

// visit opens the page by the menu.
func (f *fixture) visit() *visitor {
	f.t.Helper()
	f.click(row("dashboard"))
	var address string
	select {
	case address = <-f.opened:
	case <-time.After(patience):
		f.t.Fatal("no page is opened")
	}
	u, err := url.Parse(address)
	if err != nil || u.Path != "/" {
		f.t.Fatalf("%s: %v", address, err)
	}
	v := &visitor{t: f.t, host: u.Host, client: http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	var got struct{ Token string }
	values, _ := url.ParseQuery(u.Fragment)
	if err := json.Unmarshal([]byte(v.ask("POST", "/api/session", `{"code":"`+values.Get("code")+`"}`)), &got); err != nil || got.Token == "" {
		f.t.Fatalf("no token: %v", err)
	}
	v.token = got.Token
	return v
}

func (v *visitor) begin(method, path, body string) *http.Response {
	v.t.Helper()
	r, err := http.NewRequest(method, "http://"+v.host+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+v.token)
	if method == http.MethodPost {
		r.Header.Set("Origin", "http://"+v.host)
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		v.t.Errorf("%s %s gives %d", method, path, answer.StatusCode)
	}
	return answer
}

func (v *visitor) ask(method, path, body string) string {
	v.t.Helper()
	answer := v.begin(method, path, body)
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return string(text)
}

// The page shows what the icon shows, and its button does what the menu's row does.
func TestDashboardReconnects(t *testing.T) {
	t.Parallel()
	_, f := startReady(t, "none", manual)
	v := f.visit()
	stream := v.begin("GET", "/api/stream", "")
	defer func() { _ = stream.Body.Close() }()
	lines := bufio.NewScanner(stream.Body)
	until := func(text string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), text) {
				return
			}
		}
		t.Fatalf("the stream has ended without %s: %v", text, lines.Err())
	}
	until(`"text":"Main menu"`)
	if text := v.ask("POST", "/api/do", `{"action":"reconnect"}`); !strings.Contains(text, `"ok":true`) {
		t.Error(text)
	}
	until(`"kind":"reconnect"`)
	f.logged("msg=action name=reconnect by=dashboard")
	eventually(t, "kept", func() bool { return strings.Contains(v.ask("GET", "/api/history", ""), `"joined":true`) })
}

// A password goes from the page into the keyring, and from nowhere to the page.
func TestDashboardTellsNoPassword(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "keyring", manual)).run()
	const secret = `s3cret "of mine" `
	v := f.visit()
	stream := v.begin("GET", "/api/stream", "")
	said := make(chan string)
	go func() { text, _ := io.ReadAll(stream.Body); said <- string(text) }()
	ask, _ := json.Marshal(map[string]string{"action": "set_password", "profile": "default", "password": secret})
	all := v.ask("POST", "/api/do", string(ask))
	if kept, err := f.keys.Get(context.Background(), "default"); err != nil || kept != secret || !strings.Contains(all, `"ok":true`) {
		t.Errorf("%s: the keyring has %q, %v", all, kept, err)
	}
	for _, path := range []string{"/", "/app.js", "/api/start", "/api/history"} {
		all += v.ask("GET", path, "")
	}
	ask, _ = json.Marshal(map[string]string{"action": "set_password", "profile": "nobody", "password": secret})
	failed := v.ask("POST", "/api/do", string(ask))
	if !strings.Contains(failed, `"ok":false`) || !strings.Contains(failed, "no profile named") {
		t.Error(failed)
	}
	f.stop()
	f.end()
	all += failed + <-said + f.log.String() + f.said.String()
	_ = stream.Body.Close()
	err := filepath.WalkDir(f.dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all += read(t, path)
		}
		return err
	})
	if err != nil || strings.Contains(all, "s3cret") {
		t.Errorf("it is in %s, %v", all, err)
	}
}

// The checks are on the page, too. Without a browser a notification says so, without the
// address and its code.
func TestDashboardWithoutABrowser(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual))
	f.run().click(row("checks"))
	if address := <-f.opened; !strings.HasSuffix(address, "&section=setup") {
		t.Errorf("the page is %s", address)
	}
	f.doer.Browse = func(string) error { return problem.New(problem.NoBrowser) }
	f.click(row("checks"))
	eventually(t, "a dialog has the checks", func() bool {
		return slices.ContainsFunc(f.dialogs.questions(), func(asked string) bool {
			return strings.HasPrefix(asked, "Run checks\nServer folder\n")
		})
	})
	f.click(row("dashboard"))
	if body := f.notice("The dashboard cannot be opened"); !strings.Contains(body, "altv-tray open") || strings.Contains(body+f.log.String(), "code=") {
		t.Errorf("%q", body)
	}
}

// Requests as fast as they are answered keep the app neither from seeing its client
// nor from a click.
func TestDashboardUnderAFlood(t *testing.T) {
	t.Parallel()
	_, f := startReady(t, "none", manual)
	v := f.visit()
	v.client.Transport = &http.Transport{MaxIdleConnsPerHost: 32}
	defer v.client.CloseIdleConnections()
	ctx, stop := context.WithCancel(t.Context())
	var flood sync.WaitGroup
	var answered atomic.Int64
	for range 32 {
		flood.Go(func() {
			for ctx.Err() == nil {
				if answer, err := v.client.Get("http://" + v.host + "/config.js"); err == nil {
					_, _ = io.Copy(io.Discard, answer.Body)
					_ = answer.Body.Close()
					answered.Add(1)
				}
			}
		})
	}
	eventually(t, "a flood", func() bool { return answered.Load() > 1000 })
	f.click(row("reconnect"))
	f.panel.label(row("state"), "alt:V: In game")
	before := answered.Load()
	eventually(t, "more of it", func() bool { return answered.Load() > before })
	stop()
	flood.Wait()
}

// A profile's password goes with its name, and goes when the profile does.
func TestDashboardMovesPasswords(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "keyring", manual)).run()
	ctx := t.Context()
	if err := f.keys.Set(ctx, "default", "x"); err != nil {
		t.Fatal(err)
	}
	v := f.visit()
	change := func(text string) {
		t.Helper()
		version, _ := f.Store.Version()
		if got := v.ask("POST", "/api/settings", fmt.Sprintf(`{"version":%d,%s}`, version, text)); !strings.Contains(got, `"ok":true`) {
			t.Errorf("%s: %s", text, got)
		}
	}
	kept := func(profile string) string {
		password, _ := f.keys.Get(ctx, profile)
		return password
	}
	change(`"rename":"default","to":"live"`)
	if kept("live") != "x" || kept("default") != "" || f.Store.Current().Profile != "live" {
		t.Errorf("%q, %q", kept("live"), kept("default"))
	}
	change(`"add":"other"`)
	version, _ := f.Store.Version()
	if got := v.ask("POST", "/api/settings", fmt.Sprintf(`{"version":%d,"rename":"live","to":"OTHER"}`, version)); strings.Contains(got, `"ok":true`) || kept("live") != "x" || kept("OTHER") != "" {
		t.Errorf("%s: %q, %q", got, kept("live"), kept("OTHER"))
	}
	change(`"remove":"live"`)
	if kept("live") != "" || f.Store.Current().Profile != "other" {
		t.Errorf("%q", kept("live"))
	}
	f.dialogs.mu.Lock()
	f.dialogs.folder = "/srv"
	f.dialogs.mu.Unlock()
	if got := v.ask("POST", "/api/folder", `{"what":"server"}`); !strings.Contains(got, `"folder":"/srv"`) || f.dialogs.questions()[0] != "The server's folder" {
		t.Error(got)
	}
}
