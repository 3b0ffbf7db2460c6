//go:build linux

package desktoptest

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Need skips the test unless desktop tests are switched on (ALTV_TRAY_DESKTOP=1). Then a
// missing program fails the test, so that no run can pass by skipping it.
func Need(t testing.TB, programs ...string) {
	t.Helper()
	var missing []string
	for _, name := range programs {
		if _, err := exec.LookPath(name); err != nil {
			missing = append(missing, name)
		}
	}
	without := ""
	if len(missing) > 0 {
		without = "; missing on this machine: " + strings.Join(missing, ", ") + " (.ci/run installs them)"
	}
	if os.Getenv("ALTV_TRAY_DESKTOP") != "1" {
		t.Skip("set ALTV_TRAY_DESKTOP=1 to run the desktop tests" + without)
	}
	if without != "" {
		t.Fatal("this desktop test cannot run" + without)
	}
}

// Until calls ok until it returns true, for at most limit, and returns how long that took.
// Otherwise it fails the test with what it waited for and the last text of ok.
func Until(t testing.TB, limit time.Duration, what string, ok func() (bool, string)) time.Duration {
	t.Helper()
	start := time.Now()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		done, seen := ok()
		if done {
			return time.Since(start)
		}
		if time.Since(start) > limit {
			t.Fatalf("not within %v: %s; last seen: %s", limit, what, seen)
		}
		<-tick.C
	}
}
