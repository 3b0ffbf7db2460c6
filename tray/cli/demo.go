package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/problem"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
	"altv-tray/tray"
	"altv-tray/tray/errtext"
	"altv-tray/tray/lang"
	"altv-tray/tray/panel"
	"altv-tray/tray/surroundings"
)

// demoSpeed is the speed of the simulator with which the story takes half a minute.
const demoSpeed = 5

// Demo runs the tray app with a simulated client and server that play a day of development.
// It uses settings, state and a keyring of its own. Without a desktop it prints the same story
// as lines and ends by itself.
type Demo struct {
	NoBrowser bool `help:"Do not open the dashboard: tell the story by notifications."`
}

func (c Demo) Run(ctx context.Context, e *Env) Code {
	dir, err := os.MkdirTemp("", "altv-tray-demo-")
	if err != nil {
		return e.report(Wrong, fmt.Errorf("the demo needs a temporary folder: %w", err))
	}
	defer func() { _ = os.RemoveAll(dir) }()
	d := demo{env: e, dir: dir, start: time.Now(), narrate: func(string) {}}
	if err := d.prepare(ctx, nil); err != nil {
		return e.report(Wrong, fmt.Errorf("the demo cannot start: %w", err))
	}
	defer func() { _ = d.world.Close() }()
	if panel.HasTray() {
		err = d.onDesktop(ctx, !c.NoBrowser)
	} else {
		e.print("No system tray here, so the demo tells what the icon would show.")
		err = d.inTerminal(ctx, surroundings.Target(d.store.Current(), d.keyring), monitor.Options{})
	}
	return e.report(Failed, err)
}

// demo is one run of the demo.
type demo struct {
	env      *Env
	dir      string
	start    time.Time
	world    *simulator.World
	store    *settings.Store
	keyring  settings.Keyring
	password string           // the server's
	narrate  func(key string) // shows a sentence of the story on the desktop
}

// demoProfile is the demo's profile.
const demoProfile = "demo"

// prepare makes a folder for each side, settings, a keyring with the server's password, and
// both simulated programs on ports that the system picks. It leaves the client stopped. listen
// is as in simulator.Options.
func (d *demo) prepare(ctx context.Context, listen func(network, address string) (net.Listener, error)) error {
	if err := d.newPassword(); err != nil {
		return err
	}
	d.keyring = settings.MemoryKeyring()
	if err := d.keyring.Set(ctx, demoProfile, d.password); err != nil {
		return err
	}
	d.world = simulator.New(simulator.Options{Speed: demoSpeed, Folder: filepath.Join(d.dir, "server"), Listen: listen})
	// On 127.0.0.1 the system could give their ports to another program while they are down.
	at := fmt.Sprintf("127.%d.%d.%d:0", 1+mathrand.IntN(254), mathrand.IntN(256), 2+mathrand.IntN(252))
	if err := d.world.Start(at, at); err != nil {
		return err
	}
	d.world.Client.Quit()
	return d.writeSettings()
}

// write writes a file below dir and makes its folder.
func (d *demo) write(name, format string, a ...any) error {
	file := filepath.Join(d.dir, name)
	return errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, fmt.Appendf(nil, format, a...), 0o600))
}

// newPassword gives the server another password, which it uses from its next start on.
func (d *demo) newPassword() error {
	d.password = "demo " + rand.Text()
	return d.write("server/server.toml", "name = \"Demo server\"\ndebug = true\npassword = %q\n", d.password)
}

// writeSettings writes the settings of the client and of the app. The app's settings name no
// server folder, so that the password comes from the keyring, and they name the client's
// folder, so that the app does not look for the user's own.
func (d *demo) writeSettings() error {
	err := errors.Join(
		d.write("client/altv.toml", "debug = true\nlastip = %q\n", d.world.Server.Addr()),
		d.write("settings.toml", `profile = %q

[client]
address = %q
folder = %q

[notifications] # those of the story take their place
ready = false
joined = false
dropped = false

[[profiles]]
name = %q
server = %q
ready_delay = "500ms"
`, demoProfile, d.world.Client.Addr(), filepath.Join(d.dir, "client"), demoProfile, d.world.Server.Addr()))
	if err != nil {
		return err
	}
	if d.store, err = settings.Open(filepath.Join(d.dir, "settings.toml"), ""); err == nil {
		err = d.store.Problem()
	}
	return err
}

// onDesktop runs the real tray app until the user quits. The story appears on the dashboard or
// in notifications, and as lines on standard output.
func (d *demo) onDesktop(ctx context.Context, browse bool) error {
	log, closeLog, err := tray.OpenLog(d.dir, d.env.Stderr)
	defer closeLog()
	if err != nil {
		d.env.Say("altv-tray: " + errtext.English(err))
	}
	system := surroundings.RealSystem()
	system.Autostart = func() (bool, error) { return false, nil }
	system.SetAutostart = func(bool) error { return problem.New(problem.NotInDemo) }
	app := tray.New(tray.Options{
		Version: Version + " (demo)", System: system,
		Paths: settings.Paths{Settings: d.store.File(), StateDir: d.dir, CacheDir: filepath.Join(d.dir, "cache")},
		Store: d.store, Keyring: d.keyring, Log: log, Say: d.env.Say,
	})
	d.narrate = app.Narrate
	d.env.print("Look at the system tray. The demo takes half a minute; Quit in the icon's menu ends it.")
	ctx, cancel := context.WithCancel(ctx)
	played := make(chan error, 1)
	sub := app.Monitor().Subscribe() // before app.Run, so that no event is missed
	go func() {
		defer sub.Close()
		if browse {
			d.openPage(ctx, app)
		}
		d.start = time.Now()
		err := d.play(ctx, app.Monitor(), sub)
		if err == nil && ctx.Err() == nil {
			d.env.print("%s", lang.English().T("demo.stays"))
			d.narrate("demo.stays")
			for _, key := range []string{"ready", "joined", "dropped"} {
				_ = d.store.Set("notifications."+key, true) // the story has been told; these now report what the user does
			}
		}
		played <- err
	}()
	app.Run(ctx)
	cancel()
	return <-played
}

// pageLimit is how long the story waits for a browser, which may have to start first.
const pageLimit = 10 * time.Second

// openPage opens the dashboard and waits until it is shown.
func (d *demo) openPage(ctx context.Context, app *tray.App) {
	url, err := app.Dashboard.Open("now")
	if err != nil {
		d.env.Say("altv-tray: " + errtext.English(err))
		return
	}
	if d.env.browse(ctx, url) != OK {
		return
	}
	for limit := time.Now().Add(pageLimit); !app.Dashboard.PageOpen() && ctx.Err() == nil && time.Now().Before(limit); {
		<-time.After(50 * time.Millisecond)
	}
}

// inTerminal plays the story with a monitor alone, without the tray app.
func (d *demo) inTerminal(ctx context.Context, t monitor.Target, o monitor.Options) error {
	m, sub, end := startMonitor(ctx, t, o)
	defer end()
	if err := d.play(ctx, m, sub); err != nil || ctx.Err() != nil {
		return err
	}
	d.env.print("Next: altv-tray, which does the same with your own server.")
	return nil
}
