//go:build !windows

package clientfolder

import (
	"context"
	"fmt"
)

// Start is for Windows. Elsewhere its error wraps ErrWindowsOnly.
func Start(context.Context, string, string) error {
	return fmt.Errorf("starting alt:V: %w", ErrWindowsOnly)
}
