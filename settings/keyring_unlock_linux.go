package settings

import (
	"errors"
	"fmt"
	"slices"

	"github.com/godbus/dbus/v5"
)

// The names of the Secret Service API.
const (
	secretService = "org.freedesktop.secrets"
	secretPath    = dbus.ObjectPath("/org/freedesktop/secrets")
	secretLogin   = secretPath + "/collection/login"
	secretPrompt  = "org.freedesktop.Secret.Prompt"
)

// unlock unlocks the keyring before go-keyring does, on a connection of its own. go-keyring
// takes any other signal for the answer to its prompt, waits for ever if the keyring ends,
// and leaks goroutines with each prompt.
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
	if err != nil || prompt == "/" { // none: go-keyring will see whether it is open
		return err
	}
	return showPrompt(conn, prompt)
}

// showPrompt shows the keyring's prompt and waits for the user, or the keyring's end.
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
	for s := range signals { // closed with the connection
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
