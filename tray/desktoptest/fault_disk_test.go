//go:build linux

package desktoptest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The disk with settings, log, history and icons is full. Reconnects work; what cannot be
// saved is reported and stays as it was; with room again everything is saved.
func TestDesktopFaultDiskFull(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	disk := smallDisk(t)
	d.Env.Config, d.Env.State, d.Env.Cache = filepath.Join(disk, "config"), filepath.Join(disk, "state"), filepath.Join(disk, "cache")
	for name, path := range map[string]string{"XDG_CONFIG_HOME": d.Env.Config, "XDG_STATE_HOME": d.Env.State, "XDG_CACHE_HOME": d.Env.Cache} {
		folder(t, path, 0o700)
		d.Env.Set(name, path)
	}
	d.Settings(t, false, "# his own note\n")
	file := filepath.Join(d.Env.Config, "altv-tray", "settings.toml")
	sound := d.settingsText(t)
	noted := systemWords[full]

	// A history that soon needs another page of the disk.
	entry := `{"at":"2026-01-01T00:00:00Z","kind":"session","seconds":1,"profile":"default"}` + "\n"
	writeFile(t, d.Env.StateFile("history.jsonl"), strings.Repeat(entry, (os.Getpagesize()-600)/len(entry)))

	app := d.Start(t, "alt:V: Main menu")
	d.reconnects(t)
	fill(t, disk)
	t.Run("saving a setting", func(t *testing.T) {
		d.refused(t, app, "The settings were not changed", "settings.toml", noted)
		if now := d.settingsText(t); now != sound {
			t.Errorf("the file was changed to %q", now)
		}
		d.alone(t, file)
		d.checked(t, 1, "folders", d.Env.Config, noted) // the first one that cannot be written
	})
	var files int
	t.Run("history and log", func(t *testing.T) {
		// There is room in the pages that are in use already.
		for n := 0; !strings.Contains(app.Stderr(), "history.jsonl"); n++ {
			if n == 20 {
				t.Fatalf("the history took %d reconnects on a full disk; printed: %q", n, app.Stderr())
			}
			d.reconnects(t)
		}
		d.reconnects(t)
		if n := strings.Count(app.Stderr(), "adding to the history"); n != 1 || !strings.Contains(app.Stderr(), full) {
			t.Errorf("told %d times, want once: %q", n, app.Stderr())
		}
		d.Answers(t)
		if result := d.Env.Run(t, "", d.Program, "history"); result.Code != 0 || !strings.Contains(result.Stdout, "reconnect") {
			t.Errorf("history: %v", result)
		}
		files = len(app.openFiles(t))
	})
	t.Run("room again", func(t *testing.T) {
		remove(t, filepath.Join(disk, filler))
		d.saves(t, file, sound)
		before := len(d.log(t))
		d.reconnects(t)
		d.said(t, app, "history_kept_again")
		if log := d.log(t)[before:]; !strings.Contains(log, "reconnect_sending") {
			t.Errorf("the log goes on with %q", log)
		}
		result := d.Env.Run(t, "", d.Program, "doctor", "--json")
		if !strings.Contains(result.Stdout, `"id": "folders"`) || strings.Contains(result.Stdout, noted) {
			t.Errorf("doctor: %v", result)
		}
		d.noMoreFiles(t, app, files)
		d.CheckNoPanic(t, app)
		d.CheckNoPassword(t, app)
	})
	t.Run("started on it", func(t *testing.T) {
		d.quits(t, app)
		fill(t, disk)
		app := d.Start(t, "alt:V: In game")
		d.reconnects(t)
		d.refused(t, app, "The settings were not changed", noted)
		if said := app.Stderr(); !strings.Contains(said, "will not reach this app") || !strings.Contains(said, full) {
			t.Errorf("said: %q", said)
		}
		if result := d.Env.Run(t, "", d.Program, "status"); result.Code != 0 || result.Stdout != "IN_GAME\n" {
			t.Errorf("status: %v", result)
		}
		if second := d.Env.Run(t, "", d.Program); second.Code != 0 || !strings.Contains(second.Stderr, "running already") {
			t.Errorf("a second start: %v", second)
		}
		remove(t, filepath.Join(disk, filler))
		d.saves(t, file, sound)
		d.CheckNoPanic(t, app)
		d.CheckNoPassword(t, app)
		d.quits(t, app)
		if left, _ := filepath.Glob(filepath.Join(d.Env.State, "altv-tray", "control.json*")); len(left) > 0 {
			t.Errorf("left behind: %q", left)
		}
	})
}

// smallDisk returns a folder on a small file system: one of its own, which only root can
// mount, or, in a container where root cannot, the one for shared memory.
func smallDisk(t testing.TB) string {
	t.Helper()
	at := shortDir(t)
	err := syscall.Mount("tmpfs", at, "tmpfs", 0, "size=256k,mode=0700")
	if err == nil {
		t.Cleanup(func() {
			if err := syscall.Unmount(at, syscall.MNT_DETACH); err != nil {
				t.Errorf("unmount %s: %v", at, err)
			}
		})
		return at
	}
	var shared syscall.Statfs_t
	const tmpfs, most = 0x01021994, 256 << 20
	if statErr := syscall.Statfs("/dev/shm", &shared); statErr != nil || int64(shared.Type) != tmpfs || shared.Blocks*uint64(shared.Bsize) > most {
		t.Fatalf("no small file system to fill: mounting one needs root with CAP_SYS_ADMIN (%v), and /dev/shm is none or large (%v)", err, statErr)
	}
	at, err = os.MkdirTemp("/dev/shm", "desk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(at) })
	return at
}

// filler is the file that fills the disk.
const filler = "filler"

func fill(t testing.TB, disk string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(disk, filler), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, size := range []int{1 << 20, 4096, 1} {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("fill %s: %v", disk, err)
	}
}
