package cli

import (
	"context"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
	"altv-tray/tray"
	"altv-tray/tray/errtext"
	"altv-tray/tray/lang"
	"altv-tray/tray/panel"
	"altv-tray/tray/surroundings"
)

// demoSpeed makes a day of development fit into half a minute.
const demoSpeed = 4

// Demo shows the tray app against a simulated client and server that live
// through a day of development. It has settings, state and a keyring of its
// own. Without a desktop it prints the same as lines and ends by itself.
type Demo struct {
	NoBrowser bool `help:"Do not open the dashboard."`
}

func (c Demo) Run(ctx context.Context, e *Env) Code {
	dir, err := os.MkdirTemp("", "altv-tray-demo-")
	if err != nil {
		return e.fail(Wrong, fmt.Errorf("the demo needs a temporary folder: %w", err))
	}
	defer func() { _ = os.RemoveAll(dir) }()
	d := demo{env: e, dir: dir, start: time.Now(), text: lang.New("en"), notify: func(string) {}}
	if err := d.prepare(ctx); err != nil {
		return e.fail(Wrong, fmt.Errorf("the demo cannot start: %w", err))
	}
	defer func() { _ = d.world.Close() }()
	if panel.HasDesktop() {
		err = d.onDesktop(ctx)
	} else {
		e.print("No system tray here, so the demo tells what the icon would show.")
		err = d.asLines(ctx)
	}
	if err != nil {
		return e.fail(Failed, err)
	}
	return OK
}

// demo is one run of it.
type demo struct {
	env     *Env
	dir     string
	start   time.Time
	world   *simulator.World
	store   *settings.Store
	keyring *settings.Memory
	text    *lang.Printer
	notify  func(key string) // shows a text as a notification

	joined int           // reconnects shown so far
	took   time.Duration // by all of them together
	words  []string      // the client's states shown so far
}

// prepare makes the demo's world: a server folder, settings that name it, a
// keyring with its password, and both simulated programs on ports that the
// system picks. The client is not started yet.
func (d *demo) prepare(ctx context.Context) error {
	folder := filepath.Join(d.dir, "server")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	password := "demo " + rand.Text()
	config := fmt.Sprintf("name = \"Demo server\"\ndebug = true\npassword = %q\n", password)
	if err := os.WriteFile(filepath.Join(folder, "server.toml"), []byte(config), 0o600); err != nil {
		return err
	}
	d.keyring = settings.NewMemory()
	if err := d.keyring.Set(ctx, "demo", password); err != nil {
		return err
	}
	d.world = simulator.New(simulator.Options{Speed: demoSpeed, Folder: folder})
	// On 127.0.0.1 another program could be given their ports while they are down.
	at := fmt.Sprintf("127.%d.%d.%d:0", 1+mathrand.IntN(254), mathrand.IntN(256), 2+mathrand.IntN(252))
	if err := d.world.Start(at, at); err != nil {
		return err
	}
	d.world.Client.Quit()
	text := fmt.Sprintf(`profile = "demo"

[client]
address = %q

[notifications] # those of the story take their place
ready = false
joined = false
dropped = false

[[profiles]]
name = "demo"
server = %q
ready_delay = "100ms"
`, d.world.Client.Addr(), d.world.Server.Addr())
	file := filepath.Join(d.dir, "settings.toml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return err
	}
	var err error
	if d.store, err = settings.Open(file, ""); err == nil {
		err = d.store.Problem()
	}
	return err
}

// onDesktop runs the real tray app, prints the same lines beside it, shows each
// chapter as a notification as well, and stays until the user quits.
func (d *demo) onDesktop(ctx context.Context) error {
	log, closeLog, err := tray.OpenLog(d.dir, d.env.Stderr)
	defer closeLog()
	if err != nil {
		d.env.Say("altv-tray: " + errtext.English(err))
	}
	app := tray.New(tray.Options{
		Version: Version + " (demo)", System: surroundings.RealSystem(),
		Paths: settings.Paths{Settings: d.store.File(), StateDir: d.dir, CacheDir: filepath.Join(d.dir, "cache")},
		Store: d.store, Keyring: d.keyring, Log: log, Say: d.env.Say,
	})
	d.notify = func(key string) { app.Notify("demo.title", key) }
	d.env.print("Look at the system tray. The demo takes half a minute; Quit in the icon's menu ends it.")
	ctx, cancel := context.WithCancel(ctx)
	played := make(chan error, 1)
	sub := app.Monitor().Subscribe() // before it runs, so that its first look is not missed
	go func() {
		defer sub.Close()
		err := d.play(ctx, app.Monitor(), sub)
		if ctx.Err() == nil {
			d.env.print("%s", d.text.T("demo.stays"))
			d.notify("demo.stays")
			for _, key := range []string{"ready", "joined", "dropped"} {
				_ = d.store.Set("notifications."+key, true) // else they stay off, in a demo
			}
		}
		played <- err
	}()
	app.Run(ctx)
	cancel()
	return <-played
}

// asLines runs the monitor alone.
func (d *demo) asLines(ctx context.Context) error {
	m := monitor.New(surroundings.Target(d.store.Current(), d.keyring), monitor.Options{})
	sub := m.Subscribe() // before it runs, so that its first look is not missed
	defer sub.Close()
	defer running(ctx, m)()
	return d.play(ctx, m, sub)
}
