package tray

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
	"altv-tray/tray/notify/notifytest"
	"altv-tray/tray/surroundings"
	"altv-tray/tray/view"
)

// row finds a row of the menu by its name.
func row(name string) view.RowID { return view.ID(name) }

// bare is the part of a row that the panel shows.
func bare(r view.Row) view.Row {
	r.Action, r.Mnemonic = nil, ""
	return r
}

// fakePanel is a panel without a desktop.
type fakePanel struct {
	broken error // what Run ends with
	t      *testing.T
	clicks chan view.RowID
	quit   chan struct{}
	once   sync.Once

	mu    sync.Mutex
	shown view.View
	shows int
	saw   func(v view.View) // nil, or called with each view
	news  chan struct{}     // closed, and replaced, when shown has changed
}

func newFakePanel(t *testing.T) *fakePanel {
	return &fakePanel{t: t, clicks: make(chan view.RowID), quit: make(chan struct{}), news: make(chan struct{})}
}

func (p *fakePanel) Run(first view.View, ready func()) error {
	p.mu.Lock()
	p.shown = first
	p.announce()
	p.mu.Unlock()
	ready()
	<-p.quit
	return p.broken
}

func (p *fakePanel) Show(to *view.View) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown = *to
	p.shows++
	if p.saw != nil {
		p.saw(p.shown)
	}
	p.announce()
}

// announce wakes those that wait for a view. The caller holds mu.
func (p *fakePanel) announce() {
	close(p.news)
	p.news = make(chan struct{})
}

func (p *fakePanel) Clicks() <-chan view.RowID { return p.clicks }

func (p *fakePanel) Quit() { p.once.Do(func() { close(p.quit) }) }

func (p *fakePanel) view() view.View {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shown
}

// times is how often Show was called.
func (p *fakePanel) times() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shows
}

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// until waits for a view.
func (p *fakePanel) until(what string, fits func(v view.View) bool) {
	p.t.Helper()
	limit := time.After(patience)
	for {
		p.mu.Lock()
		v, news := p.shown, p.news
		p.mu.Unlock()
		if v.Tooltip != "" && fits(v) {
			return
		}
		select {
		case <-news:
		case <-limit:
			p.t.Fatalf("never shown: %s; it shows %+v", what, v)
		}
	}
}

// label waits for a row's label to begin so.
func (p *fakePanel) label(id view.RowID, begins string) {
	p.t.Helper()
	p.until(fmt.Sprintf("row %d with %q", id, begins), func(v view.View) bool { return strings.HasPrefix(v.Rows[id].Label, begins) })
}

// eventually waits until fits returns true.
func eventually(t *testing.T, what string, fits func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for limit := time.After(patience); !fits(); {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("it never came: %s", what)
		}
	}
}

// fakeKeyring fails where it is told to.
type fakeKeyring struct {
	settings.Keyring
	failure atomic.Pointer[error]
}

// fail makes every call from now on fail with err.
func (k *fakeKeyring) fail(err error) { k.failure.Store(&err) }

// works ends that.
func (k *fakeKeyring) works() { k.failure.Store(nil) }

func (k *fakeKeyring) Get(ctx context.Context, profile string) (string, error) {
	if err := k.failure.Load(); err != nil {
		return "", *err
	}
	return k.Keyring.Get(ctx, profile)
}

func (k *fakeKeyring) Set(ctx context.Context, profile, password string) error {
	if err := k.failure.Load(); err != nil {
		return *err
	}
	return k.Keyring.Set(ctx, profile, password)
}

func (k *fakeKeyring) Clear(ctx context.Context, profile string) error {
	if err := k.failure.Load(); err != nil {
		return *err
	}
	return k.Keyring.Clear(ctx, profile)
}

// fixture is an app around a simulated world, with everything of the desktop
// replaced.
type fixture struct {
	*App
	t       *testing.T
	world   *simulator.World
	panel   *fakePanel
	dialogs *fakeDialogs
	told    *notifytest.Teller
	keys    *fakeKeyring
	log     *notifytest.Log
	said    *notifytest.Log
	dir     string // settings, state and cache
	opened  chan string
	find    func(set string) (string, error)

	stop  context.CancelFunc
	ended chan struct{}
}

// settingsText is a settings file for that world.
func settingsText(w *simulator.World, password, more string) string {
	return fmt.Sprintf("# mine\n[client]\naddress = %q # here\n%s\n[[profiles]]\nname = \"default\"\nserver = %q\nready_delay = \"0s\"\npassword = %q\n",
		w.Client.Addr(), more, w.Server.Addr(), password)
}

// manual is for settings in which nothing happens by itself.
const manual = "[auto_reconnect]\nenabled = false # by hand\n"

var hosts atomic.Int32

