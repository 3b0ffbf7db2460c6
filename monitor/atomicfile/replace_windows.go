package atomicfile

import (
	"os"
	"time"
)

func replace(from, to string) error {
	return patiently(func() error { return os.Rename(from, to) })
}

// patiently tries more than once: virus scanners and editors keep a file that
// was just written open for a moment, and it cannot be replaced meanwhile.
func patiently(do func() error) error {
	const tries = 6
	var err error
	for i := range tries {
		if i > 0 {
			time.Sleep(50 * time.Millisecond)
		}
		if err = do(); err == nil {
			return nil
		}
	}
	return err
}
