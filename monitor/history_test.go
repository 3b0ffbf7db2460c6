package monitor

import (
	"time"

	"pgregory.net/rapid"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// history plays random inputs to the machine as an honest edge would bring
// them, and keeps its own books of what was allowed to happen.
type history struct {
	t   *rapid.T
	s   State
	out Output
	now Time
	cfg Config

	// The edge.
	posting uint64 // the job whose POST is out; no status can come meanwhile
	asking  uint64 // the job whose password is being read
	atHand  bool   // a password is at hand
	empty   bool   // it is the empty one
	client  debugport.Reading

	// The books.
	paused     Time
	inPause    bool // there was a pause since what was missed was told
	needStatus bool // slept, and no status came since
	needServer bool // slept, and nothing of the server came since
	up         bool // the server's newest observation
	upSince    Time
	wentDown   bool   // since the last reconnect for a restart
	absent     bool   // since the last reconnect for a start
	wasInGame  bool   // since the last reconnect for a drop
	joined     uint64 // the job whose session goes on, and when it joined; 0 none
	joinedAt   Time
	wasReady   bool // the server, before the step
	attempts   int  // the most that any settings allowed
	posts      map[uint64]int
	open       map[uint64]bool // jobs that have begun, and whether they go on
	wanted     bool            // asked for by hand since the last failed attempt
	unsettled  bool            // a POST whose outcome is not told yet
	onTheWay   bool            // the client was seen joining since the last POST
	sentEmpty  bool            // the last POST had an empty body
	rejoins    uint64          // the newest job after a session that did not last
	notBefore  Time            // and the end of its pause
	triggers   int
	thrown     int
	sends      int
	ownSends   int // that nobody asked for
}

const historyReadyDelay = 500 * time.Millisecond

func newHistory(t *rapid.T) *history {
	h := &history{t: t, posts: map[uint64]int{}, open: map[uint64]bool{}}
	h.cfg = h.drawConfig()
	h.s = State{cfg: h.cfg}
	return h
}

func (h *history) drawConfig() Config {
	pick := func(label string, of ...time.Duration) time.Duration { return rapid.SampledFrom(of).Draw(h.t, label) }
	c := Config{
		Profile:     rapid.SampledFrom([]string{"a", "a", "b"}).Draw(h.t, "profile"),
		Client:      rapid.SampledFrom([]string{"x", "x", "x", "y"}).Draw(h.t, "client"),
		Server:      "s",
		Ready:       rapid.SampledFrom([]string{"port", "port", "log"}).Draw(h.t, "ready"),
		Auto:        rapid.SampledFrom([]bool{true, true, false}).Draw(h.t, "auto"),
		OnLaunch:    rapid.Bool().Draw(h.t, "on_launch"),
		OnDrop:      rapid.Bool().Draw(h.t, "on_drop"),
		Delay:       pick("delay", 0, 0, 3*time.Second),
		Attempts:    rapid.IntRange(0, 6).Draw(h.t, "attempts"),
		JoinTimeout: pick("join_timeout", 10*time.Second, 3*time.Minute),
		ReadyDelay:  historyReadyDelay,
		Elsewhere:   rapid.SampledFrom([]bool{false, false, false, true}).Draw(h.t, "elsewhere"),
	}
	h.attempts = max(h.attempts, c.Attempts, 1)
	return c
}

var historyReadings = []debugport.Reading{
	loading.reading, menu.reading, menu.reading, menu.reading, connecting.reading, downloading.reading, inGame.reading,
	inGame.reading, disconnecting.reading, clientError.reading, newWord.reading, notRunning.reading, notAltV.reading, noAnswer.reading,
}

// act does one random thing.
func (h *history) act() {
	dt := rapid.SampledFrom([]time.Duration{
		0, 0, time.Millisecond, 50 * time.Millisecond, 50 * time.Millisecond, 200 * time.Millisecond, time.Second, time.Second,
		5 * time.Second, 30 * time.Second, 10 * time.Minute,
	}).Draw(h.t, "dt")
	h.now += dt
	switch rapid.IntRange(0, 30).Draw(h.t, "act") {
	case 0, 1, 2, 3, 4:
		h.poll(rapid.SampledFrom(historyReadings).Draw(h.t, "reading"))
	case 5, 6, 7:
		h.poll(h.client)
	case 8, 9:
		h.do(ServerSeen(rapid.SampledFrom([]ServerFact{
			{State: ServerDown}, {State: ServerStarting}, {State: ServerStarting}, {State: ServerUnknown, Why: *problem.New(problem.ServerSilent)}, {},
		}).Draw(h.t, "server")))
	case 10, 11:
		h.do(Ask())
	case 12:
		h.do(Cancel(rapid.Uint64Range(0, 3).Draw(h.t, "job")))
	case 13:
		h.do(Tick())
	case 14, 15:
		h.readPassword(rapid.SampledFrom([]Reason{NoReason, NoReason, NoReason, PasswordMissing, KeyringLocked}).Draw(h.t, "secret"))
	case 16, 17:
		h.answer(rapid.SampledFrom([]debugport.Answer{
			debugport.NotSent, debugport.Accepted, debugport.Accepted, debugport.Refused, debugport.Unanswered,
		}).Draw(h.t, "answer"))
	case 18:
		h.do(Configured(h.drawConfig()))
	case 19:
		h.do(rapid.SampledFrom([]Input{Pause(time.Minute), Pause(0), Resume(), Woke(), PasswordChanged()}).Draw(h.t, "rest"))
	case 20:
		h.relay()
	case 21, 22:
		h.thrownOut()
	default:
		h.help()
	}
}

// relay is a slow relay with nothing behind it that has just been started: it
// accepts, and so the server seems up, until it hangs up.
func (h *history) relay() {
	h.do(serverDown)
	h.do(serverUp)
	h.now += rapid.SampledFrom([]time.Duration{0, time.Millisecond, historyReadyDelay - 1}).Draw(h.t, "accepted for")
	h.poll(h.client)
	h.do(serverDown)
	if h.s.Server != ServerDown {
		h.t.Fatalf("with nothing behind the relay the server is %v", h.s.Server)
	}
}

// thrownOut has the client join and leave, over and over.
func (h *history) thrownOut() {
	for range rapid.IntRange(1, 12).Draw(h.t, "throws") {
		for range 4 {
			h.now += time.Second
			h.help()
		}
		if h.s.job.Phase.posted() && h.posting == 0 {
			h.poll(connecting.reading)
			h.poll(inGame.reading)
		}
		h.now += rapid.SampledFrom([]time.Duration{0, time.Second, 29 * time.Second, 31 * time.Second}).Draw(h.t, "session")
		h.poll(menu.reading)
	}
}

// help does what takes a reconnect further.
func (h *history) help() {
	switch {
	case h.posting != 0:
		h.answer(debugport.Accepted)
	case h.asking != 0:
		h.readPassword(NoReason)
	case h.s.job.Phase.posted():
		h.poll(rapid.SampledFrom([]debugport.Reading{connecting.reading, menu.reading, inGame.reading}).Draw(h.t, "outcome"))
	case !h.up || h.now-h.upSince < historyReadyDelay:
		h.do(serverUp)
	case h.s.job.Phase == NoJob && h.client.Ready():
		h.do(serverDown)
	default:
		h.poll(menu.reading)
	}
}

// poll brings a status, where none but a status is under way.
func (h *history) poll(r debugport.Reading) {
	if h.posting == 0 {
		h.client = r
		h.do(StatusRead(r))
	}
}

func (h *history) readPassword(failed Reason) {
	if job := h.asking; job != 0 {
		h.asking, h.atHand, h.empty = 0, failed == NoReason, rapid.Bool().Draw(h.t, "empty")
		h.do(PasswordRead(job, failed, h.empty))
	}
}

func (h *history) answer(a debugport.Answer) {
	if job := h.posting; job != 0 {
		h.posting = 0
		h.do(Sent(job, a, 0))
	}
}

// do makes one step, after writing down what it permits.
func (h *history) do(in Input) {
	h.t.Helper()
	h.note(in)
	h.wasReady = h.s.Server == ServerReady
	h.s, h.out = Step(h.s, h.now, in)
	for _, broken := range always(h.s, h.out, h.now, in) {
		h.t.Fatal(broken)
	}
	for _, e := range h.out.Events {
		h.check(e)
	}
	if r := in.reading; r.Outcome == debugport.Known && r.Status != debugport.InGame {
		h.joined = 0
	}
	if h.out.Forget {
		h.atHand, h.asking = false, 0
	}
	if h.out.ReadPassword {
		h.asking = h.out.Job
	}
	if h.out.Send {
		h.posting = h.out.Job
	}
}

func (h *history) note(in Input) {
	switch in.kind {
	case inStatusRead:
		h.needStatus = false
		switch r := in.reading; {
		case r.Outcome == debugport.NotRunning:
			h.absent, h.joined = true, 0
		case r.Status == debugport.InGame:
			h.wasInGame = true
		case r.Status == debugport.Connecting || r.Status == debugport.DownloadingFiles:
			h.onTheWay = true
		case r.Status == debugport.MainMenu:
			h.onTheWay = false
		}
	case inServerSeen:
		h.needServer = h.needServer && in.server == (ServerFact{})
		switch in.server.State {
		case ServerDown:
			h.wentDown, h.up = true, false
		case ServerStarting:
			if !h.up {
				h.upSince = h.now
			}
			h.up = true
		default:
			h.up = false
		}
	case inAsk:
		h.wanted, h.joined = true, 0
	case inConfigured:
		if in.config.Profile != h.cfg.Profile || in.config.Client != h.cfg.Client {
			h.joined = 0
		}
		if in.config.Profile != h.cfg.Profile || in.config.Ready != h.cfg.Ready {
			h.up = false
		}
		h.cfg = in.config
	case inPause:
		if h.paused = Forever; in.pause > 0 {
			h.paused = h.now + in.pause
		}
		h.inPause = true
	case inResume:
		h.paused = 0
	case inWoke:
		h.needStatus, h.needServer, h.up, h.joined = true, true, false, 0
	}
}

func (h *history) automatic() bool { return h.cfg.Auto && h.now >= h.paused }

func (h *history) serverReady() bool { return h.up && h.now-h.upSince >= historyReadyDelay }

// check holds one event against the books.
func (h *history) check(e Event) {
	h.t.Helper()
	switch e.Kind {
	case ClientReady, Dropped, Triggered, CountingDown, Sending, Joined, AttemptFailed, Missed:
		if h.needStatus || h.needServer {
			h.t.Fatalf("event %d before both sides are known after a sleep", e.Kind)
		}
	}
	switch e.Kind {
	case Asked:
		if e.Merged != h.open[e.Job] {
			h.t.Fatalf("job %d: joined %v, but under way %v", e.Job, e.Merged, h.open[e.Job])
		}
		h.open[e.Job] = true
	case Triggered:
		h.triggered(e)
		h.open[e.Job] = true
		h.wanted = false
	case Missed:
		if !h.inPause || !h.automatic() || !h.serverReady() || h.cfg.Elsewhere || !h.client.Ready() {
			h.t.Fatalf("it tells of %v as missed: paused before %v, automatic %v, the server ready %v, the client %v", e.Cause, h.inPause, h.automatic(), h.serverReady(), h.client)
		}
		h.inPause = false
	case Sending:
		h.sending(e)
	case AttemptFailed:
		h.unsettled = false
		h.wanted = false
	case Answered:
		if e.Answer == debugport.NotSent {
			h.posts[e.Job]--
			h.unsettled = false
		}
	case Joined, Failed, Refused, Cancelled:
		if !h.open[e.Job] {
			h.t.Fatalf("job %d ends in event %d and was not under way", e.Job, e.Kind)
		}
		if e.Reason == PasswordWanted && !h.sentEmpty || e.Reason == WrongPassword && h.sentEmpty {
			h.t.Fatalf("job %d ends with %v, and the last body was empty: %v", e.Job, e.Reason, h.sentEmpty)
		}
		h.open[e.Job] = false
		h.unsettled = false
		h.wanted = false
		h.joined, h.joinedAt = 0, e.At
		if e.Kind == Joined {
			h.joined = e.Job
		}
	}
}

func (h *history) triggered(e Event) {
	h.t.Helper()
	h.triggers++
	var cause *bool
	switch e.Cause {
	case ServerRestart:
		cause = &h.wentDown
	case Launch:
		cause = &h.absent
		if !h.cfg.OnLaunch {
			h.t.Fatal("a start made a reconnect with on_launch off")
		}
	case DroppedOut:
		cause = &h.wasInGame
		if !h.cfg.OnDrop {
			h.t.Fatal("a drop made a reconnect with the server up")
		}
		// What does not last was an attempt of the one that follows it.
		if h.joined != 0 && h.wasReady && h.now-h.joinedAt < 30*time.Second {
			h.posts[e.Job] = h.posts[h.joined]
			h.rejoins, h.notBefore = e.Job, h.now+time.Second
			h.thrown++
		}
	default:
		h.t.Fatalf("cause %v", e.Cause)
	}
	if !*cause {
		h.t.Fatalf("a reconnect for %v, and nothing of that kind since the last one", e.Cause)
	}
	*cause = false
	if h.cfg.Elsewhere {
		h.t.Fatalf("a reconnect for %v though the client would go elsewhere", e.Cause)
	}
	if !h.automatic() || !h.serverReady() {
		h.t.Fatalf("a reconnect for %v with automatic %v, the server ready %v", e.Cause, h.automatic(), h.serverReady())
	}
	for job, goesOn := range h.open {
		if goesOn {
			h.t.Fatalf("a reconnect for %v while job %d is under way", e.Cause, job)
		}
	}
}

func (h *history) sending(e Event) {
	h.t.Helper()
	h.sends++
	h.sentEmpty = h.empty
	if !h.open[e.Job] || h.posting != 0 || h.unsettled {
		h.t.Fatalf("job %d sends: under way %v, a POST out for job %d, one unsettled: %v", e.Job, h.open[e.Job], h.posting, h.unsettled)
	}
	if !h.atHand {
		h.t.Fatal("it sends without a password at hand")
	}
	if !h.wanted {
		h.ownSends++
		if e.Job == h.rejoins && h.now < h.notBefore {
			h.t.Fatal("it sends by itself right after a session that did not last")
		}
		if !h.automatic() || !h.serverReady() || h.cfg.Elsewhere {
			h.t.Fatalf("it sends by itself with automatic %v, the server ready %v, the client going elsewhere %v", h.automatic(), h.serverReady(), h.cfg.Elsewhere)
		}
	}
	if e.Attempt > 1 && h.onTheWay {
		h.t.Fatal("another attempt cuts off what the one before has brought")
	}
	h.onTheWay = false
	h.unsettled = true
	if h.posts[e.Job]++; h.posts[e.Job] > h.attempts {
		h.t.Fatalf("job %d sends for the %dth time, %d are allowed", e.Job, h.posts[e.Job], h.attempts)
	}
}
