package tray

import (
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/history"
	"altv-tray/monitor/simulator"
	"altv-tray/tray/view"
)

// soakVariable is for how many days TestSoak goes on; one without it.
const soakVariable = "ALTV_TRAY_SOAK_DAYS"

// What the heap may have grown by since the first two hours, in bytes: this, and
// what the simulator keeps of each of its last thousand requests.
const (
	soakHeap    = 64 << 10
	soakRequest = 128
)

// TestSoak is a developer's day in virtual time: the whole app but for the real
// desktop and its ports, with a simulated client and server at their real speed,
// real files, and all that happens to them. At the end as much is in use as two
// hours after the start. See soak_work_test.go for what the developer does.
func TestSoak(t *testing.T) {
	days := 1
	if text := os.Getenv(soakVariable); text != "" {
		var err error
		if days, err = strconv.Atoi(text); err != nil || days < 1 {
			t.Fatalf("%s is %q", soakVariable, text)
		}
	}
	work := 5 * time.Hour
	if raceDetector {
		work = 3 * time.Hour
	}
	before := runtime.NumGoroutine()
	synctest.Test(t, func(t *testing.T) {
		s := startSoak(t, days)
		defer s.close()
		s.morning()
		for s.day = range days {
			s.work(work)
			s.night(24*time.Hour - work)
		}
		s.compare()
	})
	// The collector's own, which runs at times, is counted too.
	eventually(t, "the end of all goroutines", func() bool { return runtime.NumGoroutine() <= before })
}

// soak is the app, the world around it, and the books that are kept on both.
type soak struct {
	*fixture
	random  *rand.Rand
	server  string // the server's folder
	stolen  atomic.Int64
	sent    atomic.Int64 // requests that the client took
	harm    atomic.Int64 // and those that came while it was busy
	notices atomic.Int64

	closeLog   func()
	end        func()
	started    time.Time
	day        int
	restarts   int
	deeds      map[string]int
	early, now usage
}

// usage is what the process uses.
type usage struct {
	heap              uint64
	goroutines, files int
}

// measure goes to one and the same state first. A language is a catalogue of its
// own size.
func (s *soak) measure() usage {
	s.set("language", "de")
	s.settled()
	runtime.GC()
	runtime.GC() // what the first one left to finalizers and pools
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	u := usage{m.HeapAlloc, runtime.NumGoroutine(), 0}
	for range 50 { // one of the collector's may be among them for a moment
		s.pass(time.Millisecond)
		u.goroutines = min(u.goroutines, runtime.NumGoroutine())
	}
	if files, err := os.ReadDir("/proc/self/fd"); err == nil {
		u.files = len(files)
	}
	return u
}

const soakPassword = "geheim"

