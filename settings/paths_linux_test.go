package settings

import (
	"testing"
)

func TestDefaultPaths(t *testing.T) {
	for _, test := range []struct {
		name                       string
		home, config, state, cache string
		want                       Paths
	}{
		{"defaults", "/home/a", "", "", "", Paths{"/home/a/.config/altv-tray/settings.toml", "/home/a/.local/state/altv-tray", "/home/a/.cache/altv-tray"}},
		{"set", "/home/a", "/c", "/s", "/k", Paths{"/c/altv-tray/settings.toml", "/s/altv-tray", "/k/altv-tray"}},
		{"relative", "/home/a", "c", "./s", "..", Paths{"/home/a/.config/altv-tray/settings.toml", "/home/a/.local/state/altv-tray", "/home/a/.cache/altv-tray"}},
		{"set without a home", "", "/c", "/s", "/k", Paths{"/c/altv-tray/settings.toml", "/s/altv-tray", "/k/altv-tray"}},
		{"no home", "", "", "/s", "/k", Paths{}},
		{"relative home", "a", "", "", "", Paths{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("HOME", test.home)
			t.Setenv("XDG_CONFIG_HOME", test.config)
			t.Setenv("XDG_STATE_HOME", test.state)
			t.Setenv("XDG_CACHE_HOME", test.cache)
			got, err := DefaultPaths()
			if got != test.want || (err == nil) != (test.want != Paths{}) {
				t.Errorf("got %+v, %v; want %+v", got, err, test.want)
			}
		})
	}
}
