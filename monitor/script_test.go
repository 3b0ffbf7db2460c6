package monitor

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// This file runs the table tests: a script is a list of inputs with their times, and what
// the machine does after each.

// step is one input at a time in milliseconds after the script's setting.
// Does is everything that follows, as told writes it, empty for nothing; phase is the
// reconnect's phase afterwards.
type step struct {
	ms    int
	in    Input
	does  string
	phase Phase
}

// scenario is one script in its setting.
type scenario struct {
	name   string
	config func(*Config) // what differs from usual
	given  []step        // the setting; its last step's time is the script's 0
	steps  []step
}

// usual is the settings file's defaults.
func usual() Config {
	return Config{
		Profile: "default", Server: "127.0.0.1:7788", Client: "127.0.0.1:9223",
		Auto: true, OnLaunch: true, Attempts: 5,
		JoinTimeout: 3 * time.Minute, ReadyDelay: 500 * time.Millisecond,
	}
}

func is(s debugport.Status) Input {
	return StatusRead(debugport.Reading{Outcome: debugport.Known, Status: s})
}

var (
	loading       = is(debugport.Loading)
	menu          = is(debugport.MainMenu)
	connecting    = is(debugport.Connecting)
	downloading   = is(debugport.DownloadingFiles)
	inGame        = is(debugport.InGame)
	disconnecting = is(debugport.Disconnecting)
	clientError   = is(debugport.Error)
	newWord       = StatusRead(debugport.Reading{Outcome: debugport.UnknownWord, Word: "PAUSED"})
	notRunning    = StatusRead(debugport.Reading{Outcome: debugport.NotRunning})
	notAltV       = StatusRead(debugport.Reading{Outcome: debugport.NotAltV})
	noAnswer      = StatusRead(debugport.Reading{Outcome: debugport.NoAnswer})

	serverUp      = ServerSeen(ServerFact{State: ServerStarting})
	serverDown    = ServerSeen(ServerFact{State: ServerDown})
	serverUnknown = ServerSeen(ServerFact{State: ServerUnknown, Why: *problem.New(problem.ServerSilent)})

	// These belong to the job under way: the driver puts in its number.
	password   = PasswordRead(0, NoReason, false)
	noPassword = PasswordRead(0, NoReason, true)
	accepted   = Sent(0, debugport.Accepted, 200)
	refused    = Sent(0, debugport.Refused, 500)
	notSent    = Sent(0, debugport.NotSent, 0)
	unanswered = Sent(0, debugport.Unanswered, 0)
)

func configured(change func(*Config)) Input {
	c := usual()
	change(&c)
	return Configured(c)
}

// Settings of a script. The server is ready in those that do not say otherwise.
var (
	serverReady = []step{{0, serverUp, "", NoJob}, {1000, Tick(), "", NoJob}}
	clientGone  = then(serverReady, step{1000, notRunning, "", NoJob})
	clientLoads = then(serverReady, step{1000, loading, "", NoJob})
	clientMenu  = then(serverReady, step{1000, menu, "", NoJob})
	clientGame  = then(serverReady, step{1000, inGame, "", NoJob})
	// asked has the password at hand and waits for a fresh status.
	asked = then(clientMenu, step{1000, Ask(), "asked, read", Waiting}, step{1000, password, "", Waiting})
	// sentOne has one POST out, accepted.
	sentOne = then(asked, step{1000, menu, "send 1", Posting}, step{1000, accepted, "accepted", Leaving})
	// The same for an automatic one after a restart.
	restartJob = then(clientMenu,
		step{1000, serverDown, "", NoJob}, step{1000, serverUp, "", NoJob},
		step{1500, Tick(), "triggered server_restart, read", Waiting}, step{1500, password, "", Waiting})
	// restartCountdown needs a delay.
	restartCountdown = then(restartJob[:len(restartJob)-1], step{1500, password, "counting down 3s", Countdown}, step{1550, menu, "", Countdown})
	restartSent      = then(restartJob, step{1500, menu, "send 1", Posting}, step{1500, accepted, "accepted", Leaving})
)

// then adds steps to a setting.
func then(given []step, more ...step) []step { return append(slices.Clone(given), more...) }

// runner plays steps.
type runner struct {
	t     *testing.T
	state State
	now   Time
	out   Output
}

func newRunner(t *testing.T, c Config) *runner {
	return &runner{t: t, state: State{cfg: c}}
}

