package assets

import (
	"bytes"
	"slices"
	"testing"

	"github.com/sergeymakinen/go-ico"
)

func TestTrayIsAnICOWithAllSizes(t *testing.T) {
	want := []int{16, 20, 24, 32, 40, 48, 64, 256}
	for _, i := range Icons() {
		pictures, err := ico.DecodeAll(bytes.NewReader(Tray(i)))
		if err != nil {
			t.Errorf("Tray(%q): %v", i, err)
			continue
		}
		var got []int
		for _, p := range pictures {
			got = append(got, p.Bounds().Dx())
		}
		if !slices.Equal(got, want) {
			t.Errorf("Tray(%q) has the sizes %v, want %v", i, got, want)
		}
	}
	if Ext() != ".ico" {
		t.Errorf("Ext() = %q", Ext())
	}
}
