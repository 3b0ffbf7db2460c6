package monitor

import (
	"context"
	"sync"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// Watcher tells what a game server does, by calling the function that it was
// made with. Its methods but Run are called from the loop and must not block.
type Watcher interface {
	Run(ctx context.Context) // until ctx ends
	Urgent(bool)             // look often, or seldom
	Signal()                 // the server's own start-up is over (`altv-tray ready`)
	Recheck()                // the computer slept: forget, and look afresh
}

// Target is what a monitor watches and how it gets the password. It goes with
// one Config and is changed together with it.
type Target struct {
	Config Config
	// Address of the client's debug port, as "127.0.0.1:9223".
	Address string
	// NewWatcher makes the watch of the game server; nil: nothing is known of it.
	NewWatcher func(tell func(ServerFact)) Watcher
	// Password reads the server's password. It may take long; it must end when
	// ctx does. An empty password with NoReason is sent as an empty body.
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
	inputs chan message
	done   chan struct{}
}

// message is an input on its way to the loop, with what must not go into it.
type message struct {
	in       Input
	target   *Target       // with inConfig
	signal   bool          // for the watch, not the machine
	password string        // with inSecret
	read     uint64        // with inSecret: which reading
	reply    chan Event    // with inAsk: what became of it at once
	looked   chan struct{} // closed at the next status
	watch    uint64        // with inServer: which watch
}

// New makes a monitor; Run starts it.
func New(t Target, opts Options) *Monitor {
	if opts.Wall == nil {
		opts.Wall = time.Now
	}
	m := &Monitor{opts: opts, target: t, start: time.Now(), inputs: make(chan message), done: make(chan struct{})}
	state := NewState(t.Config)
	m.hub.publish(state.snapshot(m.start), nil)
	return m
}

// Snapshot gives what is known now.
func (m *Monitor) Snapshot() Snapshot {
	m.hub.mu.Lock()
	defer m.hub.mu.Unlock()
	return m.hub.snap
}

// Subscribe begins with the newest snapshot and gives everything after it.
func (m *Monitor) Subscribe() *Subscription { return m.hub.subscribe() }

// Reconnect asks for a reconnect by hand and gives its number, and whether it
// joined one that was under way. How it goes on, the events tell: see Await.
// It gives 0 where the monitor has ended.
func (m *Monitor) Reconnect() (job uint64, joined bool) {
	reply := make(chan Event, 1)
	if !m.tell(message{in: Ask(), reply: reply}) {
		return 0, false
	}
	e := <-reply
	return e.Job, e.Joins
}

// Look asks the client for its status now and returns when it is known, at the
// latest with ctx.
func (m *Monitor) Look(ctx context.Context) {
	looked := make(chan struct{})
	if !m.tell(message{looked: looked}) {
		return
	}
	select {
	case <-looked:
	case <-ctx.Done():
	case <-m.done:
	}
}

// Cancel calls off that reconnect, or with 0 whichever waits, unless it is
// under way already.
func (m *Monitor) Cancel(job uint64) { m.tell(message{in: Cancel(job)}) }

// Ready says that the server's own start-up is over (readiness source signal).
func (m *Monitor) Ready() { m.tell(message{signal: true}) }

// PasswordChanged says that another password was stored for the profile.
func (m *Monitor) PasswordChanged() { m.tell(message{in: PasswordChanged()}) }

// Configure puts changed settings in force.
func (m *Monitor) Configure(t Target) { m.tell(message{in: Configured(t.Config), target: &t}) }

// Pause stops what is automatic for that long; 0 means until resumed.
func (m *Monitor) Pause(d time.Duration) {
	until := Forever
	if d > 0 {
		until = m.Snapshot().Clock(time.Now()) + d
	}
	m.tell(message{in: Pause(until)})
}

// Resume ends a pause.
func (m *Monitor) Resume() { m.tell(message{in: Resume()}) }

func (m *Monitor) tell(msg message) bool {
	select {
	case m.inputs <- msg:
		return true
	case <-m.done:
		return false
	}
}

// Run watches until ctx ends. It leaves nothing behind. Call it once.
func (m *Monitor) Run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	l := loop{Monitor: m, ctx: ctx, state: NewState(m.target.Config), results: make(chan result, 1)}
	defer func() {
		close(m.done)
		cancel()
		l.port.Close()
		l.running.Wait()
	}()
	l.slept = sleepWatch{wall: m.opts.Wall}
	l.slept.look(0)
	l.retarget(m.target)
	l.timer = time.NewTimer(0)
	defer l.timer.Stop()
	l.lastPoll = -PollAbsent
	l.apply(Tick())
	for {
		select {
		case <-ctx.Done():
			return
		case msg := <-m.inputs:
			l.checkSleep()
			l.take(msg)
		case r := <-l.results:
			l.checkSleep()
			l.finished(r)
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
	portID   uint64 // counts the ports, to know a late answer of an old one
	busy     bool   // a request is in flight
	pollNow  bool
	looks    []chan struct{} // closed at the next status
	lastPoll Time            // when the last poll began
	lastRead Time            // when the last status came
	results  chan result

	password string
	reads    uint64

	watch     Watcher
	watchID   uint64
	stopWatch context.CancelFunc
	urgent    bool
}

// result is the end of a request to the debug port.
type result struct {
	port    uint64
	at      Time // when the answer came
	late    bool // it was read so late that it may have lain there for long
	isPost  bool
	job     uint64
	reading debugport.Reading
	answer  debugport.Answer
	code    int
}

func (l *loop) now() Time { return time.Since(l.start) }

// take handles what came from outside.
func (l *loop) take(msg message) {
	switch {
	case msg.looked != nil:
		l.looks = append(l.looks, msg.looked)
		l.pollNow = true
		l.schedule(l.now())
		return
	case msg.signal:
		if l.watch != nil {
			l.watch.Signal()
		}
		return
	case msg.in.kind == inServer && msg.watch != l.watchID,
		msg.in.kind == inSecret && msg.read != l.reads:
		return // from what is no longer in force
	case msg.in.kind == inSecret:
		l.password = msg.password
	}
	if msg.target != nil {
		l.retarget(*msg.target)
	}
	l.apply(msg.in)
	if msg.reply != nil {
		msg.reply <- l.out.Events[0] // Step tells of an ask before all that follows from it
	}
}

// apply steps the machine and does what it asks for.
func (l *loop) apply(in Input) {
	now := l.now()
	l.state, l.out = Step(l.state, now, in)
	o := &l.out
	if o.Forget {
		l.password = ""
		l.reads++ // a reading under way is of no use any more
	}
	if o.ReadPassword {
		l.readPassword(o.Job)
	}
	if l.watch != nil && o.Urgent != l.urgent {
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
		due := l.lastPoll + l.out.Poll
		if l.pollNow || now >= due {
			l.poll(now)
		} else {
			next = min(next, due)
		}
	}
	if next == Forever {
		next = now + PollAbsent // the request in flight ends by then
	}
	l.timer.Reset(max(0, next-now))
}

// poll asks for the status. While something is pending it keeps the connection,
// as the password goes over the one that has just answered; otherwise each poll
// ends its own, for others may want a port that serves one at a time.
func (l *loop) poll(now Time) {
	l.pollNow, l.busy, l.lastPoll = false, true, now
	port, id, keep := l.port, l.portID, l.out.Poll == PollPending
	l.running.Go(func() {
		reading := port.Status(l.ctx, keep)
		at := l.now()
		l.results <- result{port: id, at: at, late: at-now > debugport.Limit, reading: reading}
	})
}

// send posts at once. The machine asks for it only in the step that a status
// brought, so no request is in flight. The clock is looked at once more where
// it counts: a process may be held up anywhere for any time.
func (l *loop) send(job uint64) {
	l.busy = true
	port, id, password, read := l.port, l.portID, l.password, l.lastRead
	l.running.Go(func() {
		answer, code := debugport.NotSent, 0
		if l.now()-read <= Fresh {
			answer, code = port.Reconnect(l.ctx, password)
		}
		l.results <- result{port: id, isPost: true, job: job, answer: answer, code: code}
	})
}

func (l *loop) finished(r result) {
	l.busy = false
	switch {
	case r.isPost:
		l.apply(Sent(r.job, r.answer, r.code))
	case r.port == l.portID && l.now()-r.at <= Fresh && (!r.late || r.reading.Outcome == debugport.NoAnswer):
		l.lastRead = r.at
		l.apply(Saw(r.reading))
		for _, looked := range l.looks {
			close(looked)
		}
		l.looks = nil
	default:
		// From a port no longer asked, or grown old on its way: a process that is
		// held up reads when it goes on what came long before.
		l.pollNow = true
		l.apply(Tick())
	}
}

func (l *loop) readPassword(job uint64) {
	l.reads++
	read, get := l.reads, l.target.Password
	if get == nil {
		get = func(context.Context) (string, Reason) { return "", NoReason }
	}
	l.running.Go(func() {
		password, failed := get(l.ctx)
		l.tell(message{in: SecretRead(job, failed, password == ""), password: password, read: read})
	})
}

// retarget puts another port, watch and password source in place where they
// changed.
func (l *loop) retarget(t Target) {
	old := l.target
	l.target = t
	if l.port == nil || old.Address != t.Address {
		if l.port != nil {
			l.port.Close()
		}
		l.port = debugport.New(t.Address, l.opts.Dial)
		l.portID++
	}
	if l.watch == nil || old.Config.Server != t.Config.Server || old.Config.Profile != t.Config.Profile {
		l.rewatch()
	}
}

func (l *loop) rewatch() {
	if l.stopWatch != nil {
		l.stopWatch()
	}
	l.watchID++
	id := l.watchID
	l.watch, l.stopWatch = nil, nil
	if l.target.NewWatcher == nil {
		return
	}
	ctx, cancel := context.WithCancel(l.ctx)
	tell := func(f ServerFact) {
		select {
		case l.inputs <- message{in: SawServer(f), watch: id}:
		case <-ctx.Done():
		}
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
	if l.watch == nil {
		// There is no more to be known of the server than this.
		l.apply(SawServer(ServerFact{Why: *problem.New(problem.ServerNotWatched)}))
		return
	}
	l.watch.Recheck()
}
