package settings

import (
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"slices"
	"syscall"

	"github.com/godbus/dbus/v5"

	"altv-tray/monitor/problem"
)

// These errors can only be recognized by their text: the error names of D-Bus and of the
// Secret Service, and the messages of go-keyring and godbus. go-keyring's message comes after
// a dismissed prompt, and if there is no default collection.
var (
	lockedError = regexp.MustCompile(`^failed to unlock correct collection|\.(NoReply|Timeout|TimedOut|IsLocked)$`)
	noneError   = regexp.MustCompile(`^dbus: |\.Spawn\.|\.(ServiceUnknown|NameHasNoOwner|Disconnected|NoServer|Unknown(Object|Interface|Method)|NoSuchObject)$`)
)

// classify turns an error of the Secret Service, or of the connection to it, into ErrLocked or
// ErrNoKeyring where it is one.
func classify(err error) error {
	text := err.Error()
	if answer, ok := errors.AsType[dbus.Error](err); ok {
		text = answer.Name
	}
	network, connecting := errors.AsType[net.Error](err)
	// The keyring may be there, but this process can open no more files.
	noMoreFiles := errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
	switch {
	case lockedError.MatchString(text), connecting && network.Timeout(), noMoreFiles:
		return problem.New(problem.KeyringLocked).Because(err)
	case noneError.MatchString(text), connecting, errors.Is(err, io.EOF), errors.Is(err, dbus.ErrClosed):
		return problem.New(problem.NoKeyring).Because(err)
	}
	return err
}

// The names of the Secret Service API.
const (
	secretService = "org.freedesktop.secrets"
	secretPath    = dbus.ObjectPath("/org/freedesktop/secrets")
	secretLogin   = secretPath + "/collection/login"
	secretPrompt  = "org.freedesktop.Secret.Prompt"
)

// unlock unlocks the keyring, on a connection of its own, so that go-keyring need not.
// go-keyring takes any signal for the answer to its prompt, waits for ever if the keyring
// ends, and leaks goroutines with each prompt.
func unlock() error {
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		return err
	}
	defer conn.Close()
	service := conn.Object(secretService, secretPath)
	collection := secretPath + "/aliases/default"
	var all []dbus.ObjectPath
	// go-keyring makes the same choice.
	if service.StoreProperty("org.freedesktop.Secret.Service.Collections", &all) == nil && slices.Contains(all, secretLogin) {
		collection = secretLogin
	}
	var prompt dbus.ObjectPath
	err = service.Call("org.freedesktop.Secret.Service.Unlock", 0, []dbus.ObjectPath{collection}).Store(&all, &prompt)
	if err != nil || prompt == "/" { // no prompt is needed
		return err
	}
	return showPrompt(conn, prompt)
}

// showPrompt shows the keyring's prompt and waits until the user answers it or the keyring ends.
func showPrompt(conn *dbus.Conn, prompt dbus.ObjectPath) error {
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	err := errors.Join(
		conn.AddMatchSignal(dbus.WithMatchObjectPath(prompt), dbus.WithMatchInterface(secretPrompt)),
		conn.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, secretService)))
	if err == nil {
		err = conn.Object(secretService, prompt).Call(secretPrompt+".Prompt", 0, "").Err
	}
	if err != nil {
		return err
	}
	for s := range signals { // until the connection closes
		switch {
		case s.Path == prompt && s.Name == secretPrompt+".Completed":
			if len(s.Body) > 0 && s.Body[0] == true {
				return fmt.Errorf("%w: its question was dismissed", ErrLocked)
			}
			return nil
		case s.Name == "org.freedesktop.DBus.NameOwnerChanged":
			return fmt.Errorf("%w: it ended while it asked for its password", ErrLocked)
		}
	}
	return dbus.ErrClosed
}
