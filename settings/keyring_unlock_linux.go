package settings

import (
	"fmt"
	"slices"

	"github.com/godbus/dbus/v5"
)

// The names of the Secret Service API.
const (
	secretService    = "org.freedesktop.secrets"
	secretPath       = dbus.ObjectPath("/org/freedesktop/secrets")
	secretLogin      = secretPath + "/collection/login"
	secretDefault    = secretPath + "/aliases/default"
	secretInterface  = "org.freedesktop.Secret.Service"
	promptInterface  = "org.freedesktop.Secret.Prompt"
	busInterface     = "org.freedesktop.DBus"
	noPrompt         = dbus.ObjectPath("/")
	nameOwnerChanged = "NameOwnerChanged"
)

// unlock has the keyring ask the user for what it needs, before go-keyring finds
// it locked. Of a question, go-keyring takes any other message for the answer,
// waits for ever where the keyring ends meanwhile, and keeps listening
// afterwards, which costs more goroutines with each question. Here it is asked
// over a connection of its own, which ends with it.
func unlock() error {
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		return err
	}
	defer conn.Close()
	service := conn.Object(secretService, secretPath)
	// As go-keyring chooses it.
	collection := secretDefault
	var all []dbus.ObjectPath
	if service.StoreProperty(secretInterface+".Collections", &all) == nil && slices.Contains(all, secretLogin) {
		collection = secretLogin
	}
	var unlocked []dbus.ObjectPath
	prompt := noPrompt
	if err := service.Call(secretInterface+".Unlock", 0, []dbus.ObjectPath{collection}).Store(&unlocked, &prompt); err != nil {
		return err
	}
	if prompt == noPrompt {
		return nil // go-keyring will see whether it is open
	}
	return answer(conn, prompt)
}

// answer shows the keyring's question and waits until the user has answered it
// or the keyring has ended.
func answer(conn *dbus.Conn, prompt dbus.ObjectPath) error {
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	for _, match := range [][]dbus.MatchOption{
		{dbus.WithMatchObjectPath(prompt), dbus.WithMatchInterface(promptInterface)},
		{dbus.WithMatchInterface(busInterface), dbus.WithMatchMember(nameOwnerChanged), dbus.WithMatchArg(0, secretService)},
	} {
		if err := conn.AddMatchSignal(match...); err != nil {
			return err
		}
	}
	if err := conn.Object(secretService, prompt).Call(promptInterface+".Prompt", 0, "").Err; err != nil {
		return err
	}
	for s := range signals { // closed with the connection
		switch {
		case s.Path == prompt && s.Name == promptInterface+".Completed":
			if len(s.Body) > 0 && s.Body[0] == true {
				return fmt.Errorf("%w: its question was dismissed", ErrLocked)
			}
			return nil
		case s.Name == busInterface+"."+nameOwnerChanged:
			return fmt.Errorf("%w: it ended while it asked for its password", ErrLocked)
		}
	}
	return dbus.ErrClosed
}
