package settings

import (
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestClassify(t *testing.T) {
	answer := func(name string) error { return dbus.Error{Name: name, Body: []any{"text"}} }
	_, noSocket := net.Dial("unix", "/nonexistent/altv-tray/bus")
	for _, test := range []struct{ err, want error }{
		{fmt.Errorf("failed to unlock correct collection '%v'", "/x"), ErrLocked},
		{answer("org.freedesktop.Secret.Error.IsLocked"), ErrLocked},
		{answer("org.freedesktop.DBus.Error.NoReply"), ErrLocked},
		{answer("org.freedesktop.DBus.Error.Timeout"), ErrLocked},
		{answer("org.freedesktop.DBus.Error.ServiceUnknown"), ErrNoKeyring},
		{answer("org.freedesktop.DBus.Error.NameHasNoOwner"), ErrNoKeyring},
		{answer("org.freedesktop.DBus.Error.Spawn.ChildExited"), ErrNoKeyring},
		{answer("org.freedesktop.DBus.Error.UnknownMethod"), ErrNoKeyring},
		{answer("org.freedesktop.Secret.Error.NoSuchObject"), ErrNoKeyring},
		{fmt.Errorf("wrapped: %w", answer("org.freedesktop.DBus.Error.ServiceUnknown")), ErrNoKeyring},
		{noSocket, ErrNoKeyring},
		{io.EOF, ErrNoKeyring},
		{dbus.ErrClosed, ErrNoKeyring},
		{errors.New("dbus: couldn't determine address of session bus"), ErrNoKeyring},
	} {
		if test.err == nil {
			t.Fatalf("no error made for %v", test.want)
		}
		if got := classify(test.err); !errors.Is(got, test.want) {
			t.Errorf("%v: got %v, want %v", test.err, got, test.want)
		}
	}
	other := answer("org.freedesktop.DBus.Error.AccessDenied")
	for _, kind := range []error{ErrNotStored, ErrLocked, ErrNoKeyring, ErrTooLong, ErrNotText} {
		if errors.Is(classify(other), kind) {
			t.Errorf("an error of no kind was taken for %v", kind)
		}
	}
}
