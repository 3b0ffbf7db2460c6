//go:build linux

package desktoptest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// AnswerLimit is how long a menu or a command may take, whatever is broken.
const AnswerLimit = 2 * time.Second

// Baseline is what a healthy program has before a fault, for comparison with what it has
// afterwards.
type Baseline struct {
	d        *Desktop
	app      *Process
	files    int
	settings string
}

// Baseline looks at the program before a fault. Let the program first do once what it
// will do again afterwards, so that it has opened everything that it keeps open.
func (d *Desktop) Baseline(t testing.TB, app *Process) *Baseline {
	t.Helper()
	return &Baseline{d: d, app: app, files: len(app.openFiles(t)), settings: d.settingsText(t)}
}

// Check checks what no fault may harm: the program runs and has not
// panicked, the settings are as they were, polling goes on, and the password is
// only in requests to reconnect.
func (b *Baseline) Check(t testing.TB) {
	t.Helper()
	if !b.app.Running() {
		t.Fatalf("the program has ended:\n%s%s", b.app.Stdout(), b.app.Stderr())
	}
	b.d.CheckNoPanic(t, b.app)
	if now := b.d.settingsText(t); now != b.settings {
		t.Errorf("the settings were changed, from %q to %q", b.settings, now)
	}
	b.d.Port.WaitPolls(t, 2)
	b.d.CheckNoPassword(t, b.app)
}

// Recovered is Check after the fault is gone and the program has done its work again. It
// also checks that no more files are open than before, but for the connection that is kept
// once a notification had a button. It ends the program, which must have no
// more goroutines than a healthy one that is started for comparison.
func (b *Baseline) Recovered(t testing.TB, state string) {
	t.Helper()
	b.Check(t)
	b.d.Notes.ExpireAll()
	most := b.files + 1
	Until(t, 10*time.Second, fmt.Sprintf("no more than %d files are open", most), func() (bool, string) {
		open := b.app.openFiles(t)
		return len(open) <= most, fmt.Sprintf("%d: %q", len(open), open)
	})
	after := b.app.Goroutines(t)
	healthy := b.d.Start(t, state)
	b.d.ReconnectWorks(t)
	before := healthy.Goroutines(t)
	slack := 3 // a poll or a notification may be under way in one of them
	// Once a notification had a button its connection is kept: this goroutine and two of the library's.
	const kept = "altv-tray/tray/notify.(*Desktop).connect"
	if after[kept] == 1 && before[kept] == 0 {
		slack += 3
	}
	if n, m := total(after), total(before); n > m+slack {
		more := maps.Clone(after)
		maps.DeleteFunc(more, func(from string, n int) bool { return n <= before[from] })
		t.Errorf("%d goroutines after the fault, %d in a healthy program; more of these: %v", n, m, more)
	}
}

// Answers checks that the program answers a user at once: its commands and, if there is
// a panel, its menu.
func (d *Desktop) Answers(t testing.TB) {
	t.Helper()
	begin := time.Now()
	if result := d.Env.Run(t, "", d.Program, "status"); result.Code != 0 {
		t.Errorf("altv-tray status: %v", result)
	}
	if took := time.Since(begin); took > AnswerLimit {
		t.Errorf("altv-tray status took %v", took)
	}
	begin = time.Now()
	if result := d.Env.Run(t, "", d.Program, "resume"); result.Code != 0 {
		t.Errorf("altv-tray resume: %v", result)
	}
	if took := time.Since(begin); took > AnswerLimit {
		t.Errorf("altv-tray resume took %v", took)
	}
	if d.Panel == nil {
		return
	}
	if _, shown := d.Panel.Registered(); !shown {
		return
	}
	begin = time.Now()
	if _, err := d.Panel.Look(); err != nil {
		t.Errorf("look at the menu: %v", err)
	}
	if took := time.Since(begin); took > AnswerLimit {
		t.Errorf("the menu took %v", took)
	}
}

// ReconnectWorks reconnects the client once, through the menu.
func (d *Desktop) ReconnectWorks(t testing.TB) {
	t.Helper()
	d.Port.Script(Joins...)
	before := len(d.Port.Reconnects())
	d.Click(t, "Reconnect now")
	d.joined(t, d.Port.WaitReconnects(t, before+1, 5*time.Second)[before])
}

