//go:build linux

package desktoptest

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Need lets the test go on only where desktop tests are asked for
// (ALTV_TRAY_DESKTOP=1) and skips it otherwise. Asked for, a program that is
// missing fails the test, so that no run can pass by leaving them out.
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

// Until tries ok until it says true, at most limit long. It fails the test
// otherwise, with what was waited for and the words that ok gave last. It
// returns how long it took.
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
