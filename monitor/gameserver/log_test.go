package gameserver

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor/problem"
)

const (
	loading  = "[12:42:20] alt:V Server 16.0 (release)\r\n[12:42:20] Loading resource core\r\n"
	started  = "[12:42:21] Server started\r\n"
	shutdown = "[12:50:00] \x1b[33mServer shutdown\x1b[0m\r\n"
)

// logFile is a server.log that a test writes.
type logFile struct {
	t    *testing.T
	path string
}

func newLog(t *testing.T) logFile {
	return logFile{t, filepath.Join(t.TempDir(), "server.log")}
}

func (l logFile) folder() string { return filepath.Dir(l.path) }

func (l logFile) open(flags int, text string) {
	l.t.Helper()
	file, err := os.OpenFile(l.path, os.O_CREATE|os.O_WRONLY|flags, 0o644)
	if err != nil {
		l.t.Fatal(err)
	}
	if _, err := file.WriteString(text); err != nil {
		l.t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		l.t.Fatal(err)
	}
}

func (l logFile) begin(text string)  { l.t.Helper(); l.open(os.O_TRUNC, text) }
func (l logFile) append(text string) { l.t.Helper(); l.open(os.O_APPEND, text) }

// replace puts another file in the log's place.
func (l logFile) replace(text string) {
	l.t.Helper()
	other := logFile{l.t, l.path + ".new"}
	other.begin(text)
	if err := os.Rename(other.path, l.path); err != nil {
		l.t.Fatal(err)
	}
}

func TestLogOfOneRun(t *testing.T) {
	t.Parallel()
	log := newLog(t)
	w := watch(t, Config{Source: SourceLog, Folder: log.folder()})
	w.wantWhy(Unknown, problem.NoServerLog)
	log.begin(loading)
	w.wantWhy(Down, problem.WaitsForStarted)
	log.append("[12:42:21] Server st")
	log.append("arted")
	log.append("\r\n")
	w.want(Up)
	log.append("[12:42:22] player joined\r\n" + started) // the second is the game mode's
	log.append(shutdown)
	w.wantWhy(Down, problem.ServerShutDown)
	w.quiet()
}

func TestLogBegunAnew(t *testing.T) {
	// Each run has its own time stamps, by its number.
	for name, restart := range map[string]func(l logFile, run string){
		"truncated": func(l logFile, run string) { l.begin(""); l.append(run + loading + started) },
		"replaced":  func(l logFile, run string) { l.replace(run + loading + started) },
		"outgrown":  func(l logFile, run string) { l.begin(run + started + strings.Repeat("x", 9000)) },
		"gone and back": func(l logFile, run string) {
			if err := os.Remove(l.path); err != nil {
				l.t.Error(err)
			}
			l.begin(run + loading + started)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := newLog(t)
			w := watch(t, Config{Source: SourceLog, Folder: log.folder()})
			w.want(Unknown)
			log.begin(loading + strings.Repeat("x", 2*headSize) + "\r\n" + started)
			w.want(Down, Up)
			for i := range 10 {
				restart(log, fmt.Sprintf("[12:43:%02d] alt:V Server\r\n", i))
				if f := w.next(); f.State == Unknown { // seen while it was gone
					w.want(Down)
				} else if f.State != Down {
					t.Fatalf("told %v, want Down", f)
				}
				w.want(Up)
			}
			w.quiet()
		})
	}
}

func TestLogLeftBehind(t *testing.T) {
	t.Parallel()
	log := newLog(t)
	log.begin(loading + started)

	// Nothing but the log: it may be years old.
	w := watch(t, Config{Source: SourceLog, Folder: log.folder()})
	w.wantWhy(Unknown, problem.ServerLogOld)
	log.append("[12:42:22] player joined\r\n")
	w.want(Up)
	w.quiet()

	// A port that is refused says that nothing runs.
	s := newServer(t, nil)
	s.kill()
	w = watch(t, Config{Source: SourceLog, Folder: log.folder(), Address: s.address})
	w.wantWhy(Down, problem.ServerRefused)
	w.quiet()

	// One that accepts says that the log is of a living server.
	s.start()
	w = watch(t, Config{Source: SourceLog, Folder: log.folder(), Address: s.address})
	w.want(Up)
	w.quiet()

	log.append(shutdown)
	w = watch(t, Config{Source: SourceLog, Folder: log.folder()})
	w.wantWhy(Down, problem.ServerShutDown)
	w.quiet()
}

// A killed server writes nothing; the port shows it, and only the new run's line
// makes it ready again.
func TestLogAndPort(t *testing.T) {
	t.Parallel()
	log := newLog(t)
	log.begin(loading + started)
	s := newServer(t, nil)
	w := watch(t, Config{Source: SourceLog, Folder: log.folder(), Address: s.address})
	w.want(Up)
	for i := range 3 {
		s.kill()
		w.wantWhy(Down, problem.ServerRefused)
		log.begin(fmt.Sprintf("[12:43:%02d] alt:V Server\r\n%s", i, loading))
		s.start()
		w.wantWhy(Down, problem.WaitsForStarted)
		log.append(started)
		w.want(Up)
	}
	w.quiet()
}

