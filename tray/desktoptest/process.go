//go:build linux

package desktoptest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Process is a program that a test has started.
type Process struct {
	Pid     int
	Started time.Time // just before the start

	name   string
	cmd    *exec.Cmd
	out    output
	errOut output
	done   chan struct{} // closed when it has ended
}

// output collects what a process prints; it can be read meanwhile.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// cut drops all that was printed after the first n bytes.
func (o *output) cut(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Truncate(n)
}

// Start starts a program in this environment with the text on its standard input. It ends
// with the test, by its process id.
func (e *Env) Start(t testing.TB, stdin, program string, args ...string) *Process {
	t.Helper()
	return start(t, e.Vars(), stdin, program, args...)
}

func start(t testing.TB, vars []string, stdin, program string, args ...string) *Process {
	t.Helper()
	p := &Process{name: filepath.Base(program), cmd: exec.Command(program, args...), done: make(chan struct{})}
	p.cmd.Env = vars
	p.cmd.Dir = os.TempDir()
	p.cmd.Stdin = strings.NewReader(stdin)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.errOut
	// Otherwise Wait would wait for a background grandchild that has the pipes.
	p.cmd.WaitDelay = 2 * time.Second
	p.Started = time.Now()
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	p.Pid = p.cmd.Process.Pid
	go func() {
		p.cmd.Wait()
		close(p.done)
	}()
	t.Cleanup(func() {
		p.end()
		if t.Failed() && p.Stdout()+p.Stderr() != "" {
			t.Logf("%s %s printed:\n%s%s", p.name, strings.Join(args, " "), p.Stdout(), p.Stderr())
		}
	})
	return p
}

// end asks the process to end, and kills it after five seconds.
func (p *Process) end() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(5 * time.Second):
		p.cmd.Process.Kill()
		<-p.done
	}
}

// Signal sends a signal to the process.
func (p *Process) Signal(t testing.TB, signal os.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatalf("send %v to %s: %v", signal, p.name, err)
	}
}

// Stdout returns what the process has printed to its standard output so far.
func (p *Process) Stdout() string { return p.out.String() }

// Stderr returns what the process has printed to its standard error so far.
func (p *Process) Stderr() string { return p.errOut.String() }

// Running reports whether the process has not ended yet.
func (p *Process) Running() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// Wait waits for the process to end and returns its exit code, -1 where a signal
// ended it.
func (p *Process) Wait(t testing.TB, limit time.Duration) int {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(limit):
		t.Fatalf("%s (process %d) has not ended within %v; it printed:\n%s%s", p.name, p.Pid, limit, p.Stdout(), p.Stderr())
	}
	return p.cmd.ProcessState.ExitCode()
}

// Result is what a command left behind.
type Result struct {
	Code           int
	Stdout, Stderr string
}

func (r Result) String() string {
	return fmt.Sprintf("exit %d, stdout %q, stderr %q", r.Code, r.Stdout, r.Stderr)
}

// Run runs a command to its end, at most 30 s long.
func (e *Env) Run(t testing.TB, stdin, program string, args ...string) Result {
	t.Helper()
	return run(t, e.Vars(), stdin, program, args...)
}

func run(t testing.TB, vars []string, stdin, program string, args ...string) Result {
	t.Helper()
	p := start(t, vars, stdin, program, args...)
	return Result{Code: p.Wait(t, 30*time.Second), Stdout: p.Stdout(), Stderr: p.Stderr()}
}

// ProcFile returns a file of the process from /proc: cmdline, environ.
func (p *Process) ProcFile(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("/proc", fmt.Sprint(p.Pid), name))
	if err != nil {
		t.Fatalf("look at process %d: %v", p.Pid, err)
	}
	return string(data)
}

// ProcessesOf returns the command lines of all running processes with this environment's
// home.
func (e *Env) ProcessesOf(t testing.TB) []string {
	t.Helper()
	environs, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, path := range environs {
		data, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(data, []byte("HOME="+e.Home+"\x00")) {
			continue // ended meanwhile, or not ours
		}
		line, err := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline"))
		if err == nil && len(line) > 0 {
			found = append(found, strings.TrimSpace(strings.ReplaceAll(string(line), "\x00", " ")))
		}
	}
	return found
}
