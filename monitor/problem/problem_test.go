package problem

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
)

func TestError(t *testing.T) {
	for _, test := range []struct {
		err  *Problem
		want string
	}{
		{New(BadAddress), "bad_address"},
		{New(ReadOnly).In("settings.toml"), "settings.toml: read_only"},
		{New(BrokenTOML).In("server.toml").At(3), "server.toml:3: broken_toml"},
		{New(NotInRange, Text("low", "1"), Text("value", "{…}")).In("f").At(2).Of("a.b"), "f:2: a.b: not_in_range (low 1, value {…})"},
		{New(NotRead).In("f").Because(fs.ErrPermission), "f: not_read (permission denied)"},
	} {
		if got := test.err.Error(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestWrapped(t *testing.T) {
	err := fmt.Errorf("reading: %w", New(NoClientFile).In("altv").Because(fs.ErrNotExist))
	if !errors.Is(err, New(NoClientFile)) || errors.Is(err, New(ReadOnly)) || !errors.Is(err, fs.ErrNotExist) {
		t.Error("errors.Is finds another code, or not its own or its cause")
	}
	if CodeOf(err) != NoClientFile || CodeOf(fs.ErrNotExist) != "" {
		t.Errorf("the code is %q", CodeOf(err))
	}
	if *New(NotText) != *New(NotText) || *New(NotText) == *New(NotBool) {
		t.Error("problems cannot be compared")
	}
}