// joined waits until the program has seen the end of the join. The state alone may be
// the one before it.
func (d *Desktop) joined(t testing.TB, sent Request) {
	t.Helper()
	Until(t, 10*time.Second, "the client was seen in game after it", func() (bool, string) {
		n := 0
		for _, poll := range d.Port.Polls() {
			if poll.At.After(sent.At) && poll.Word == "IN_GAME" {
				n++
			}
		}
		return n >= 2, fmt.Sprintf("%d times", n) // the second is asked for when the first has been dealt with
	})
	d.WaitState(t, "alt:V: In game", 10*time.Second)
}

// CheckNoPanic checks that the program has not printed a panic.
func (d *Desktop) CheckNoPanic(t testing.TB, app *Process) {
	t.Helper()
	printed := app.Stderr() + d.log(t)
	for _, mark := range []string{"panic:", "fatal error:", "goroutine ", "nil pointer"} {
		if strings.Contains(printed, mark) {
			t.Errorf("a panic: %s", printed)
			return
		}
	}
}

// CheckNoPassword checks that the password was sent in requests to reconnect only, and
// that these had nothing else in them.
func (d *Desktop) CheckNoPassword(t testing.TB, app *Process) {
	t.Helper()
	for _, r := range d.Port.Reconnects() {
		if r.Method != "POST" || r.Path != "/reconnect" || r.Body != Password {
			t.Errorf("sent %s %s with the body %q", r.Method, r.Path, r.Body)
		}
	}
	if strings.Contains(app.Stdout()+app.Stderr(), Password) {
		t.Error("the program has printed the password")
	}
	if files := d.Env.FilesWith(t, Password); len(files) > 0 {
		t.Errorf("files with the password: %q", files)
	}
	if d.Notes == nil {
		return
	}
	for _, note := range d.Notes.Shown() {
		if strings.Contains(note.Text(), Password) {
			t.Errorf("a notification holds the password: %+v", note)
		}
	}
}

// Until waits until the program's log and output are as wanted.
func (d *Desktop) Until(t testing.TB, app *Process, limit time.Duration, what string, wanted func(said string) bool) {
	t.Helper()
	Until(t, limit, what, func() (bool, string) {
		said := d.log(t) + app.Stderr()
		return wanted(said), said
	})
}

func (d *Desktop) log(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(d.Env.StateFile("altv-tray.log"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(data)
}

func (d *Desktop) settingsText(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(d.Env.Config, "altv-tray", "settings.toml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// openFiles returns what the process has open, as /proc names it.
func (p *Process) openFiles(t testing.TB) []string {
	t.Helper()
	folder := filepath.Join("/proc", fmt.Sprint(p.Pid), "fd")
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatalf("look at process %d: %v", p.Pid, err)
	}
	var open []string
	for _, entry := range entries {
		if to, err := os.Readlink(filepath.Join(folder, entry.Name())); err == nil { // else closed meanwhile
			open = append(open, to)
		}
	}
	return open
}

// ProcessorTime returns the processor time that the process has used so far.
func (p *Process) ProcessorTime(t testing.TB) time.Duration {
	t.Helper()
	_, after, _ := strings.Cut(p.ProcFile(t, "stat"), ") ") // a name may hold spaces
	fields := strings.Fields(after)
	var user, system int64
	if _, err := fmt.Sscan(fields[11]+" "+fields[12], &user, &system); err != nil {
		t.Fatalf("processor time of process %d: %v", p.Pid, err)
	}
	return time.Duration(user+system) * 10 * time.Millisecond // a tick, on Linux
}

var (
	goroutineHead = regexp.MustCompile(`(?m)^goroutine \d+ .*:$`)
	goroutineFrom = regexp.MustCompile(`(?m)^created by (\S+)`)
)

// Goroutines ends a Go program with SIGQUIT and returns how many goroutines it
// had, by the function that made them.
func (p *Process) Goroutines(t testing.TB) map[string]int {
	t.Helper()
	printed := len(p.Stderr())
	p.Signal(t, syscall.SIGQUIT)
	if code := p.Wait(t, 5*time.Second); code != 2 {
		t.Fatalf("SIGQUIT ended %s with %d", p.name, code)
	}
	found := map[string]int{}
	heads := goroutineHead.FindAllStringIndex(p.Stderr()[printed:], -1)
	for i, head := range heads {
		end := len(p.Stderr()) - printed
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		from := "main"
		if m := goroutineFrom.FindStringSubmatch(p.Stderr()[printed+head[1] : printed+end]); m != nil {
			from = m[1]
		}
		found[from]++
	}
	if len(found) == 0 {
		t.Fatalf("no goroutines in what %s printed: %s", p.name, p.Stderr())
	}
	p.errOut.cut(printed) // a failure's message is long enough without it
	return found
}

func total(counts map[string]int) int {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum
}
