//go:build linux

package desktoptest

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Password is the one that Desktop stores. It has characters that are special in text
// formats, shells and URLs, and letters of several bytes.
const Password = `hünter2 &"<%41>]]> $HOME zw€i`

// Desktop is a whole user session for one test: home, bus, panel, notifications,
// keyring with the password in it, a client's debug port and a game server.
type Desktop struct {
	Program string
	Bus     *Bus
	Env     *Env
	Panel   *Panel
	Notes   *Notifications
	Keyring *Keyring
	Port    *Port
	Server  *GameServer
}

// NewDesktop prepares a session: the client says the word, automatic reconnects are
// off, and the program is not started yet.
func NewDesktop(t testing.TB, word string) *Desktop {
	t.Helper()
	d := newEmptyDesktop(t, word)
	d.Panel = StartPanel(t, d.Bus)
	d.Notes = StartNotifications(t, d.Bus)
	d.Keyring = StartKeyring(t, d.Bus, d.Env)
	d.SetPassword(t, Password)
	return d
}

// newEmptyDesktop is NewDesktop without panel, notifications and keyring.
func newEmptyDesktop(t testing.TB, word string) *Desktop {
	t.Helper()
	Need(t, "dbus-daemon", "gnome-keyring-daemon", "secret-tool")
	d := &Desktop{Program: Build(t), Bus: StartBus(t), Port: StartPort(t, word), Server: StartGameServer(t)}
	d.Env = NewEnv(t, d.Bus)
	d.Settings(t, false, "")
	return d
}

// Settings writes the settings file: the test's client and server, automatic
// reconnecting on or off, and further lines of its [auto_reconnect].
func (d *Desktop) Settings(t testing.TB, automatic bool, lines string) {
	t.Helper()
	d.Env.WriteSettings(t, settings(d.Port, d.Server, automatic, lines))
}

func settings(port *Port, server *GameServer, automatic bool, lines string) string {
	return fmt.Sprintf(`schema = 1
language = "en"

[client]
address = %q

[auto_reconnect]
enabled = %v
%s
[[profiles]]
name = "default"
server = %q
ready_delay = "100ms"
`, port.Address, automatic, lines, server.Address)
}

// SetPassword stores a password as a user's script does.
func (d *Desktop) SetPassword(t testing.TB, password string) {
	t.Helper()
	if result := d.Env.Run(t, password+"\n", d.Program, "password", "set"); result.Code != 0 {
		t.Fatalf("altv-tray password set: %v", result)
	}
}

// Start starts the tray app and waits for its icon and for a state row that
// begins with the words, such as "alt:V: Main menu".
func (d *Desktop) Start(t testing.TB, state string) *Process {
	t.Helper()
	app := d.Env.Start(t, "", d.Program)
	d.Panel.WaitForIcon(t, app, 10*time.Second)
	d.WaitState(t, state, 5*time.Second)
	return app
}

// WaitState waits until the menu's first row begins with the words.
func (d *Desktop) WaitState(t testing.TB, state string, limit time.Duration) Sight {
	t.Helper()
	return d.Panel.Wait(t, limit, fmt.Sprintf("the first row begins with %q", state), func(s Sight) bool {
		client, _ := s.State()
		return strings.HasPrefix(client, state)
	})
}

// Click waits until the menu has the row, enabled, and clicks it. It returns the time
// just before the click.
func (d *Desktop) Click(t testing.TB, labels ...string) time.Time {
	t.Helper()
	sight := d.Panel.Wait(t, 5*time.Second, fmt.Sprintf("the row %q can be clicked", labels), func(s Sight) bool { return s.Shows(labels...) })
	row, _ := sight.Find(labels...)
	return d.Panel.Click(t, row)
}
