package settings

import (
	"bytes"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// saveForever names the file that this program saves until it is killed, in place of its tests.
const saveForever = "ALTV_TRAY_TEST_SAVE_FOREVER"

func TestMain(m *testing.M) {
	if file := os.Getenv(saveForever); file != "" {
		log.Fatal(save(file))
	}
	os.Exit(m.Run())
}

// save changes a setting again and again, and prints a dot after the first time.
func save(file string) error {
	s, err := Open(file, "")
	for n := 0; err == nil; n++ {
		language := Language("de")
		if s.Current().Language == "de" {
			language = "ru"
		}
		if err = s.Set("language", language); err == nil && n == 0 {
			_, _ = os.Stdout.Write([]byte{'.'})
		}
	}
	return err
}

// However often the program is killed while it saves, the file is the old or the
// new one, whole and with its comments, and nothing heaps up beside it.
func TestKilledWhileSaving(t *testing.T) { killedWhileSaving(t, 20) }

// TestDesktopKilledWhileSaving does it a thousand times, side by side as each
// save waits for the disk.
func TestDesktopKilledWhileSaving(t *testing.T) {
	if os.Getenv("ALTV_TRAY_DESKTOP") != "1" {
		t.Skip("set ALTV_TRAY_DESKTOP=1 to run the desktop tests")
	}
	for range 4 {
		t.Run("250 times", func(t *testing.T) {
			t.Parallel()
			killedWhileSaving(t, 250)
		})
	}
}

func killedWhileSaving(t *testing.T, kills int) {
	// The comments make it large enough for a write to be cut in two.
	note := strings.Repeat("# what a user has noted, line after line\n", 400)
	german := note + "language = \"de\" # mine\n\n" + note + "[client] # his own\naddress = \"127.0.0.1:1\"\n"
	russian := strings.Replace(german, `"de"`, `"ru"`, 1)
	file := fileWith(t, german)

	// Each kill comes somewhere within the time that a save takes here.
	began := time.Now()
	if err := mustOpen(t, file, "").Set("language", "ru"); err != nil {
		t.Fatal(err)
	}
	window := max(time.Since(began), time.Millisecond)
	var left, swapped int
	last := russian
	for n := range kills {
		killWhileSaving(t, file, rand.N(window))
		text := content(t, file)
		if text != german && text != russian {
			t.Fatalf("after %d kills the file has %d bytes, neither the old ones nor the new ones: %.200q", n+1, len(text), text)
		}
		if s := mustOpen(t, file, ""); s.Problem() != nil {
			t.Fatalf("after %d kills: %v", n+1, s.Problem())
		}
		entries, err := os.ReadDir(filepath.Dir(file))
		if err != nil || len(entries) > 2 {
			t.Fatalf("after %d kills the folder has %v (%v), want the file and one temporary file at most", n+1, entries, err)
		}
		left += len(entries) - 1
		if text != last {
			swapped++
		}
		last = text
	}
	t.Logf("%d kills within %v: %d left a temporary file, %d the other value", kills, window, left, swapped)

	// And the next change takes away what the last kill may have left.
	if err := mustOpen(t, file, "").Set("language", "en"); err != nil {
		t.Fatal(err)
	}
	onlyFile(t, file)
}

// killWhileSaving starts a process that saves, and kills it that long after its
// first save.
func killWhileSaving(t *testing.T, file string, after time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), saveForever+"="+file)
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, err = io.ReadFull(out, make([]byte, 1))
	if err == nil {
		for begin := time.Now(); time.Since(begin) < after; { // a sleep would be far too coarse
		}
	}
	_ = cmd.Process.Kill()
	rest, _ := io.ReadAll(out)
	_ = cmd.Wait()
	if err != nil || len(rest) > 0 {
		t.Fatalf("the process that was to save has ended by itself: %v\n%s%s", err, rest, problems.String())
	}
}
