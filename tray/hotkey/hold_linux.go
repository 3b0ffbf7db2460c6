package hotkey

import (
	"context"
	"os"
)

// hold is the holder for Linux. It uses the portal on Wayland, if there is one, otherwise X11.
func hold(ctx context.Context, r registration) error {
	x11, wayland := os.Getenv("DISPLAY") != "", os.Getenv("WAYLAND_DISPLAY") != ""
	backend := X11
	if wayland || !x11 {
		if err := holdPortal(ctx, r); err != errNoPortal || ctx.Err() != nil {
			return err
		}
		if !x11 {
			return errNoBackend
		}
		backend = XWayland
	}
	return holdX11(ctx, r, backend)
}