func TestLogReadiness(t *testing.T) {
	at := func(seconds int) time.Time { return time.Unix(int64(seconds), 0) }
	up := portReport{kind: portOpen}
	for name, c := range map[string]struct {
		tcp  bool
		seen []any
		want string
	}{
		"old line, then refused, then another program listens": {true, []any{
			up, logReport{run: 1, mark: markStarted, at: at(1)}, portReport{kind: portRefused, at: at(2)}, up,
		}, "starting down down"},
		"refused while the new run still loads": {true, []any{
			logReport{run: 1, mark: markStarted, at: at(1)}, up, logReport{run: 2, at: at(3)},
			portReport{kind: portRefused, at: at(4)}, logReport{run: 2, mark: markStarted, at: at(5)}, up,
		}, "starting down down down starting"},
		"no answer for a while": {true, []any{
			logReport{run: 1, mark: markStarted, at: at(1)}, up, portReport{kind: portSilent, at: at(2)}, up,
		}, "starting down starting"},
		"a connection ends": {true, []any{
			logReport{run: 1, mark: markStarted, at: at(1)}, up, portReport{kind: portClosed, at: at(2)}, up,
		}, "starting starting"},
		"cannot dial": {true, []any{
			logReport{run: 1, mark: markStarted, at: at(1)}, portReport{kind: portFault},
		}, "unknown"},
		"a drive away for a while": {false, []any{
			logReport{run: 1, mark: markStarted, at: at(1), alive: true},
			logReport{run: 1, mark: markStarted, at: at(1), alive: true, missing: *problem.New(problem.NoServerLog)},
			logReport{run: 1, mark: markStarted, at: at(1), alive: true},
		}, "starting unknown starting"},
		"a whole run unseen": {false, []any{
			logReport{run: 1, mark: markStarted, at: at(1), alive: true},
			logReport{run: 2, mark: markStarted, at: at(2), alive: true},
		}, "starting down starting"},
	} {
		t.Run(name, func(t *testing.T) {
			j := &logReadiness{tcp: c.tcp}
			var got []string
			for _, seen := range c.seen {
				for _, fact := range j.observe(seen) {
					got = append(got, fact.State.String())
					if fact.State == Up && fact.Why.Code != "" {
						t.Errorf("%v with the reason %v", fact.State, fact.Why)
					}
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestLogFolderComesLater(t *testing.T) {
	t.Parallel()
	log := newLog(t)
	log.path = filepath.Join(log.folder(), "later", "server.log")
	w := watch(t, Config{Source: SourceLog, Folder: log.folder()})
	w.wantWhy(Unknown, problem.ServerFolderGone)
	if err := os.Mkdir(log.folder(), 0o755); err != nil {
		t.Fatal(err)
	}
	w.wantWhy(Unknown, problem.NoServerLog)
	log.begin(loading + started)
	w.want(Down, Up)
	w.quiet()
}

func TestLogThatIsAFolder(t *testing.T) {
	t.Parallel()
	log := newLog(t)
	if err := os.Mkdir(log.path, 0o755); err != nil {
		t.Fatal(err)
	}
	w := watch(t, Config{Source: SourceLog, Folder: log.folder()})
	w.wantWhy(Unknown, problem.ServerLogUnread)
	w.quiet()
}

// A restart is noticed also where looks are a second apart.
func TestLogNotUrgent(t *testing.T) {
	t.Parallel()
	log := newLog(t)
	w := watch(t, Config{Source: SourceLog, Folder: log.folder()})
	w.Urgent(false)
	w.want(Unknown)
	for i := range 2 {
		log.begin(fmt.Sprintf("[12:43:%02d] alt:V Server\r\n%s", i, loading))
		w.want(Down)
		log.append(started)
		w.want(Up)
		log.append("[12:42:22] player joined\r\n")
	}
	w.quiet()
}

func TestCDN(t *testing.T) {
	t.Parallel()
	log := newLog(t)
	config := filepath.Join(log.folder(), "server.toml")
	write := func(text string) {
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("useCdn = true\n")
	s := newServer(t, nil)
	w := watch(t, Config{Source: SourcePort, Folder: log.folder(), Address: s.address})
	w.wantWhy(Unknown, problem.CDNTellsNothing)
	log.begin(loading)
	w.want(Down)
	log.append(started)
	w.want(Up)
	if len(s.accepted) != 0 {
		t.Error("the port was dialed all the same")
	}
	// Switched off, the port counts again.
	log.append(shutdown)
	w.want(Down)
	write("useCdn = false\n")
	w.want(Up)
	w.quiet()
}

func BenchmarkFollow100MB(b *testing.B) {
	line := "[12:42:22] something that a game mode has to say about one of its players\r\n"
	text := strings.Repeat(line, 100<<20/len(line))
	path := filepath.Join(b.TempDir(), "server.log")
	for _, where := range []string{"in front", "at the end"} {
		log := text + started
		if where == "in front" {
			log = started + text
		}
		if err := os.WriteFile(path, []byte(log), 0o600); err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("first look, mark %s", where), func(b *testing.B) {
			b.SetBytes(int64(len(log)))
			b.ReportAllocs()
			for b.Loop() {
				f := newFollower(filepath.Dir(path))
				if f.look(); f.now.mark != markStarted {
					b.Fatal("not found")
				}
			}
		})
	}
	b.Run("grown by 100 MB", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			f := newFollower(filepath.Dir(path))
			b.StopTimer()
			f.look()
			f.offset, f.now.mark = 0, markNone
			b.StartTimer()
			if f.look(); f.now.mark != markStarted {
				b.Fatal("not found")
			}
		}
	})
	b.Run("nothing new", func(b *testing.B) {
		f := newFollower(filepath.Dir(path))
		b.ReportAllocs()
		for b.Loop() {
			f.look()
		}
	})
}