// play runs steps whose times count from base.
func (r *runner) play(base Time, steps []step) {
	r.t.Helper()
	for i, s := range steps {
		in := s.in
		if (in.kind == inPasswordRead || in.kind == inSent) && in.job == 0 {
			in.job = r.state.job.ID
		}
		r.step(base+Time(s.ms)*time.Millisecond, in)
		if does := told(r.out); does != s.does {
			r.t.Errorf("step %d at %d ms: it does %q, want %q", i, s.ms, does, s.does)
		}
		if r.state.job.Phase != s.phase {
			r.t.Errorf("step %d at %d ms: phase %v, want %v", i, s.ms, r.state.job.Phase, s.phase)
		}
		if r.t.Failed() {
			r.t.FailNow()
		}
	}
}

// step does one step and checks what holds for every one.
func (r *runner) step(now Time, in Input) {
	r.t.Helper()
	r.now = now
	r.state, r.out = Step(r.state, now, in)
	for _, broken := range always(r.state, r.out, now, in) {
		r.t.Errorf("at %v: %s", now, broken)
	}
}

// always returns what is wrong with a step whatever the circumstances.
func always(s State, o Output, now Time, in Input) (broken []string) {
	if o.Send && (in.kind != inStatusRead || !in.reading.Ready()) {
		broken = append(broken, "it sends without a fresh ready status")
	}
	if o.Send && s.waking {
		broken = append(broken, "it sends before both sides are known after a sleep")
	}
	sending := slices.ContainsFunc(o.Events, func(e Event) bool { return e.Kind == Sending })
	if o.Send != sending {
		broken = append(broken, "Send and the event Sending do not go together")
	}
	if o.Poll != PollIdle && o.Poll != PollPending && o.Poll != PollAbsent {
		broken = append(broken, fmt.Sprintf("Poll is %v", o.Poll))
	}
	if o.Wake <= now {
		broken = append(broken, fmt.Sprintf("Wake %v is not after now %v", o.Wake, now))
	}
	for _, e := range o.Events {
		if e.At != now {
			broken = append(broken, fmt.Sprintf("event %d bears the time %v, not %v", e.Kind, e.At, now))
		}
	}
	return broken
}

// told writes down what a step did, except the changes of the two
// sides, which every script would be full of.
func told(o Output) string {
	var words []string
	for _, e := range o.Events {
		switch e.Kind {
		case ClientChanged, ServerChanged, NewPassword:
		case ClientReady:
			words = append(words, "ready")
		case Dropped:
			words = append(words, strings.TrimSpace("dropped "+e.Reason.String()))
		case Asked:
			words = append(words, map[bool]string{false: "asked", true: "asked again"}[e.Merged])
		case Triggered:
			words = append(words, "triggered "+e.Cause.String())
		case CountingDown:
			words = append(words, fmt.Sprintf("counting down %v", e.Pause))
		case Sending:
			words = append(words, fmt.Sprintf("send %d", e.Attempt))
		case Answered:
			words = append(words, string(e.Answer))
		case Joined:
			words = append(words, "joined")
		case AttemptFailed:
			words = append(words, fmt.Sprintf("%v, again in %v", e.Reason, e.Pause))
		case Failed:
			words = append(words, "failed "+e.Reason.String())
		case Refused:
			words = append(words, "refused "+e.Reason.String())
		case Cancelled:
			words = append(words, strings.TrimSpace("cancelled "+e.Reason.String()))
		case Withheld:
			words = append(words, "held "+e.Reason.String())
		case Paused:
			words = append(words, fmt.Sprintf("paused %v", e.Pause))
		case Resumed:
			words = append(words, "resumed")
		case SignalMissing:
			words = append(words, "signal missing")
		case Missed:
			words = append(words, "missed "+e.Cause.String())
		case Slept:
			words = append(words, "slept")
		default:
			words = append(words, fmt.Sprintf("event %d", e.Kind))
		}
	}
	if o.ReadPassword {
		words = append(words, "read")
	}
	return strings.Join(words, ", ")
}

// runScenarios plays each scenario as a subtest.
func runScenarios(t *testing.T, all []scenario) {
	t.Helper()
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			config := usual()
			if c.config != nil {
				c.config(&config)
			}
			r := newRunner(t, config)
			r.play(0, c.given)
			r.play(r.now, c.steps)
		})
	}
}
