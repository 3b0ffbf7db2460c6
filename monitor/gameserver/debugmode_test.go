package gameserver

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"altv-tray/monitor/problem"
)

func TestSwitchDebugOn(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "server.toml")
	has := func(want string) {
		t.Helper()
		got, err := os.ReadFile(path)
		if err != nil || string(got) != want {
			t.Errorf("the file has %q, %v, want %q", got, err, want)
		}
		if files, _ := os.ReadDir(dir); len(files) != 1 {
			t.Errorf("there are %v", files)
		}
	}
	for before, after := range map[string]string{
		"# mine\r\npassword = 'x'\r\ndebug = false # off\r\n": "# mine\r\npassword = 'x'\r\ndebug = true # off\r\n",
		"\uFEFFport = 7788\n[mine]\ndebug = false\n":          "\uFEFFdebug = true\nport = 7788\n[mine]\ndebug = false\n",
		"debug = true": "debug = true",
	} {
		if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := SwitchDebugOn(dir); err != nil {
			t.Errorf("%q: %v", before, err)
		}
		has(after)
	}
	for text, want := range map[string]problem.Code{
		"debug = 'no'":   problem.WrongValue,
		"[debug]\nx = 1": problem.WrongValue,
		"a = \"\"\"\ndebug = 1\n\"\"\"\ndebug = false": problem.NoPlaceForDebug,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := SwitchDebugOn(dir); problem.CodeOf(err) != want {
			t.Errorf("%q gives %v, want %s", text, err, want)
		}
		has(text)
	}
	const off = "debug = false"
	if err := errors.Join(os.WriteFile(path, []byte(off), 0o600), os.Chmod(path, 0o400)); err != nil {
		t.Fatal(err)
	}
	if err := SwitchDebugOn(dir); problem.CodeOf(err) != problem.ClientReadOnly {
		t.Errorf("read-only: %v", err)
	}
	has(off)
	_ = os.Chmod(path, 0o600) // else Windows cannot remove it
}
