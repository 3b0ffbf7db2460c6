package fault

import (
	"errors"
	"io/fs"
	"testing"
)

func TestError(t *testing.T) {
	for _, test := range []struct {
		err  *Error
		want string
	}{
		{New(BadAddress, ""), "the server's address must be host:port, such as 127.0.0.1:7788, and nothing else: correct it"},
		{New(ReadOnly, "altv.toml"), "altv.toml: is read-only: allow changes to it, or set debug = true in it yourself"},
		{New(NotTOML, "altv.toml").At(3), "altv.toml:3: is not valid TOML here: correct this line"},
		{New(InUse, "altv.toml").Saying("it is locked"), "altv.toml: cannot be replaced: if alt:V or an editor has it open, close that and try again (it is locked)"},
		{New(NoPort, "server.toml", "value", "{value}").At(2).Of("port"), "server.toml:2: port: {value} is not a port: use 1 to 65535"},
	} {
		if got := test.err.Error(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
	if err := New(NoClientFile, "altv").Because(fs.ErrNotExist); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the cause is lost")
	}
}
