//go:build !windows

package clientfolder

import (
	"context"
	"errors"
	"fmt"
)

// Start is for Windows. Elsewhere its error wraps errors.ErrUnsupported.
func Start(_ context.Context, _, server string) error {
	if _, err := arguments(server); err != nil {
		return err
	}
	return fmt.Errorf("starting alt:V: it runs on Windows only: %w", errors.ErrUnsupported)
}
