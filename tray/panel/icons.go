package panel

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"altv-tray/assets"
	"altv-tray/monitor/atomicfile"
)

// IconFiles writes icons into the cache folder, for Windows' tray and the notifications, which
// take a path. Its methods may be called from any goroutine.
type IconFiles struct{ dir string }

// NewIconFiles keeps its files in a folder of the cache.
func NewIconFiles(cacheDir string) *IconFiles {
	return &IconFiles{filepath.Join(cacheDir, "icons")}
}

// tray returns the path of an icon in the tray's format.
func (f *IconFiles) tray(i assets.Icon, o assets.Overlay, t assets.Theme) (string, error) {
	return f.file(fmt.Sprintf("tray-%s-%v-%v%s", i, o, t, assets.Ext), assets.Tray(i, o, t))
}

// Picture returns the path of an icon as PNG.
func (f *IconFiles) Picture(i assets.Icon) (string, error) {
	return f.file(string(i)+".png", assets.Picture(i))
}

// file writes an icon unless it is there. Its name has a hash, so that each version of the
// program has its own; others may write there, so the content is compared.
func (f *IconFiles) file(name string, data []byte) (string, error) {
	sum := sha256.Sum256(data)
	path := filepath.Join(f.dir, hex.EncodeToString(sum[:6])+"-"+name)
	if there, err := os.ReadFile(path); err == nil && bytes.Equal(there, data) {
		return path, nil
	}
	err := os.MkdirAll(f.dir, 0o700)
	if err == nil {
		err = atomicfile.Write(path, data, 0o600)
	}
	if err != nil {
		return "", fmt.Errorf("writing an icon to the cache folder: %w", err)
	}
	return path, nil
}
