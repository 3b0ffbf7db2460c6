package main

import (
	"bufio"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"altv-tray/monitor/control"
)

// tray is a running altv-tray with settings and state of its own.
type tray struct {
	cmd  *exec.Cmd
	dir  string
	talk *control.Client
}

// setup is what of the settings differs between measurements.
type setup struct {
	client, server string
	automatic      bool
	ready          string // the readiness source; empty: port
	folder         string // the server's
	profiles       int    // besides the one in use
	bus            string // the session bus's address; empty: none
}

func (s setup) text() string {
	ready := s.ready
	if ready == "" {
		ready = "port"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "schema = 1\n[client]\naddress = %q\n[auto_reconnect]\nenabled = %v\n", s.client, s.automatic)
	fmt.Fprintf(&b, "[[profiles]]\nname = \"default\"\nserver = %q\nfolder = %q\nready = %q\nready_delay = \"0s\"\npassword = \"none\"\n",
		s.server, s.folder, ready)
	for i := range s.profiles {
		fmt.Fprintf(&b, "[[profiles]]\nname = \"profile %d\"\nserver = %q\n", i, s.server)
	}
	return b.String()
}

// launch starts the program and does not wait for it.
func launch(ctx context.Context, program, parent string, s setup) (*tray, error) {
	dir, err := os.MkdirTemp(parent, "tray-")
	if err != nil {
		return nil, err
	}
	t := &tray{dir: dir}
	file := filepath.Join(dir, "settings.toml")
	if err := os.WriteFile(file, []byte(s.text()), 0o600); err != nil {
		return nil, err
	}
	t.cmd = exec.CommandContext(ctx, program, "--settings", file, "run")
	t.cmd.Dir = dir
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"} {
		t.cmd.Env = append(t.cmd.Env, name+"="+dir)
	}
	t.cmd.Env = append(t.cmd.Env, "PATH="+os.Getenv("PATH"), "SYSTEMROOT="+os.Getenv("SYSTEMROOT"), "DBUS_SESSION_BUS_ADDRESS="+s.bus)
	return t, t.cmd.Start()
}

// startTray starts the program and waits until it can be talked to.
func startTray(ctx context.Context, program, parent string, s setup) (*tray, error) {
	t, err := launch(ctx, program, parent, s)
	if err != nil {
		return nil, err
	}
	err = await(ctx, 20*time.Second, "altv-tray is up", func() bool {
		t.talk, err = control.Find(filepath.Join(t.dir, "altv-tray"))
		return err == nil
	})
	if err != nil {
		t.end()
	}
	return t, err
}

// calm waits until the client is in game, the server ready and nothing under way.
func (t *tray) calm(ctx context.Context) error {
	return await(ctx, 30*time.Second, "altv-tray is calm", func() bool {
		r, err := t.talk.Snapshot(ctx)
		return err == nil && r.Reconnect == nil && r.Status == "IN_GAME" && r.Server.State == "ready"
	})
}

// lastLines are of its log, for finding out why something went wrong.
func (t *tray) lastLines() string {
	text, err := os.ReadFile(filepath.Join(t.dir, "altv-tray", "altv-tray.log"))
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}

func (t *tray) end() {
	_ = t.cmd.Process.Kill()
	_ = t.cmd.Wait() // it was killed
}

//go:embed sample.js
var sampleText string

// sample is the official sample's logic under Node.js.
type sample struct {
	cmd *exec.Cmd
	in  io.WriteCloser
}

func startSample(ctx context.Context, dir, client string) (*sample, error) {
	file := filepath.Join(dir, "sample.mjs")
	if err := os.WriteFile(file, []byte(sampleText), 0o600); err != nil {
		return nil, err
	}
	s := &sample{cmd: exec.CommandContext(ctx, "node", file, client, "")}
	var err error
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	_, err = bufio.NewReader(out).ReadString('\n')
	return s, err
}

// serverStarted has it do what it does at a server's start.
func (s *sample) serverStarted() error {
	_, err := io.WriteString(s.in, "start\n")
	return err
}

func (s *sample) end() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait() // it was killed
}

// await looks every 20 ms until something is true.
func await(ctx context.Context, limit time.Duration, what string, true func() bool) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	end := time.After(limit)
	for !true() {
		select {
		case <-tick.C:
		case <-end:
			return fmt.Errorf("not within %v: %s", limit, what)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
