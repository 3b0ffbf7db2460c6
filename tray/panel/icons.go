package panel

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"altv-tray/assets"
	"altv-tray/monitor/atomicfile"
)

// IconFiles writes icons into the cache folder for those who take only a path:
// Windows' tray and the notifications. A file's name tells its content, so one
// that is there was written by this or another version and is still right; it
// is compared all the same, as others may write there too.
type IconFiles struct {
	dirs []string // the first that can be written to is used

	mu   sync.Mutex
	made map[string]string
}

// NewIconFiles keeps its files in a folder of the cache.
func NewIconFiles(cacheDir string) *IconFiles {
	dirs := []string{filepath.Join(cacheDir, "icons")}
	if spare := SpareIcons(); spare != "" {
		dirs = append(dirs, spare)
	}
	return &IconFiles{dirs: dirs, made: make(map[string]string)}
}

// SpareIcons is the folder for icons where the cache folder cannot be written
// to: a tray without its picture is worse than files among the temporary ones,
// which on Windows are the user's own. Elsewhere there is none, as the tray does
// without files.
func SpareIcons() string {
	if runtime.GOOS != "windows" {
		return ""
	}
	return filepath.Join(os.TempDir(), "altv-tray-icons")
}

// tray gives the path of an icon in the tray's format.
func (f *IconFiles) tray(i assets.Icon, o assets.Overlay, t assets.Theme) (string, error) {
	name := fmt.Sprintf("tray-%s-%v-%v%s", i, o, t, assets.Ext())
	return f.file(name, func() []byte { return assets.Tray(i, o, t) })
}

// Picture is the path of an icon as PNG.
func (f *IconFiles) Picture(i assets.Icon) (string, error) {
	return f.file(string(i)+".png", func() []byte { return assets.Picture(i) })
}

// file makes what it writes only where it is not yet written: tray icons are
// packed.
func (f *IconFiles) file(name string, content func() []byte) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if path := f.made[name]; path != "" {
		return path, nil
	}
	data := content()
	sum := sha256.Sum256(data)
	var errs []error
	for _, dir := range f.dirs {
		path := filepath.Join(dir, hex.EncodeToString(sum[:6])+"-"+name)
		if there, err := os.ReadFile(path); err != nil || string(there) != string(data) {
			if err := writeWhole(path, data); err != nil {
				errs = append(errs, err)
				continue
			}
		}
		f.made[name] = path
		return path, nil
	}
	return "", fmt.Errorf("writing an icon to the cache folder: %w", errors.Join(errs...))
}

func writeWhole(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return atomicfile.Write(path, data, 0o600)
}