func startSoak(t *testing.T, days int) *soak {
	s := &soak{random: rand.New(rand.NewPCG(7, uint64(days))), server: t.TempDir(), deeds: map[string]int{}, started: time.Now()}
	s.configure(t, soakPassword)
	client := t.TempDir()
	if err := os.WriteFile(filepath.Join(client, "altv.toml"), []byte("debug = true\nlastip = '127.0.0.1:7788'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var network simulator.Network
	w := simulator.New(simulator.Options{Folder: s.server, Listen: network.Listen, Event: func(line string) {
		if strings.Contains(line, "/reconnect") {
			s.sent.Add(1)
		}
		if strings.Contains(line, "while busy") {
			s.harm.Add(1)
		}
	}})
	if err := w.Start("127.0.0.1:9223", "127.0.0.1:7788"); err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("# mine\n[[profiles]]\nname = \"default\" # here\nfolder = '%s'\n\n"+
		"[[profiles]]\nname = \"told\"\nfolder = '%s'\nready = \"signal\"\n\n[[profiles]]\nname = \"open\"\npassword = \"none\"\n", s.server, s.server)
	s.fixture = newFixture(t, w, text, func(o *Options) {
		var err error
		if o.Log, s.closeLog, err = OpenLog(o.Paths.StateDir, io.Discard); err != nil {
			t.Fatal(err)
		}
		o.System.NewWatcher = dialingBy(network.Dial)
		o.Monitor = monitor.Options{
			Dial: network.Dial,
			Wall: func() time.Time { return time.Now().Add(time.Duration(s.stolen.Load())) },
		}
		// A desktop that at times is slow, or says no.
		o.Notify = func(view.Notice) error {
			switch n := s.notices.Add(1); {
			case n%50 == 0:
				time.Sleep(6 * time.Second)
			case n%30 == 0:
				return errors.New("no notifications today")
			}
			return nil
		}
	})
	s.find = func(string) (string, error) {
		return client, nil
	}
	for _, profile := range []string{"default", "told"} {
		if err := s.keys.Set(t.Context(), profile, soakPassword); err != nil {
			t.Fatal(err)
		}
	}
	s.end = s.runParts(s.surroundings.Run)
	return s
}

// configure writes the server's settings. The file system's own times know
// nothing of the virtual ones.
func (s *soak) configure(t *testing.T, password string) {
	t.Helper()
	file := filepath.Join(s.server, "server.toml")
	text := fmt.Sprintf("name = 'soak %d'\ndebug = true\npassword = '%s'\n", s.restarts, password)
	if err := errors.Join(os.WriteFile(file, []byte(text), 0o600), os.Chtimes(file, time.Now(), time.Now())); err != nil {
		t.Fatal(err)
	}
}

// pass lets time go by.
func (s *soak) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// between returns a time in these bounds, and never one that the app's own
// rhythm falls together with.
func (s *soak) between(low, high time.Duration) time.Duration {
	return low + time.Duration(s.random.Int64N(int64(high-low)))
}

// until waits for what must come.
func (s *soak) until(limit time.Duration, what string, fits func() bool) {
	s.t.Helper()
	for begun := time.Now(); !fits(); s.pass(97 * time.Millisecond) {
		if time.Since(begun) > limit {
			s.t.Fatalf("day %d, %v: after %v: %s; the client is %v, the server ready: %v; %+v\n%s", s.day, time.Since(s.started), limit, what,
				s.world.Client.Word(), s.world.Server.Ready(), s.monitor.Snapshot(), s.lastLines())
		}
	}
}

func (s *soak) lastLines() string {
	text, _ := os.ReadFile(filepath.Join(s.Paths.StateDir, LogName))
	lines := strings.Split(string(text), "\n")
	return strings.Join(lines[max(0, len(lines)-40):], "\n")
}

// at says where the client is.
func (s *soak) at(status debugport.Status) bool {
	snap := s.monitor.Snapshot()
	return s.world.Client.Status() == status && snap.Client.Status == status && snap.Reconnect.Phase == monitor.NoJob
}

// settled is the state in which each deed begins and ends: in the game, with
// nothing under way, and the icon says so.
func (s *soak) settled() {
	s.t.Helper()
	s.until(2*time.Minute, "in the game and all quiet", func() bool {
		return s.at(debugport.InGame) && s.world.Server.Ready() && s.panel.view().Icon == assets.InGame
	})
	if s.harm.Load() > 0 || s.world.Client.Frozen() {
		s.t.Fatalf("day %d, %v: %d requests while the client was busy\n%s", s.day, time.Since(s.started), s.harm.Load(), s.lastLines())
	}
}

// expect does something that has to make so many requests, and brings the
// client into the game.
func (s *soak) expect(requests int, what string, do func()) {
	s.t.Helper()
	before, joins := s.sent.Load(), s.world.Client.Joins()
	do()
	s.settled()
	s.pass(7 * time.Second)
	s.settled()
	if got := int(s.sent.Load() - before); got != requests {
		s.t.Fatalf("day %d, %v: %s: %d requests, want %d\n%s", s.day, time.Since(s.started), what, got, requests, s.lastLines())
	}
	if got := s.world.Client.Joins() - joins; (got == 0) != (requests == 0) || got > max(requests, 1) {
		s.t.Fatalf("%s: %d joins with %d requests", what, got, requests)
	}
}

// quiet does something that must make no request, whatever becomes of the
// client.
func (s *soak) quiet(what string, do func()) {
	s.t.Helper()
	before := s.sent.Load()
	do()
	if got := s.sent.Load() - before; got != 0 {
		s.t.Fatalf("day %d, %v: %s: %d requests\n%s", s.day, time.Since(s.started), what, got, s.lastLines())
	}
}

// close ends all of it.
func (s *soak) close() {
	s.end()
	_ = s.world.Close()
	log.SetOutput(os.Stderr)
	s.closeLog()
}

// compare has a look at the end, and at what was left behind.
func (s *soak) compare() {
	t := s.t
	s.now = s.measure()
	hours := time.Since(s.started).Hours()
	t.Logf("%.0f hours: %d restarts, %d requests, %d joins, %d notices; %v", hours, s.restarts, s.sent.Load(), s.world.Client.Joins(), s.notices.Load(), s.deeds)
	t.Logf("after 2 hours %+v, after %.0f %+v", s.early, hours, s.now)
	if grown := int64(s.now.heap) - int64(s.early.heap); grown > soakHeap+soakRequest*min(s.sent.Load(), 1000) {
		t.Errorf("the heap grew by %d bytes", grown)
	}
	if s.now.goroutines > s.early.goroutines || s.now.files > s.early.files {
		t.Errorf("%+v, after two hours it was %+v", s.now, s.early)
	}
	if s.restarts < 150*(s.day+1) && !raceDetector {
		t.Errorf("%d restarts are too few for a busy developer", s.restarts)
	}
	var logs int64
	files, err := filepath.Glob(filepath.Join(s.Paths.StateDir, "altv-tray*.log*"))
	for _, file := range files {
		if info, statErr := os.Stat(file); statErr == nil {
			logs += info.Size()
		}
	}
	if most := int64(logMegabytes+1) << 20 * (logBackups + 1); err != nil || len(files) == 0 || logs > most {
		t.Errorf("%d bytes in %d files of log: %v", logs, len(files), err)
	}
	info, err := os.Stat(filepath.Join(s.Paths.StateDir, history.FileName))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := history.All(s.Paths.StateDir)
	if err != nil || len(entries) < 100 || info.Size() > 5<<20 {
		t.Errorf("%d entries of history in %d bytes: %v", len(entries), info.Size(), err)
	}
	t.Logf("%d bytes of log in %d files, %d entries of history in %d bytes", logs, len(files), len(entries), info.Size())
	if s.said.String() != "" {
		t.Errorf("it complained: %s", s.said)
	}
	if problem := s.Store.Problem(); problem != nil || !strings.Contains(s.settingsFile(), "# mine") || !strings.Contains(s.settingsFile(), "# here") {
		t.Errorf("%v:\n%s", problem, s.settingsFile())
	}
}

func (s *soak) settingsFile() string {
	text, err := os.ReadFile(s.Store.File())
	if err != nil {
		s.t.Error(err)
	}
	return string(text)
}

// set changes a setting as the menu or an editor does.
func (s *soak) set(key string, value any) {
	s.t.Helper()
	if err := s.Store.Set(key, value); err != nil {
		s.t.Fatal(err)
	}
	s.pass(time.Second)
}
