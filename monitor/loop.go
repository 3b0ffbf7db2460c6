package monitor

import (
	"context"
	"sync"
	"time"

	"altv-tray/monitor/beat"
	"altv-tray/monitor/debugport"
)

// Watcher watches a game server and reports to the function that it was made with. Its
// methods, except Run, are called from the loop and must not block.
type Watcher interface {
	Run(ctx context.Context) // until ctx ends
	Urgent(bool)             // look often, or seldom
	Signal()                 // the server's own start-up is over (`altv-tray ready`)
	Recheck()                // the computer slept: forget what is known and look again
}

// Target is what a monitor watches and how it gets the password. It goes with
// one Config and is changed together with it. All fields must be set.
type Target struct {
	Config Config
	// NewWatcher makes the watch of the game server.
	NewWatcher func(tell func(ServerFact)) Watcher
	// Password reads the server's password, until ctx ends. An empty one with NoReason is
	// sent as an empty body.
	Password func(ctx context.Context) (string, Reason)
}

// Options are for tests and the demo; the zero value is the real world.
type Options struct {
	Dial debugport.DialFunc
	// Wall is the wall clock, which runs on while the computer sleeps.
	Wall func() time.Time
}

// Monitor runs the machine. Its methods may be called from any goroutine.
type Monitor struct {
	hub
	opts   Options
	target Target
	start  time.Time
	inputs chan func(*loop)
	done   chan struct{}
}

// New makes a monitor; Run starts it.
func New(t Target, opts Options) *Monitor {
	if opts.Wall == nil {
		opts.Wall = time.Now
	}
	m := &Monitor{hub: hub{all: make(map[*Subscription]struct{})}, opts: opts, target: t, start: time.Now(), inputs: make(chan func(*loop)), done: make(chan struct{})}
	state := State{cfg: t.Config}
	m.publish(state.snapshot(m.start), nil)
	return m
}

// Reconnect asks for a reconnect by hand and returns its number, 0 if the monitor has ended,
// and whether it joined one that was under way. See Await.
func (m *Monitor) Reconnect() (job uint64, joined bool) {
	reply := make(chan Event, 1)
	if !m.do(func(l *loop) {
		l.apply(Ask())
		reply <- l.out.Events[0] // Step reports an ask before all that follows from it
	}) {
		return 0, false
	}
	e := <-reply
	return e.Job, e.Merged
}

// Look asks the client for its status and returns when it is known, at the latest with ctx.
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

// Ready says that the server's own start-up is over (readiness source signal).
func (m *Monitor) Ready() {
	m.do(func(l *loop) { l.watch.Signal() })
}

// Configure puts changed settings in force.
func (m *Monitor) Configure(t Target) {
	m.do(func(l *loop) {
		l.retarget(t)
		l.apply(Configured(t.Config))
	})
}

// Apply steps the machine with what the user wants: Cancel, Pause, Resume or PasswordChanged.
// Other inputs are the loop's own and must not come this way.
func (m *Monitor) Apply(in Input) { m.do(func(l *loop) { l.apply(in) }) }

// do has the loop do it; false where the loop has ended.
func (m *Monitor) do(it func(*loop)) bool {
	select {
	case m.inputs <- it:
		return true
	case <-m.done:
		return false
	}
}

// Run watches until ctx ends. It leaves nothing behind. Call it once.
func (m *Monitor) Run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	l := loop{Monitor: m, ctx: ctx, state: State{cfg: m.target.Config}, results: make(chan func(), 1)}
	defer func() {
		close(m.done)
		cancel()
		l.running.Wait()
	}()
	l.slept = sleepWatch{wall: m.opts.Wall}
	l.slept.look(0)
	l.retarget(m.target)
	l.timer = time.NewTimer(0)
	defer l.timer.Stop()
	l.apply(Tick())
	for {
		select {
		case <-ctx.Done():
			return
		case do := <-m.inputs:
			l.checkSleep()
			do(&l)
		case take := <-l.results:
			l.checkSleep()
			l.busy = false
			take()
		case <-l.timer.C:
			l.checkSleep()
			l.apply(Tick())
		}
	}
}

