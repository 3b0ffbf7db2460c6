package autostart

import (
	"errors"
	"fmt"
	"os"
	"testing"

	"golang.org/x/sys/windows/registry"
)

// ownKeys returns keys of the test's own in place of the user's.
func ownKeys(t *testing.T) place {
	t.Helper()
	base := fmt.Sprintf(`Software\altv-tray-test-%d`, os.Getpid())
	p := place{run: base + `\Run`, approved: base + `\Approved`}
	t.Cleanup(func() {
		for _, path := range []string{p.run, p.approved, base} {
			if err := registry.DeleteKey(registry.CURRENT_USER, path); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Error(err)
			}
		}
	})
	return p
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

func (p place) want(t *testing.T, program string, want bool) {
	t.Helper()
	if got, err := p.enabled(program); got != want || err != nil {
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
	p := ownKeys(t)
	const exe = `C:\Program Files\altv-tray\altv-tray.exe`
	p.want(t, exe, false)
	must(t, p.disable()) // not even the keys are there
	must(t, p.enable(exe))
	p.want(t, exe, true)
	p.want(t, `c:\program files\ALTV-TRAY\altv-tray.exe`, true)
	p.want(t, `C:\Old\altv-tray.exe`, false)
	run := key(t, p.run)
	if got, kind, err := run.GetStringValue("altv-tray"); got != `"`+exe+`"` || kind != registry.SZ || err != nil {
		t.Errorf("%s, %d, %v", got, kind, err)
	}
	must(t, p.disable())
	must(t, p.disable())
	p.want(t, exe, false)
	if names, err := run.ReadValueNames(-1); err != nil || len(names) > 0 {
		t.Errorf("left over: %v, %v", names, err)
	}
}

func TestWindowsSwitchedOff(t *testing.T) {
	p := ownKeys(t)
	const exe = `C:\altv-tray.exe`
	must(t, p.enable(exe))
	approved := key(t, p.approved)
	must(t, approved.SetBinaryValue("other", []byte{3}))
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
		must(t, approved.SetBinaryValue("altv-tray", test.value))
		p.want(t, exe, test.want)
	}
	must(t, approved.SetBinaryValue("altv-tray", []byte{3}))
	must(t, p.enable(exe)) // takes it back
	p.want(t, exe, true)
	must(t, approved.SetBinaryValue("altv-tray", []byte{3}))
	must(t, p.disable())
	if names, err := approved.ReadValueNames(-1); err != nil || len(names) != 1 || names[0] != "other" {
		t.Errorf("left over: %v, %v", names, err)
	}
}

func TestWindowsEntries(t *testing.T) {
	p := ownKeys(t)
	const exe = `C:\altv-tray.exe`
	run := key(t, p.run)
	for command, want := range map[string]bool{`"C:\altv-tray.exe" run`: true, "": false, `"`: false, `C:\`: false, `"C:\altv-tray.exe.old"`: false} {
		must(t, run.SetStringValue("altv-tray", command))
		p.want(t, exe, want)
	}
	must(t, p.enable(exe))
	p.want(t, exe, true)
}
