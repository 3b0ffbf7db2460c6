package hotkey

import (
	"context"
	"os"
)

// hold is the holder for Linux: the portal on Wayland, where there is one, otherwise
// X11.
func hold(ctx context.Context, w wanted) error {
	x11, wayland := os.Getenv("DISPLAY") != "", os.Getenv("WAYLAND_DISPLAY") != ""
	way := X11
	if wayland || !x11 {
		if err := holdPortal(ctx, w); err != errNoPortal || ctx.Err() != nil {
			return err
		}
		if !x11 {
			return errNoWay
		}
		way = XWayland
	}
	return holdX11(ctx, w, way)
}
