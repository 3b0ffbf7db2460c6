package monitor

import (
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// Time is monotonic time since the monitor began.
type Time = time.Duration

type inputKind uint8

const (
	inTick inputKind = iota
	inStatusRead
	inServerSeen
	inAsk
	inCancel
	inPasswordRead
	inSent
	inConfigured
	inPause
	inResume
	inWoke
	inPasswordChanged
)

// Input is one input of the machine. The zero value is a Tick. It is one flat struct, so that a
// step allocates nothing.
type Input struct {
	kind    inputKind
	reading debugport.Reading
	server  ServerFact
	job     uint64
	failed  Reason
	empty   bool
	answer  debugport.Answer
	code    int
	config  Config
	pause   time.Duration
}

// Tick reports that time has passed, as Output.Wake asks for.
func Tick() Input { return Input{} }

// StatusRead reports a fresh answer to GET /status.
func StatusRead(r debugport.Reading) Input { return Input{kind: inStatusRead, reading: r} }

// ServerFact is one observation of the game server. The machine itself waits for ready_delay.
type ServerFact struct {
	State ServerState     // ServerUnknown, ServerDown, or ServerStarting if it is up
	Why   problem.Problem // the reason for ServerUnknown or ServerDown; may be the zero value
}

// ServerSeen reports a new observation of the game server. A restart is two of them: down, up.
func ServerSeen(f ServerFact) Input { return Input{kind: inServerSeen, server: f} }

// Ask requests a reconnect by hand.
func Ask() Input { return Input{kind: inAsk} }

// Cancel cancels that reconnect, unless it has been sent. A job of 0 means any reconnect.
func Cancel(job uint64) Input { return Input{kind: inCancel, job: job} }

// PasswordRead answers Output.ReadPassword. Failed is NoReason if there is a password, which may
// be empty.
func PasswordRead(job uint64, failed Reason, empty bool) Input {
	return Input{kind: inPasswordRead, job: job, failed: failed, empty: empty}
}

// Sent answers Output.Send. Code is the HTTP status code or 0.
func Sent(job uint64, a debugport.Answer, code int) Input {
	return Input{kind: inSent, job: job, answer: a, code: code}
}

// Configured reports changed settings.
func Configured(c Config) Input { return Input{kind: inConfigured, config: c} }

// PasswordChanged reports that another password was stored, so earlier failures do not count.
func PasswordChanged() Input { return Input{kind: inPasswordChanged} }

// Pause stops automatic reconnects for that long; 0 means until resumed.
func Pause(d time.Duration) Input { return Input{kind: inPause, pause: d} }

// Resume ends a pause.
func Resume() Input { return Input{kind: inResume} }

// Woke reports that the computer slept, so all that was known may be out of date.
func Woke() Input { return Input{kind: inWoke} }

// Forever is a time that never comes.
const Forever Time = 1<<63 - 1
