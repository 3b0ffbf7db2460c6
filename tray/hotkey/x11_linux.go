package hotkey

import (
	"context"
	"errors"
	"io"
	"log"
	"slices"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"altv-tray/settings"
)

func init() { xgb.Logger = log.New(io.Discard, "", 0) } // it returns its errors too

const (
	x11Limit    = 10 * time.Second // for registering the key
	x11Patience = time.Second      // for releasing it
)

var errX11Silent = errors.New("the X server gives no answer")

// holdX11 is a holder. It does not wait for a server that hangs: the goroutine that
// talks to it ends when the server does.
func holdX11(ctx context.Context, w wanted, way Way) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	grabbed, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		conn, err := xgb.NewConn()
		if err != nil {
			ended <- err
			return
		}
		defer context.AfterFunc(ctx, conn.Close)()
		err = serveX11(conn, w, grabbed)
		conn.Close()
		ended <- err
	}()
	limit := time.NewTimer(x11Limit)
	defer limit.Stop()
	for {
		select {
		case <-grabbed:
			limit.Stop()
			grabbed = nil
			w.tell(State{Stage: Held, Way: way})
		case err := <-ended:
			return err
		case <-limit.C:
			return errX11Silent
		case <-ctx.Done():
			select {
			case <-ended:
			case <-time.After(x11Patience):
			}
			return ctx.Err()
		}
	}
}

// serveX11 grabs the key, closes grabbed, and waits for presses until the connection
// ends.
func serveX11(conn *xgb.Conn, w wanted, grabbed chan<- struct{}) error {
	g := grabs{conn: conn, key: w.key, roots: xproto.Setup(conn).Roots}
	if err := g.take(); err != nil {
		return err
	}
	close(grabbed)
	var keyboard presses
	at := func(t xproto.Timestamp) time.Duration { return time.Duration(t) * time.Millisecond }
	for {
		event, err := conn.WaitForEvent()
		if event == nil && err == nil {
			return errGone
		}
		switch event := event.(type) {
		case xproto.KeyPressEvent:
			if keyboard.press(at(event.Time)) {
				w.press()
			}
		case xproto.KeyReleaseEvent:
			keyboard.up(at(event.Time))
		case xproto.MappingNotifyEvent:
			if event.Request == xproto.MappingPointer {
				continue
			}
			if err := g.take(); err != nil { // a new layout may have the key elsewhere
				return err
			}
		}
	}
}

// grabs are the grabs of one key.
type grabs struct {
	conn  *xgb.Conn
	key   settings.Combination
	roots []xproto.ScreenInfo
}

// take grabs the key for the current keyboard, and drops earlier grabs. A grab applies
// only to exactly its modifiers, and lock keys are modifiers too.
func (g grabs) take() error {
	for _, root := range g.roots {
		if err := xproto.UngrabKeyChecked(g.conn, xproto.GrabAny, root.Root, xproto.ModMaskAny).Check(); err != nil {
			return err
		}
	}
	keycodes, numLock, err := g.keyboard()
	if err != nil {
		return err
	}
	if len(keycodes) == 0 {
		return errNoKey
	}
	mods := masked[uint16](g.key.Mods, xproto.ModMaskControl, xproto.ModMask1, xproto.ModMaskShift)
	locks := []uint16{0, xproto.ModMaskLock}
	if numLock != 0 {
		locks = append(locks, numLock, numLock|xproto.ModMaskLock)
	}
	for _, root := range g.roots {
		for _, code := range keycodes {
			for _, lock := range locks {
				err := xproto.GrabKeyChecked(g.conn, false, root.Root, mods|lock, code, xproto.GrabModeAsync, xproto.GrabModeAsync).Check()
				if errors.As(err, new(xproto.AccessError)) {
					return errTaken
				}
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

const numLockSym = 0xff7f

// keyboard returns the keycodes of the key, and the modifier of Num Lock or 0.
func (g grabs) keyboard() (keycodes []xproto.Keycode, numLock uint16, err error) {
	setup := xproto.Setup(g.conn)
	first := setup.MinKeycode
	mapping, err := xproto.GetKeyboardMapping(g.conn, first, byte(setup.MaxKeycode-first+1)).Reply()
	if err != nil {
		return nil, 0, err
	}
	modifiers, err := xproto.GetModifierMapping(g.conn).Reply()
	if err != nil {
		return nil, 0, err
	}
	width := int(mapping.KeysymsPerKeycode)
	for i, code := range modifiers.Keycodes {
		if code < first {
			continue // an empty slot
		}
		if row := int(code-first) * width; slices.Contains(mapping.Keysyms[row:row+width], numLockSym) {
			numLock = 1 << (i / int(modifiers.KeycodesPerModifier))
		}
	}
	return keycodesOf(xproto.Keysym(codesOf(g.key.Key).keysym), mapping.Keysyms, width, first), numLock, nil
}

// keycodesOf returns the keys that have the keysym in the first column that has it. The
// columns are the layouts and their levels, so the first layout comes first.
func keycodesOf(sym xproto.Keysym, keysyms []xproto.Keysym, width int, first xproto.Keycode) (codes []xproto.Keycode) {
	for column := range width {
		for row := 0; row+width <= len(keysyms); row += width {
			if keysyms[row+column] == sym {
				codes = append(codes, first+xproto.Keycode(row/width))
			}
		}
		if codes != nil {
			return codes
		}
	}
	return nil
}
