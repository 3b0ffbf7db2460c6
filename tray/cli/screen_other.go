//go:build !windows

package cli

import "os"

func takesColours(*os.File) bool { return true }
