package monitor

import (
	"context"
	"sync"
	"time"

	"altv-tray/monitor/beat"
	"altv-tray/monitor/debugport"
)

// Watcher watches a game server and calls the function that it was made with. Its methods,
// except Run, are called from the loop and must not block.
type Watcher interface {
	Run(ctx context.Context) // watches until ctx ends
	Urgent(bool)             // chooses whether to look often
	Signal()                 // the server's own start-up is over (`altv-tray ready`)
	Recheck()                // the computer slept: forget what is known and look again
}

// Target is a Config and what belongs to it. All fields must be set.
type Target struct {
	Config Config
	// NewWatcher returns a watcher of the game server that calls report.
	NewWatcher func(report func(ServerFact)) Watcher
	// Password reads the server's password, until ctx ends. An empty one with NoReason is
	// sent as an empty body.
	Password func(ctx context.Context) (string, Reason)
}

// Options replace parts of the system, for tests and the demo. Each may be nil.
type Options struct {
	Dial debugport.DialFunc
	Wall func() time.Time // the wall clock, which goes on while the computer sleeps
}

// Monitor watches a Target. Its methods may be called from any goroutine.
type Monitor struct {
	hub
	opts   Options
	target Target
	start  time.Time
	inputs chan func(*loop)
	done   chan struct{}
}

// New returns a monitor. Run starts it.
func New(t Target, opts Options) *Monitor {
	if opts.Wall == nil {
		opts.Wall = time.Now
	}
	m := &Monitor{hub: hub{all: make(map[*Subscription]struct{})}, opts: opts, target: t, start: time.Now(), inputs: make(chan func(*loop)), done: make(chan struct{})}
	state := State{cfg: t.Config}
	m.publish(state.snapshot(m.start), nil)
	return m
}

// Reconnect requests a reconnect by hand. It returns the reconnect's number, or 0 if the monitor
// has ended, and whether the request was merged with a reconnect under way.
func (m *Monitor) Reconnect() (job uint64, merged bool) {
	reply := make(chan Event, 1)
	if !m.do(func(l *loop) {
		l.apply(Ask())
		reply <- l.out.Events[0] // the Asked, which comes before all that follows from it
	}) {
		return 0, false
	}
	e := <-reply
	return e.Job, e.Merged
}

// Look requests the client's status and returns when it is known or ctx ends.
func (m *Monitor) Look(ctx context.Context) {
	looked := make(chan struct{})
	m.do(func(l *loop) {
		l.looks = append(l.looks, looked)
		l.pollNow = true
		l.schedule(l.now())
	})
	select {
	case <-looked:
	case <-ctx.Done():
	case <-m.done:
	}
}

// Ready reports that the server's own start-up is over (readiness source "signal").
func (m *Monitor) Ready() {
	m.do(func(l *loop) { l.watch.Signal() })
}

// Configure changes the target.
func (m *Monitor) Configure(t Target) {
	m.do(func(l *loop) {
		l.retarget(t)
		l.apply(Configured(t.Config))
	})
}

// Apply applies one of the user's inputs: Cancel, Pause, Resume or PasswordChanged. Other inputs
// must come from the loop alone.
func (m *Monitor) Apply(in Input) { m.do(func(l *loop) { l.apply(in) }) }

// do has the loop call f. It returns false if the loop has ended.
func (m *Monitor) do(f func(*loop)) bool {
	select {
	case m.inputs <- f:
		return true
	case <-m.done:
		return false
	}
}

// Run watches until ctx ends, and returns when all its goroutines have ended. Call it once.
func (m *Monitor) Run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	none := func() {}
	l := loop{Monitor: m, ctx: ctx, state: State{cfg: m.target.Config}, sleep: sleepWatch{wall: m.opts.Wall}, requests: make(chan func(), 1), stopPort: none, stopWatch: none}
	defer func() {
		close(m.done)
		close(l.requests)
		cancel()
		l.running.Wait()
	}()
	l.running.Go(func() {
		for request := range l.requests {
			request()
		}
	})
	l.sleep.slept(l.now())
	l.retarget(m.target)
	l.timer = time.NewTimer(0)
	defer l.timer.Stop()
	l.apply(Tick())
	for {
		select {
		case <-ctx.Done():
			return
		case f := <-m.inputs:
			l.checkSleep()
			f(&l)
		case <-l.timer.C:
			l.checkSleep()
			l.apply(Tick())
		}
	}
}

// loop is the state of Run, for its goroutine alone.
type loop struct {
	*Monitor
	ctx     context.Context
	state   State
	out     Output
	timer   *time.Timer
	sleep   sleepWatch
	running sync.WaitGroup
	// requests are made one after the other by one goroutine. A new one for each would have to
	// grow its stack each time.
	requests chan func()

	port     *debugport.Client
	stopPort context.CancelFunc
	portID   uint64 // changes when answers to earlier requests become stale
	busy     bool   // a request is in flight
	pollNow  bool
	looks    []chan struct{} // to be closed at the next status
	lastPoll time.Time       // when the last poll began
	lastRead Time            // when the last status came

	password string
	reads    uint64 // changes when an earlier reading of the password becomes stale

	watch     Watcher
	stopWatch context.CancelFunc
	urgent    bool
}

