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

// This file writes icons into a folder of the cache, for Windows' tray and the notifications, which
// take a path. Its functions may be called from any goroutine.

// trayFile returns the path of an icon in the tray's format.
func trayFile(cacheDir string, i assets.Icon, o assets.Overlay, t assets.Theme) (string, error) {
	return iconFile(cacheDir, fmt.Sprintf("tray-%s-%v-%v%s", i, o, t, assets.Ext), assets.Tray(i, o, t))
}

// Picture returns the path of an icon as PNG, below the folder of the cache.
func Picture(cacheDir string, i assets.Icon) (string, error) {
	return iconFile(cacheDir, string(i)+".png", assets.PNG(i))
}

// iconFile writes an icon unless it is there. Its name has a hash, so that each version of the
// program has its own; others may write there, so the content is compared.
func iconFile(cacheDir, name string, data []byte) (string, error) {
	sum := sha256.Sum256(data)
	path := filepath.Join(cacheDir, "icons", hex.EncodeToString(sum[:6])+"-"+name)
	if there, err := os.ReadFile(path); err == nil && bytes.Equal(there, data) {
		return path, nil
	}
	if err := atomicfile.Write(path, data); err != nil {
		return "", fmt.Errorf("writing an icon to the cache folder: %w", err)
	}
	return path, nil
}