// loop is what only the one goroutine of Run touches.
type loop struct {
	*Monitor
	ctx     context.Context
	state   State
	out     Output
	timer   *time.Timer
	slept   sleepWatch
	running sync.WaitGroup

	port     *debugport.Client
	stopPort context.CancelFunc
	portID   uint64 // counts the ports, to know a late answer of an old one
	busy     bool   // a request is in flight
	pollNow  bool
	looks    []chan struct{} // closed at the next status
	lastPoll time.Time       // when the last poll began
	lastRead Time            // when the last status came
	results  chan func()     // takes in what a request brought

	password string
	reads    uint64

	watch     Watcher
	stopWatch context.CancelFunc
	urgent    bool
}

func (l *loop) now() Time { return time.Since(l.start) }

// apply steps the machine and does what it asks for.
func (l *loop) apply(in Input) {
	now := l.now()
	l.state, l.out = Step(l.state, now, in)
	o := &l.out
	if o.Forget {
		l.password = ""
		l.reads++ // so that a reading under way is dropped
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

// schedule polls if it is time, and sets the one timer to whatever comes next.
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

// due is when the next poll is. While nothing is pending it is in step with what
// else looks at something now and then.
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

// poll asks for the status. While something is pending it keeps the connection, as the
// password goes over the one that has just answered.
func (l *loop) poll(now Time) {
	l.pollNow, l.busy, l.lastPoll = false, true, l.start.Add(now)
	port, id, keep := l.port, l.portID, l.out.Poll == PollPending
	l.running.Go(func() {
		reading := port.Status(keep)
		at := l.now()
		late := at-now > debugport.Timeout && reading.Outcome != debugport.NoAnswer
		l.results <- func() { l.saw(reading, at, id != l.portID || late) }
	})
}

// saw handles a status that was read at that time. It is stale if the port is no longer
// asked, or if it was read too late: it may have lain there while the process was stopped.
func (l *loop) saw(reading debugport.Reading, at Time, stale bool) {
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

// send posts at once. The machine asks for it only in the step of a status, so no request is
// in flight. The clock is read again first: the process may have been stopped.
func (l *loop) send(job uint64) {
	l.busy = true
	port, password, read := l.port, l.password, l.lastRead
	l.running.Go(func() {
		answer, code := debugport.NotSent, 0
		if l.now()-read <= Fresh {
			answer, code = port.Reconnect(password)
		}
		l.results <- func() { l.apply(Sent(job, answer, code)) }
	})
}

func (l *loop) readPassword(job uint64) {
	l.reads++
	read, get := l.reads, l.target.Password
	l.running.Go(func() {
		password, failed := get(l.ctx)
		l.do(func(l *loop) {
			if read == l.reads { // else it is of no use any more
				l.password = password
				l.apply(PasswordRead(job, failed, password == ""))
			}
		})
	})
}

// retarget replaces the port and the watch where their target has changed.
func (l *loop) retarget(t Target) {
	old := l.target
	l.target = t
	if l.port == nil || old.Config.Client != t.Config.Client {
		if l.port != nil {
			l.stopPort()
		}
		ctx, cancel := context.WithCancel(l.ctx)
		l.port, l.stopPort = debugport.New(ctx, t.Config.Client, l.opts.Dial), cancel
		l.portID++
	}
	if l.watch == nil || old.Config.Server != t.Config.Server || old.Config.Profile != t.Config.Profile || old.Config.Ready != t.Config.Ready {
		l.rewatch()
	}
}

func (l *loop) rewatch() {
	if l.stopWatch != nil {
		l.stopWatch()
	}
	ctx, cancel := context.WithCancel(l.ctx)
	tell := func(f ServerFact) {
		l.do(func(l *loop) {
			if ctx.Err() == nil { // it is still this watch
				l.apply(ServerSeen(f))
			}
		})
	}
	l.watch, l.stopWatch, l.urgent = l.target.NewWatcher(tell), cancel, false
	watch := l.watch
	l.running.Go(func() { watch.Run(ctx) })
}

func (l *loop) checkSleep() {
	if !l.slept.look(l.now()) {
		return
	}
	l.portID++ // an answer that is on its way may be from before
	l.apply(Woke())
	l.watch.Recheck()
}
