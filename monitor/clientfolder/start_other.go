//go:build !windows

package clientfolder

import (
	"context"
	"fmt"
)

// Start is for Windows. Elsewhere its error wraps ErrWindowsOnly.
func Start(_ context.Context, _, server string) error {
	if _, err := arguments(server); err != nil {
		return err
	}
	return fmt.Errorf("starting alt:V: %w", ErrWindowsOnly)
}
