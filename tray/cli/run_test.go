package cli

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"altv-tray/monitor/control"
	"altv-tray/settings"
)

// Two tray apps would send one client each reconnect twice, also if one knows it by
// name and the other by number.
func TestOneAppOfAClient(t *testing.T) {
	port := 1 + rand.IntN(1023) // nobody's client
	lock := func(host string) (release func(), err error) {
		file := filepath.Join(t.TempDir(), "settings.toml")
		text := fmt.Appendf(nil, "[client]\naddress = \"%s:%d\"\n", host, port)
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		store, err := settings.Open(file, "")
		if err != nil {
			t.Fatal(err)
		}
		return lockApp(t.TempDir(), store)
	}
	release, err := lock("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"localhost", "LocalHost", "127.0.0.1"} {
		other, err := lock(host)
		other()
		if !errors.Is(err, control.ErrLocked) {
			t.Errorf("%s: %v", host, err)
		}
	}
	release()
	again, err := lock("localhost")
	if err != nil {
		t.Error(err)
	}
	again()
}
