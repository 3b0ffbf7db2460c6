package settings

import (
	"errors"
	"io"
	"net"
	"regexp"
	"syscall"

	"github.com/godbus/dbus/v5"

	"altv-tray/monitor/problem"
)

// These errors have no other sign than their text: D-Bus' and the Secret Service's names, and
// go-keyring's and godbus' words. go-keyring's come after a dismissed prompt, and if there
// is no default collection.
var (
	lockedError = regexp.MustCompile(`^failed to unlock correct collection|\.(NoReply|Timeout|TimedOut|IsLocked)$`)
	noneError   = regexp.MustCompile(`^dbus: |\.Spawn\.|\.(ServiceUnknown|NameHasNoOwner|Disconnected|NoServer|Unknown(Object|Interface|Method)|NoSuchObject)$`)
)

// classify sorts the errors of go-keyring's Secret Service into ours.
func classify(err error) error {
	text := err.Error()
	if answer, ok := errors.AsType[dbus.Error](err); ok {
		text = answer.Name
	}
	network, connecting := errors.AsType[net.Error](err)
	// With these two it may well be there, only nothing can be opened now.
	noMoreFiles := errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
	switch {
	case lockedError.MatchString(text), connecting && network.Timeout(), noMoreFiles:
		return problem.New(problem.KeyringLocked).Because(err)
	case noneError.MatchString(text), connecting, errors.Is(err, io.EOF), errors.Is(err, dbus.ErrClosed):
		return problem.New(problem.NoKeyring).Because(err)
	}
	return err
}
