//go:build !windows

package panel

import (
	"testing"

	"altv-tray/assets"
)

func TestPanelsThatDoNotTellTheirThemeGetIconsForAll(t *testing.T) {
	var told []assets.Theme
	if err := watchTheme(t.Context(), func(theme assets.Theme) { told = append(told, theme) }); err != nil {
		t.Error(err)
	}
	if len(told) != 1 || told[0] != assets.Both {
		t.Errorf("told %v, want both, once", told)
	}
}
