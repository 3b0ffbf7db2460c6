package tray

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"altv-tray/assets"
)

// iconFiles writes icons into the cache folder for those who take only a path:
// Windows' tray and the notifications. A file's name tells its content, so one
// that is there was written by this or another version and is still right; it
// is compared all the same, as others may write there too.
type iconFiles struct {
	dir string

	mu   sync.Mutex
	made map[string]string
}

func newIconFiles(cacheDir string) *iconFiles {
	return &iconFiles{dir: filepath.Join(cacheDir, "icons"), made: make(map[string]string)}
}

// tray gives the path of an icon in the tray's format.
func (f *iconFiles) tray(i assets.Icon, o assets.Overlay, t assets.Theme) (string, error) {
	name := fmt.Sprintf("tray-%s-%v-%v%s", i, o, t, assets.Ext())
	return f.file(name, func() []byte { return assets.Tray(i, o, t) })
}

// picture gives the path of an icon as PNG.
func (f *iconFiles) picture(i assets.Icon) (string, error) {
	return f.file(string(i)+".png", func() []byte { return assets.Picture(i) })
}

// file makes what it writes only where it is not yet written: tray icons are
// packed.
func (f *iconFiles) file(name string, content func() []byte) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if path := f.made[name]; path != "" {
		return path, nil
	}
	data := content()
	sum := sha256.Sum256(data)
	path := filepath.Join(f.dir, hex.EncodeToString(sum[:6])+"-"+name)
	if there, err := os.ReadFile(path); err != nil || string(there) != string(data) {
		if err := writeWhole(path, data); err != nil {
			return "", fmt.Errorf("writing an icon to the cache folder: %w", err)
		}
	}
	f.made[name] = path
	return path, nil
}

func writeWhole(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "icon-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	if e := tmp.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
	return err
}
