package monitor

import (
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// Time is the machine's clock: the monotonic time since the monitor began.
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

// Input is one input of the machine; the zero value is a Tick. It is flat, so that a step
// allocates nothing.
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

// Tick says that time has passed: a time that Output.Wake named has come.
func Tick() Input { return Input{} }

// StatusRead is a fresh answer to GET /status.
func StatusRead(r debugport.Reading) Input { return Input{kind: inStatusRead, reading: r} }

// ServerFact is one observation of the game server, before ready_delay.
type ServerFact struct {
	State ServerState     // ServerUnknown, ServerDown or ServerStarting (it is up)
	Why   problem.Problem // of Unknown and Down; the zero value for none
}

// ServerSeen is a new observation of the game server. A restart is down and then up.
func ServerSeen(f ServerFact) Input { return Input{kind: inServerSeen, server: f} }

// Ask is a reconnect asked for by hand, by click or command.
func Ask() Input { return Input{kind: inAsk} }

// Cancel calls off that reconnect, unless it has been sent. A job of 0 is whichever waits.
func Cancel(job uint64) Input { return Input{kind: inCancel, job: job} }

// PasswordRead answers Output.ReadPassword. With NoReason a password, or an empty body, is ready.
func PasswordRead(job uint64, failed Reason, empty bool) Input {
	return Input{kind: inPasswordRead, job: job, failed: failed, empty: empty}
}

// Sent answers Output.Send for that job; code is HTTP's or 0.
func Sent(job uint64, a debugport.Answer, code int) Input {
	return Input{kind: inSent, job: job, answer: a, code: code}
}

// Configured brings in changed settings.
func Configured(c Config) Input { return Input{kind: inConfigured, config: c} }

// PasswordChanged says that another password was stored: earlier failures say nothing of it.
func PasswordChanged() Input { return Input{kind: inPasswordChanged} }

// Pause stops all that is automatic for that long; 0 means until resumed.
func Pause(d time.Duration) Input { return Input{kind: inPause, pause: d} }

// Resume ends a pause.
func Resume() Input { return Input{kind: inResume} }

// Woke says that the computer slept: nothing that was known still holds.
func Woke() Input { return Input{kind: inWoke} }

// Forever is a time that never comes.
const Forever Time = 1<<63 - 1
