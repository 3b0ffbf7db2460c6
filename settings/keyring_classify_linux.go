package settings

import (
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"

	"github.com/godbus/dbus/v5"

	"altv-tray/monitor/problem"
)

// classify sorts the errors of go-keyring's Secret Service into ours.
func classify(err error) error {
	var answer dbus.Error
	if errors.As(err, &answer) {
		return classifyAnswer(answer)
	}
	var (
		network net.Error
		launch  *exec.Error
	)
	switch text := err.Error(); {
	// go-keyring's own words, after a prompt that was dismissed and where there
	// is no default collection to unlock.
	case strings.Contains(text, "failed to unlock correct collection"):
		return problem.New(problem.KeyringLocked).Because(err)
	case errors.As(err, &network) && network.Timeout(), noMoreFiles(err):
		return problem.New(problem.KeyringLocked).Because(err)
	case errors.As(err, &network), errors.As(err, &launch), errors.Is(err, os.ErrNotExist),
		errors.Is(err, io.EOF), errors.Is(err, dbus.ErrClosed), strings.HasPrefix(text, "dbus: "):
		return problem.New(problem.NoKeyring).Because(err)
	}
	return err
}

// classifyAnswer goes by the names of the D-Bus specification and of the Secret
// Service API.
func classifyAnswer(err dbus.Error) error {
	name, _ := strings.CutPrefix(err.Name, "org.freedesktop.DBus.Error.")
	switch {
	case name == "ServiceUnknown", name == "NameHasNoOwner", strings.HasPrefix(name, "Spawn."),
		name == "Disconnected", name == "NoServer", name == "UnknownObject", name == "UnknownInterface", name == "UnknownMethod",
		err.Name == "org.freedesktop.Secret.Error.NoSuchObject":
		return problem.New(problem.NoKeyring).Because(err)
	case name == "NoReply", name == "Timeout", name == "TimedOut",
		err.Name == "org.freedesktop.Secret.Error.IsLocked":
		return problem.New(problem.KeyringLocked).Because(err)
	}
	return err
}

// storedText is the password as it was stored.
func storedText(stored string) string { return stored }