func (l *loop) now() Time { return time.Since(l.start) }

// apply steps the machine and carries out its Output.
func (l *loop) apply(in Input) {
	now := l.now()
	l.state, l.out = Step(l.state, now, in)
	o := &l.out
	if o.Forget {
		l.password = ""
		l.reads++
	}
	if o.ReadPassword {
		l.readPassword(o.Job)
	}
	if o.Urgent != l.urgent {
		l.urgent = o.Urgent
		l.watch.Urgent(o.Urgent)
	}
	l.pollNow = l.pollNow || o.PollNow
	if o.Send {
		l.send(o.Job)
	}
	l.schedule(now)
	l.publish(l.state.snapshot(l.start), o.Events)
}

// schedule polls if it is time, and sets the timer to whatever comes next.
func (l *loop) schedule(now Time) {
	next := l.out.Wake
	if !l.busy {
		due := l.due()
		if l.pollNow || now >= due {
			l.poll(now)
		} else {
			next = min(next, due)
		}
	}
	if next == Forever {
		next = now + PollAbsent // the request in flight ends by then
	}
	l.timer.Reset(max(0, next-l.now()))
}

// due returns when the next poll is due. While nothing is pending, polls are in step with the
// other loops of the process, see package beat.
func (l *loop) due() Time {
	if l.lastPoll.IsZero() {
		return 0
	}
	wait := l.out.Poll
	if wait != PollPending {
		wait = beat.Next(l.lastPoll, wait)
	}
	return l.lastPoll.Sub(l.start) + wait
}

// poll requests the status. While a reconnect is pending it keeps the connection, as the password
// goes over the one that has just answered.
func (l *loop) poll(now Time) {
	l.pollNow, l.busy, l.lastPoll = false, true, l.start.Add(now)
	port, id, keep := l.port, l.portID, l.out.Poll == PollPending
	l.requests <- func() {
		reading := port.Status(keep)
		at := l.now()
		late := at-now > debugport.Timeout && reading.Outcome != debugport.NoAnswer
		l.do(func(l *loop) { l.statusRead(reading, at, late || id != l.portID) })
	}
}

// statusRead handles a status that was read at that time. It is stale if it is about another
// port, or was read too late: it may be from before the process was stopped for a while.
func (l *loop) statusRead(reading debugport.Reading, at Time, stale bool) {
	l.busy = false
	if stale || l.now()-at > Fresh {
		l.pollNow = true
		l.apply(Tick())
		return
	}
	l.lastRead = at
	l.apply(StatusRead(reading))
	for _, looked := range l.looks {
		close(looked)
	}
	l.looks = nil
}

// send sends the POST, unless the process was stopped since the status was read. The machine has
// a POST sent only in the step of a status, so no other request is in flight.
func (l *loop) send(job uint64) {
	l.busy = true
	port, password, read := l.port, l.password, l.lastRead
	l.requests <- func() {
		answer, code := debugport.NotSent, 0
		if l.now()-read <= Fresh {
			answer, code = port.Reconnect(password)
		}
		l.do(func(l *loop) {
			l.busy = false
			l.apply(Sent(job, answer, code))
		})
	}
}

func (l *loop) readPassword(job uint64) {
	l.reads++
	read, get := l.reads, l.target.Password
	l.running.Go(func() {
		password, failed := get(l.ctx)
		l.do(func(l *loop) {
			if read == l.reads {
				l.password = password
				l.apply(PasswordRead(job, failed, password == ""))
			}
		})
	})
}

// retarget replaces the port's client and the server's watcher if the target has another one.
func (l *loop) retarget(t Target) {
	old := l.target
	l.target = t
	if l.port == nil || old.Config.Client != t.Config.Client {
		l.stopPort()
		ctx, cancel := context.WithCancel(l.ctx)
		l.port, l.stopPort = debugport.New(ctx, t.Config.Client, l.opts.Dial), cancel
		l.portID++
	}
	if l.watch == nil || old.Config.Server != t.Config.Server || old.Config.Profile != t.Config.Profile || old.Config.Ready != t.Config.Ready {
		l.rewatch()
	}
}

func (l *loop) rewatch() {
	l.stopWatch()
	ctx, cancel := context.WithCancel(l.ctx)
	report := func(f ServerFact) {
		l.do(func(l *loop) {
			if ctx.Err() == nil { // it is still this watcher
				l.apply(ServerSeen(f))
			}
		})
	}
	l.watch, l.stopWatch, l.urgent = l.target.NewWatcher(report), cancel, false
	watch := l.watch
	l.running.Go(func() { watch.Run(ctx) })
}

func (l *loop) checkSleep() {
	if !l.sleep.slept(l.now()) {
		return
	}
	l.portID++ // an answer on its way may be from before the sleep
	l.apply(Woke())
	l.watch.Recheck()
}
