package autostart

import (
	"errors"
	"fmt"
	"os"
	"testing"

	"golang.org/x/sys/windows/registry"
)

// ownKeys puts keys of the test's own in place of the user's.
func ownKeys(t *testing.T) {
	t.Helper()
	users := []string{run, approved}
	base := fmt.Sprintf(`Software\altv-tray-test-%d`, os.Getpid())
	run, approved = base+`\Run`, base+`\Approved`
	t.Cleanup(func() {
		for _, path := range []string{run, approved, base} {
			if err := registry.DeleteKey(registry.CURRENT_USER, path); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Error(err)
			}
		}
		run, approved = users[0], users[1]
	})
}

func key(t *testing.T, path string) registry.Key {
	t.Helper()
	k, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.ALL_ACCESS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close() })
	return k
}

func wantEnabled(t *testing.T, program string, want bool) {
	t.Helper()
	if got, err := enabled(program); got != want || err != nil {
		t.Errorf("enabled: %v, %v; want %v", got, err, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestWindows(t *testing.T) {
	ownKeys(t)
	const exe = `C:\Program Files\altv-tray\altv-tray.exe`
	wantEnabled(t, exe, false)
	must(t, disable()) // not even the keys are there
	must(t, enable(exe))
	wantEnabled(t, exe, true)
	wantEnabled(t, `c:\program files\ALTV-TRAY\altv-tray.exe`, true)
	wantEnabled(t, `C:\Old\altv-tray.exe`, false)
	runKey := key(t, run)
	if got, kind, err := runKey.GetStringValue("altv-tray"); got != `"`+exe+`"` || kind != registry.SZ || err != nil {
		t.Errorf("%s, %d, %v", got, kind, err)
	}
	must(t, disable())
	must(t, disable())
	wantEnabled(t, exe, false)
	if names, err := runKey.ReadValueNames(-1); err != nil || len(names) > 0 {
		t.Errorf("left over: %v, %v", names, err)
	}
}

func TestWindowsSwitchedOff(t *testing.T) {
	ownKeys(t)
	const exe = `C:\altv-tray.exe`
	must(t, enable(exe))
	approvedKey := key(t, approved)
	must(t, approvedKey.SetBinaryValue("other", []byte{3}))
	for _, test := range []struct {
		value []byte
		want  bool
	}{
		{[]byte{2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, true},
		{[]byte{6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, true},
		{[]byte{3, 0, 0, 0, 0xd4, 0x0d, 0x43, 0x8d, 0xc8, 0x3b, 0xd9, 1}, false},
		{[]byte{7, 0, 0, 0}, false},
		{nil, true},
	} {
		must(t, approvedKey.SetBinaryValue("altv-tray", test.value))
		wantEnabled(t, exe, test.want)
	}
	must(t, approvedKey.SetBinaryValue("altv-tray", []byte{3}))
	must(t, enable(exe)) // takes it back
	wantEnabled(t, exe, true)
	must(t, approvedKey.SetBinaryValue("altv-tray", []byte{3}))
	must(t, disable())
	if names, err := approvedKey.ReadValueNames(-1); err != nil || len(names) != 1 || names[0] != "other" {
		t.Errorf("left over: %v, %v", names, err)
	}
}

func TestWindowsEntries(t *testing.T) {
	ownKeys(t)
	const exe = `C:\altv-tray.exe`
	runKey := key(t, run)
	for command, want := range map[string]bool{`"C:\altv-tray.exe" run`: true, "": false, `"`: false, `C:\`: false, `"C:\altv-tray.exe.old"`: false} {
		must(t, runKey.SetStringValue("altv-tray", command))
		wantEnabled(t, exe, want)
	}
	must(t, enable(exe))
	wantEnabled(t, exe, true)
}
