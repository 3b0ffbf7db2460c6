package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

// panel is a session bus with a StatusNotifier watcher on it, which is what a
// desktop is to the program. A nil panel is none.
type panel struct {
	daemon *exec.Cmd
	conn   *dbus.Conn
	at     string
	items  chan time.Time
}

const watcher = "org.kde.StatusNotifierWatcher"

const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`

// startPanel gives nil where there is no dbus-daemon.
func startPanel(ctx context.Context, dir string) (*panel, error) {
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		return nil, nil
	}
	dir, err := os.MkdirTemp(dir, "bus-")
	if err != nil {
		return nil, err
	}
	socket, config := filepath.Join(dir, "bus"), filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, socket), 0o600); err != nil {
		return nil, err
	}
	p := &panel{at: "unix:path=" + socket, items: make(chan time.Time, 16)}
	p.daemon = exec.CommandContext(ctx, "dbus-daemon", "--config-file="+config, "--nofork", "--nopidfile")
	if err := p.daemon.Start(); err != nil {
		return nil, err
	}
	err = await(ctx, 10*time.Second, "the session bus is up", func() bool {
		p.conn, err = dbus.Connect(p.at)
		return err == nil
	})
	if err == nil {
		err = p.watch()
	}
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *panel) watch() error {
	if err := p.conn.Export(p, "/StatusNotifierWatcher", watcher); err != nil {
		return err
	}
	_, err := prop.Export(p.conn, "/StatusNotifierWatcher", prop.Map{watcher: {
		"RegisteredStatusNotifierItems":  {Value: []string{}, Emit: prop.EmitFalse},
		"IsStatusNotifierHostRegistered": {Value: true, Emit: prop.EmitFalse},
		"ProtocolVersion":                {Value: int32(0), Emit: prop.EmitFalse},
	}})
	if err != nil {
		return err
	}
	reply, err := p.conn.RequestName(watcher, dbus.NameFlagDoNotQueue)
	if err == nil && reply != dbus.RequestNameReplyPrimaryOwner {
		err = errors.New("another panel is on the bus")
	}
	return err
}

// RegisterStatusNotifierItem is the watcher's: an icon is there.
func (p *panel) RegisterStatusNotifierItem(dbus.Sender, string) *dbus.Error {
	p.items <- time.Now()
	return nil
}

// RegisterStatusNotifierHost is the watcher's.
func (p *panel) RegisterStatusNotifierHost(string) *dbus.Error { return nil }

func (p *panel) address() string {
	if p == nil {
		return ""
	}
	return p.at
}

func (p *panel) close() {
	if p == nil {
		return
	}
	if p.conn != nil {
		_ = p.conn.Close()
	}
	_ = p.daemon.Process.Kill()
	_ = p.daemon.Wait() // it was killed
}

// icons is how many starts are timed.
const icons = 25

// measureIcon gives the times from the program's start to its icon's being
// registered; none where there is no dbus-daemon.
func measureIcon(ctx context.Context, program, dir string) (durations, error) {
	p, err := startPanel(ctx, dir)
	if p == nil {
		return nil, err
	}
	defer p.close()
	s, err := newStage()
	if err != nil {
		return nil, err
	}
	defer s.close()
	var all durations
	for range icons {
		at := time.Now()
		t, err := launch(ctx, program, dir, setup{client: s.world.Client.Addr(), server: s.door.address, bus: p.at})
		if err != nil {
			return nil, err
		}
		select {
		case there := <-p.items:
			all = append(all, there.Sub(at))
		case <-time.After(10 * time.Second):
			err = errors.New("no icon came")
		case <-ctx.Done():
			err = ctx.Err()
		}
		t.end()
		if err != nil {
			return nil, err
		}
	}
	return all.sorted(), nil
}
