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

func init() { xgb.Logger = log.New(io.Discard, "", 0) } // xgb also returns its errors

// holdX11 is a holder.
func holdX11(ctx context.Context, r registration, backend Backend) error {
	conn, err := xgb.NewConn()
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, conn.Close)()
	g := grabs{conn: conn, key: r.key, root: xproto.Setup(conn).DefaultScreen(conn).Root}
	if err := g.take(); err != nil {
		return err
	}
	r.report(State{Stage: Registered, Backend: backend})
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
				r.press()
			}
		case xproto.KeyReleaseEvent:
			keyboard.up(at(event.Time))
		case xproto.MappingNotifyEvent:
			if event.Request == xproto.MappingPointer {
				continue
			}
			if err := g.take(); err != nil { // the key may have another keycode in the new layout
				return err
			}
		}
	}
}

// grabs grabs one key.
type grabs struct {
	conn *xgb.Conn
	key  settings.Combination
	root xproto.Window
}

// take grabs the key for the current keyboard, and drops earlier grabs. A grab applies
// only to exactly its modifiers, and lock keys are modifiers too.
func (g grabs) take() error {
	if err := xproto.UngrabKeyChecked(g.conn, xproto.GrabAny, g.root, xproto.ModMaskAny).Check(); err != nil {
		return err
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
	for _, code := range keycodes {
		for _, lock := range locks {
			err := xproto.GrabKeyChecked(g.conn, false, g.root, mods|lock, code, xproto.GrabModeAsync, xproto.GrabModeAsync).Check()
			if errors.As(err, new(xproto.AccessError)) {
				return errTaken
			}
			if err != nil {
				return err
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

// keycodesOf returns the keycodes with the keysym in the first column that contains it. The columns are
// the layouts and their levels, so the first layout comes first.
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
