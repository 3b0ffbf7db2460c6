package atomicfile

import (
	"io/fs"
	"os"
)

// keepOwner has nothing to do: a new file has the rights that its folder passes on.
func keepOwner(*os.File, fs.FileInfo) error { return nil }
