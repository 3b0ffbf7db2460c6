package gameserver

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/problem"
)

// Each restart is reported. One in ten may be missed only if the system cannot distinguish
// listeners and the computer is so busy that the watch did not dial while the server was
// away.
func TestPortRestarts(t *testing.T) {
	if runtime.GOOS == "windows" && !listenersTold {
		t.Skip("this process is both servers, and Windows repeats a refused dial until the second one listens")
	}
	for _, c := range []struct {
		away  time.Duration
		times int
	}{
		{5 * time.Millisecond, 10}, {20 * time.Millisecond, 10}, {50 * time.Millisecond, 10},
		{100 * time.Millisecond, 5}, {200 * time.Millisecond, 3},
	} {
		for name, kill := range map[string]func(*server){"listener first": (*server).kill, "connections first": (*server).killBackwards} {
			t.Run(fmt.Sprintf("%v %s", c.away, name), func(t *testing.T) {
				t.Parallel()
				s := newServer(t, nil)
				var dialed atomic.Int64 // dials that are over
				w := watch(t, Config{Source: SourcePort, Address: s.address}, func(w *Watcher) {
					w.cfg.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
						defer dialed.Add(1)
						return dialTCP(ctx, network, address)
					}
				})
				w.want(Up)
				wait := patience
				if !listenersTold {
					wait = time.Second
				}
				late := 0
				for range c.times {
					kill(s)
					before := dialed.Load()
					pass(c.away)
					after := dialed.Load()
					s.start()
					select {
					case f := <-w.facts:
						if f.State != Down {
							t.Fatalf("told %v (%v), want Down", f.State, &f.Why)
						}
						// A dying listener may have accepted two requests: Down, for two reasons.
						for f.State == Down {
							f = w.next()
						}
						if f.State != Up {
							t.Fatalf("told %v (%v), want Up", f.State, &f.Why)
						}
					case <-time.After(wait):
						if late++; listenersTold || after > before {
							t.Error("a restart was missed though the server was dialed while away")
						}
					}
				}
				if late > max(1, c.times/10) {
					t.Errorf("%d of %d restarts were missed", late, c.times)
				}
				w.quiet()
			})
		}
	}
}

// A restart that is over before the next regular dial is due, once a second
// when nothing is urgent, is noticed by the connection's end alone.
func TestPortRestartNotUrgent(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	w := watch(t, Config{Source: SourcePort, Address: s.address})
	w.Urgent(false)
	w.want(Up)
	s.kill()
	pass(300 * time.Millisecond)
	s.start()
	w.want(Down) // on a busy computer the dial comes late, and finds another socket
	w.Urgent(true)
	w.want(Up)
	w.quiet()
}

// TestPortKilledProcess kills a real process, once unread data and all.
func TestPortKilledProcess(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	s.kill()
	w := watch(t, Config{Source: SourcePort, Address: s.address})
	w.want(Down)
	for range 10 {
		process := exec.Command(os.Args[0])
		process.Env = append(os.Environ(), "GAMESERVER_TEST_LISTEN="+s.address)
		out, err := process.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := process.Start(); err != nil {
			t.Fatal(err)
		}
		accepted, err := bufio.NewReader(out).ReadString('\n')
		_ = process.Process.Kill()
		_ = process.Wait()
		if err != nil {
			t.Fatalf("the process said %q: %v", accepted, err)
		}
		w.want(Up, Down)
	}
	w.quiet()
}

// serveIfAsked makes the test binary the process to be killed.
func serveIfAsked() {
	address := os.Getenv("GAMESERVER_TEST_LISTEN")
	if address == "" {
		return
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		conn, err := listener.Accept()
		if err != nil {
			os.Exit(1)
		}
		answer(conn)
		fmt.Println("accepted")
	}
}

// A living server may end our connections after any time, with or without a
// request, in order or by a reset: never Down. A restart is noticed all the same.
func TestPortIdleClosingServerIsUp(t *testing.T) {
	for _, after := range []time.Duration{time.Millisecond, 150 * time.Millisecond, 400 * time.Millisecond, proofAge - time.Millisecond} {
		for _, abortive := range []bool{false, true} {
			t.Run(fmt.Sprintf("%v abortive=%t", after, abortive), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					began := time.Now()
					d := &fakeDial{}
					d.answer = func(context.Context) (net.Conn, error) {
						if at := time.Since(began); at > time.Minute && at < time.Minute+proofAge+5*urgentEvery {
							return nil, errRefused
						}
						conn, err := answeringConn(after)
						if abortive {
							conn = resetConn{conn}
						}
						return conn, err
					}
					var states []State
					for _, fact := range d.run(true, 2*time.Minute) {
						states = append(states, fact.State)
					}
					if !slices.Equal(states, []State{Up, Down, Up}) || d.calls < 15 {
						t.Errorf("%v, %d dials", states, d.calls)
					}
				})
			})
		}
	}
}

// resetConn ends by a reset where a connection ends in order.
type resetConn struct{ net.Conn }

func (c resetConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if errors.Is(err, io.EOF) {
		err = &net.OpError{Op: "read", Err: syscall.ECONNRESET}
	}
	return n, err
}

// fakeDial counts its calls and answers as the test wants.
type fakeDial struct {
	calls  int
	answer func(ctx context.Context) (net.Conn, error)
}

func (d *fakeDial) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	d.calls++
	return d.answer(ctx)
}

// run watches the source "port" for a while of the bubble's time.
func (d *fakeDial) run(urgent bool, length time.Duration) []Fact {
	var facts []Fact
	w := New(Config{Source: SourcePort, Address: "192.0.2.1:7788", Dial: d.dial}, func(f Fact) { facts = append(facts, f) })
	w.Urgent(urgent)
	ctx, cancel := context.WithTimeout(context.Background(), length)
	defer cancel()
	w.Run(ctx)
	return facts
}

func TestPortBlackHole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &fakeDial{answer: func(ctx context.Context) (net.Conn, error) {
			<-ctx.Done()
			return nil, &net.OpError{Op: "dial", Err: ctx.Err()}
		}}
		began := time.Now()
		facts := d.run(true, 10*time.Second+500*time.Millisecond)
		if took := time.Since(began); took != 10*time.Second+500*time.Millisecond {
			t.Errorf("Run ended %v after its start, with a dial under way", took)
		}
		if len(facts) != 1 || facts[0] != (Fact{State: Down, Why: *problem.New(problem.ServerSilent, problem.Text("address", "192.0.2.1:7788"))}) {
			t.Errorf("told %v, want Down once", facts)
		}
		if d.calls != 12 {
			t.Errorf("%d dials in 10.5 s, want one each %v", d.calls, dialLimit)
		}
	})
}

// endedConn is a connection that was ended at once, as a relay does.
func endedConn(context.Context) (net.Conn, error) {
	ours, theirs := net.Pipe()
	_ = theirs.Close()
	return ours, nil
}

// answeringConn is a connection to a server that answers and ends it after the
// time, whether it was asked or not; 0 is at once after its answer.
func answeringConn(after time.Duration) (net.Conn, error) {
	ours, theirs := net.Pipe()
	if after > 0 {
		go answer(theirs)
		time.AfterFunc(after, func() { _ = theirs.Close() })
		return ours, nil
	}
	go func() {
		answer(theirs)
		_ = theirs.Close()
	}()
	return ours, nil
}

// answer answers one request, if one comes before the connection ends.
func answer(conn net.Conn) {
	if _, err := conn.Read(make([]byte, 512)); err == nil {
		_, _ = io.WriteString(conn, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
	}
}
