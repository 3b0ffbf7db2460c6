//go:build !windows

package clientfolder

import "os"

func replaceFile(from, to string) error { return os.Rename(from, to) }