// startWorld starts a fast world on ports that the system picks, at its own loopback
// address: while its server or client is down, nothing else can get their ports.
func startWorld(t *testing.T, o simulator.Options) *simulator.World {
	t.Helper()
	o.Speed = 1000
	w := simulator.New(o)
	at := fmt.Sprintf("127.%d.%d.%d:0", 2+os.Getpid()%250, os.Getpid()/250%250, 1+hosts.Add(1)%250)
	if err := w.Start(at, at); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

// inMenu waits until both sides are ready.
func inMenu(t *testing.T, w *simulator.World) {
	t.Helper()
	eventually(t, "a client in the main menu and a server", func() bool { return w.Client.Status().Ready() && w.Server.Ready() })
}

// startReady runs an app whose client is in the main menu and whose server is ready.
func startReady(t *testing.T, password, more string) (*simulator.World, *fixture) {
	t.Helper()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, password, more)).run()
	f.panel.until("the client is in the main menu and the server ready", func(v view.View) bool {
		return v.Rows[row("state")].Label == "alt:V: Main menu" && v.Rows[row("server")].Label == "Server: ready"
	})
	return w, f
}

// dialingBy makes watchers of the server that dial in a way of their own.
func dialingBy(dial debugport.DialFunc) func(gameserver.Config, func(monitor.ServerFact)) monitor.Watcher {
	return func(cfg gameserver.Config, tell func(monitor.ServerFact)) monitor.Watcher {
		cfg.Dial = dial
		return gameserver.New(cfg, tell)
	}
}

// newFixture makes an app that does not run yet. changes change its options.
func newFixture(t *testing.T, w *simulator.World, text string, changes ...func(*Options)) *fixture {
	t.Helper()
	f := &fixture{
		t: t, world: w, panel: newFakePanel(t), dialogs: &fakeDialogs{}, told: &notifytest.Teller{}, keys: &fakeKeyring{Keyring: settings.MemoryKeyring()},
		log: &notifytest.Log{}, said: &notifytest.Log{}, dir: t.TempDir(), opened: make(chan string, 8), ended: make(chan struct{}),
		find: func(string) (string, error) {
			return "", os.ErrNotExist
		},
	}
	paths := settings.Paths{
		Settings: filepath.Join(f.dir, "settings.toml"), StateDir: filepath.Join(f.dir, "state"), CacheDir: filepath.Join(f.dir, "cache"),
	}
	f.write(paths.Settings, text)
	store, err := settings.Open(paths.Settings, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(paths.StateDir, 0o700); err != nil {
		t.Fatal(err)
	}
	o := Options{
		Version: "1.0.0", Paths: paths, Store: store, Keyring: f.keys, Log: f.log.Logger(),
		Say:    func(text string) { _, _ = fmt.Fprintln(f.said, text) },
		Notify: f.told.Tell,
		System: surroundings.System{
			FindClient:       func(set string) (string, error) { return f.find(set) },
			RunningClients:   func() ([]clientfolder.Process, error) { return nil, nil },
			Autostart:        func() (bool, error) { return false, nil },
			FindServerFolder: func(context.Context, string) string { return "" },
			NewWatcher:       surroundings.RealSystem().NewWatcher,
		},
	}
	for _, change := range changes {
		change(&o)
	}
	f.App = New(o)
	f.screen.Panel = f.panel
	f.screen.Connect = func() error { return nil }
	f.doer.Ask = f.dialogs.ask
	f.doer.Open = func(path string) error { f.opened <- path; return nil }
	f.doer.Browse = f.doer.Open
	return f
}

func (f *fixture) write(file, text string) {
	f.t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) run() *fixture {
	f.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	f.stop = stop
	go func() { defer close(f.ended); f.App.Run(ctx) }()
	f.t.Cleanup(func() {
		if stop(); f.t.Failed() {
			f.t.Logf("the log:\n%s", f.log)
		}
		f.end()
	})
	return f
}

// runParts runs those parts of the app that can run in a bubble: all but the watch of the
// settings file, the control port and the panel's loop. end ends them.
func (f *fixture) runParts(more ...func(context.Context)) (end func()) {
	ctx, cancel := context.WithCancel(f.t.Context())
	f.doer.Quit = cancel
	follower := newFollower(f.App)
	f.scenes.Update(f.update)
	draw := func(ctx context.Context) { f.screen.Draw(ctx, view.View{}) }
	var parts sync.WaitGroup
	for _, run := range append(more, f.monitor.Run, f.notices.Run, f.doer.Run, follower.run, f.followScenes, draw) {
		parts.Go(func() { run(ctx) })
	}
	return func() { cancel(); parts.Wait() }
}

// end waits for the app's end.
func (f *fixture) end() {
	f.t.Helper()
	select {
	case <-f.ended:
	case <-time.After(patience):
		f.t.Fatal("the app does not end")
	}
}

func (f *fixture) click(id view.RowID) {
	f.t.Helper()
	select {
	case f.panel.clicks <- id:
	case <-time.After(patience):
		f.t.Fatalf("nobody takes the click on row %d", id)
	}
}

// notice waits for a notice with that title, unless there was one already, and returns its body.
func (f *fixture) notice(title string) (body string) {
	f.t.Helper()
	eventually(f.t, "the notice "+title, func() bool {
		for _, n := range f.told.All() {
			if n.Title == title {
				body = n.Body
				return true
			}
		}
		return false
	})
	return body
}

// logged waits until the log has a text.
func (f *fixture) logged(text string) {
	f.t.Helper()
	eventually(f.t, "in the log: "+text, func() bool { return strings.Contains(f.log.String(), text) })
}
