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

// This file writes icons to a folder of the cache, as the tray of Windows and the notifications need
// a path. Its functions may be called from any goroutine.

// trayFile returns the path of an icon in the tray's format.
func trayFile(cacheDir string, i assets.Icon, o assets.Overlay, t assets.Theme) (string, error) {
	return iconFile(cacheDir, fmt.Sprintf("tray-%s-%v-%v%s", i, o, t, assets.Ext), assets.Tray(i, o, t))
}

// Picture returns the path of an icon as PNG.
func Picture(cacheDir string, i assets.Icon) (string, error) {
	return iconFile(cacheDir, string(i)+".png", assets.PNG(i))
}

// iconFile writes an icon unless its file exists. The file's name contains a hash, so that each version
// of the program has its own. The content is compared, as other programs may write there.
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
