package clientfolder

import (
	"os"
	"time"
)

// replaceFile tries more than once: virus scanners keep a file that was just
// written open for a moment, and it cannot be renamed meanwhile.
func replaceFile(from, to string) error {
	const tries = 6
	var err error
	for i := range tries {
		if i > 0 {
			time.Sleep(50 * time.Millisecond)
		}
		if err = os.Rename(from, to); err == nil {
			return nil
		}
	}
	return err
}
