//go:build linux

package desktoptest

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

func init() { xgb.Logger = log.New(io.Discard, "", 0) } // the tests report what matters

// hotkeyLines are the lines of the settings file that set the hotkey.
func hotkeyLines(key string) string {
	return "[hotkey]\nreconnect = \"" + key + "\"\n"
}

// WaitHeld waits until the last thing that the log says of the hotkey is that the key
// is held.
func (d *Desktop) WaitHeld(t testing.TB, app *Process, key string, limit time.Duration) {
	t.Helper()
	d.Until(t, app, limit, key+" is held", func(said string) bool {
		last := strings.LastIndex(said, "msg=hotkey_")
		return last >= 0 && strings.HasPrefix(said[last:], "msg=hotkey_held key="+key+" ")
	})
}

// HotkeyCheck returns the doctor's check of the hotkey.
func (d *Desktop) HotkeyCheck(t testing.TB) (level, text string) {
	t.Helper()
	result := d.Env.Run(t, "", d.Program, "doctor", "--json")
	var report struct {
		Checks []struct{ ID, Level, Text string }
	}
	if err := json.Unmarshal([]byte(result.Stdout), &report); err != nil {
		t.Fatalf("altv-tray doctor --json: %v: %v", result, err)
	}
	for _, c := range report.Checks {
		if c.ID == "hotkey" {
			return c.Level, c.Text
		}
	}
	return "", ""
}

// Sounds gives the program a canberra-gtk-play that plays nothing and writes each
// sound's name to the file that Sounds returns, one a line.
func (d *Desktop) Sounds(t testing.TB) (played string) {
	t.Helper()
	bin, played := shortDir(t), filepath.Join(shortDir(t), "played")
	if err := os.WriteFile(filepath.Join(bin, "canberra-gtk-play"), []byte("#!/bin/sh\necho \"$2\" >>"+played+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.Env.Set("PATH", bin+":"+os.Getenv("PATH"))
	return played
}

// WaitPlayed waits until exactly these sounds have been played, oldest first.
func WaitPlayed(t testing.TB, played string, sounds ...string) {
	t.Helper()
	want := strings.Join(append(sounds, ""), "\n")
	Until(t, 5*time.Second, "these sounds are played: "+strings.Join(sounds, ", "), func() (bool, string) {
		text, _ := os.ReadFile(played)
		return string(text) == want, string(text)
	})
}

// StartGame opens a window that fills the screen and has the keyboard focus, as a game
// does. It prints the key events that it receives.
func (s *Screen) StartGame(t testing.TB) *Process {
	t.Helper()
	Need(t, "xev")
	game := start(t, s.vars, "", "xev", "-name", "a game", "-event", "keyboard")
	s.Focus(t, "--name", "^a game$")
	var window xproto.Window
	if _, err := fmt.Sscanf(game.Stdout(), "Outer window is %v,", &window); err != nil {
		t.Fatalf("find the game's window: %v in %s", err, game.Stdout())
	}
	s.fill(t, window)
	s.Press(t, "z")
	Until(t, 5*time.Second, "the game receives keys", func() (bool, string) {
		return strings.Contains(game.Stdout(), "keysym 0x7a, z"), game.Stdout()
	})
	return game
}

// fill asks the window manager to make a window fill the screen (EWMH specification).
func (s *Screen) fill(t testing.TB, window xproto.Window) {
	t.Helper()
	conn, err := xgb.NewConnDisplay(s.Display)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	atom := func(name string) uint32 {
		reply, err := xproto.InternAtom(conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			t.Fatal(err)
		}
		return uint32(reply.Atom)
	}
	const add = 1
	ask := xproto.ClientMessageEvent{
		Format: 32, Window: window, Type: xproto.Atom(atom("_NET_WM_STATE")),
		Data: xproto.ClientMessageDataUnionData32New([]uint32{add, atom("_NET_WM_STATE_FULLSCREEN"), 0, 1, 0}),
	}
	root := xproto.Setup(conn).Roots[0]
	if err := xproto.SendEventChecked(conn, false, root.Root, xproto.EventMaskSubstructureRedirect|xproto.EventMaskSubstructureNotify, string(ask.Bytes())).Check(); err != nil {
		t.Fatal(err)
	}
	Until(t, 10*time.Second, "the game fills the screen", func() (bool, string) {
		size, err := xproto.GetGeometry(conn, xproto.Drawable(window)).Reply()
		return err == nil && size.Width == root.WidthInPixels && size.Height == root.HeightInPixels, fmt.Sprint(size, err)
	})
}

// Press presses and releases keys, each by xdotool's name for it: "ctrl+shift+F9".
func (s *Screen) Press(t testing.TB, keys ...string) {
	t.Helper()
	s.command(t, "xdotool", append([]string{"key"}, keys...)...)
}

// Hold holds a combination down for that many seconds.
func (s *Screen) Hold(t testing.TB, keys, seconds string) {
	t.Helper()
	s.command(t, "xdotool", "keydown", keys, "sleep", seconds, "keyup", keys)
}

// TakeKey grabs Ctrl and a function key, as another program would, until free is
// called. It returns false if the key is taken already.
func (s *Screen) TakeKey(t testing.TB, n int) (free func(), ok bool) {
	t.Helper()
	conn, err := xgb.NewConnDisplay(s.Display)
	if err != nil {
		t.Fatal(err)
	}
	setup := xproto.Setup(conn)
	mapping, err := xproto.GetKeyboardMapping(conn, setup.MinKeycode, byte(setup.MaxKeycode-setup.MinKeycode+1)).Reply()
	if err != nil {
		t.Fatal(err)
	}
	for i, sym := range mapping.Keysyms {
		if sym != xproto.Keysym(0xffbe+n-1) {
			continue
		}
		code := setup.MinKeycode + xproto.Keycode(i/int(mapping.KeysymsPerKeycode))
		err := xproto.GrabKeyChecked(conn, false, setup.Roots[0].Root, xproto.ModMaskControl, code, xproto.GrabModeAsync, xproto.GrabModeAsync).Check()
		if err != nil {
			conn.Close()
		}
		return conn.Close, err == nil
	}
	t.Fatalf("the keyboard has no F%d", n)
	return nil, false
}
