package simulator

import (
	"net"
	"time"

	"altv-tray/monitor/debugport"
)

// Options say how a [World] behaves. The zero value is a world at real speed
// with a server that has no password and writes no log. The fields from
// AfterRefusal on are about what no public source says of alt:V; their zero values
// are the more likely behaviour. Only the package's own times are divided by
// Speed: a duration in Options is not.
type Options struct {
	// Speed divides the times; 0 or less means 1.
	Speed float64
	// Folder is the server's folder. server.log is written there, and the
	// password is read from its server.toml when the client joins. Empty: no
	// log, and Password counts.
	Folder string
	// Password is the server's password where Folder is empty, has no
	// server.toml, or one that cannot be read. Empty: the server has none.
	Password string

	// AfterRefusal is what the client says after a wrong password: MainMenu,
	// which NoStatus stands for, or Error.
	AfterRefusal debugport.Status
	// RefuseNeedless makes a server without a password refuse a client that
	// sends one, as before alt:V 9.0.
	RefuseNeedless bool
	// ReuseLast makes a reconnect without a password use the last one that was
	// sent since the client started. Otherwise it is sent as an empty one, and
	// refused like any wrong one.
	ReuseLast bool
	// Reaction is how long the client keeps saying its old word after a
	// reconnect. 0: the word has changed before the answer is sent. With a very
	// long one the client accepts and does nothing.
	Reaction time.Duration
	// ReconnectCode is the HTTP status code of the answer to /reconnect; 0
	// means 200.
	ReconnectCode int
	// ReconnectBody is that answer's body; empty means "OK".
	ReconnectBody string
	// FrozenSilent makes a frozen client accept connections and not answer,
	// instead of always answering with the same word.
	FrozenSilent bool
	// CloseIdle is how long the server keeps an idle TCP connection; 0 means
	// for ever, 1 ns closes it at once.
	CloseIdle time.Duration
	// NoKeepAlive makes the debug port close the connection after each answer.
	NoKeepAlive bool
	// OneAtATime makes the debug port serve one connection at a time: the next
	// one is answered when the one before has been closed by either side.
	OneAtATime bool

	// Event, where not nil, is called with a line for each thing that happens, one at
	// a time and in order. It must return soon and must not call the world.
	Event func(line string)
	// Listen opens a port, anew at each start of the client and the server. Nil
	// means net.Listen.
	Listen func(network, address string) (net.Listener, error)
}

// admits reports whether a server with the password want accepts a client with the password given.
func (o Options) admits(want, given string) bool {
	if want == "" {
		return given == "" || !o.RefuseNeedless
	}
	return given == want
}
