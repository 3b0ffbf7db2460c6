package gameserver

import (
	"context"
	"net"
	"net/netip"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/problem"
)

func TestListenersReplaced(t *testing.T) {
	const one, two, three = 1, 2, 3
	for name, c := range map[string]struct {
		looks [][]listener
		want  []bool
	}{
		"the first is no other":      {[][]listener{{one}}, []bool{false}},
		"the same":                   {[][]listener{{one}, {one}}, []bool{false, false}},
		"another":                    {[][]listener{{one}, {two}, {two}}, []bool{false, true, false}},
		"none found tells nothing":   {[][]listener{{}, {one}, nil, {one}}, []bool{false, false, false, false}},
		"another after none":         {[][]listener{{one}, nil, {two}}, []bool{false, false, true}},
		"one of several is replaced": {[][]listener{{one, two}, {two, three}, {three}}, []bool{false, false, false}},
		"all are replaced":           {[][]listener{{one}, {two, three}}, []bool{false, true}},
	} {
		t.Run(name, func(t *testing.T) {
			look := 0
			l := listeners{
				at:   netip.MustParseAddrPort("127.0.0.1:7788"),
				find: func(netip.AddrPort) []listener { look++; return c.looks[look-1] },
			}
			for i, want := range c.want {
				if got := l.replaced(); got != want {
					t.Errorf("look %d: replaced is %t", i+1, got)
				}
			}
		})
	}
}

// What listens here is not what is dialed at an address elsewhere.
func TestListenersElsewhere(t *testing.T) {
	for _, address := range []string{"192.0.2.1:7788", "[2001:db8::1]:7788", "0.0.0.0:7788", ""} {
		at, _ := netip.ParseAddrPort(address)
		l := listeners{at: at, find: func(netip.AddrPort) []listener {
			t.Errorf("looked for %q", address)
			return nil
		}}
		l.replaced()
	}
}

func TestListenerServes(t *testing.T) {
	for _, c := range []struct {
		local, at string
		want      bool
	}{
		{"127.0.0.1:7788", "127.0.0.1:7788", true},
		{"127.0.0.1:7789", "127.0.0.1:7788", false},
		{"127.0.0.2:7788", "127.0.0.1:7788", false},
		{"0.0.0.0:7788", "127.0.0.1:7788", true},
		{"[::]:7788", "127.0.0.1:7788", true},
		{"[::ffff:127.0.0.1]:7788", "127.0.0.1:7788", true},
		{"[::1]:7788", "127.0.0.1:7788", false},
		{"[::1]:7788", "[::1]:7788", true},
	} {
		if got := serves(netip.MustParseAddrPort(c.local), netip.MustParseAddrPort(c.at)); got != c.want {
			t.Errorf("%s serves %s: %t", c.local, c.at, got)
		}
	}
}

// listenersFound is whether this system is asked, and listenersTold whether it can distinguish two
// listeners of one process.
var listenersFound, listenersTold = func() (bool, bool) {
	var found [2][]listener
	for i := range found {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return false, false
		}
		defer l.Close()
		found[i] = findListeners(netip.MustParseAddrPort(l.Addr().String()))
	}
	both := len(found[0]) == 1 && len(found[1]) == 1
	return both, both && found[0][0] != found[1][0]
}()

// TestFindListeners asks the system.
func TestFindListeners(t *testing.T) {
	if runtime.GOOS == "windows" && !listenersFound {
		t.Skip("Wine is not asked")
	}
	for _, address := range []string{"127.0.0.1:0", "0.0.0.0:0", "[::]:0", "[::1]:0"} {
		l, err := net.Listen("tcp", address)
		if err != nil {
			t.Logf("%s: %v", address, err) // a computer without IPv6
			continue
		}
		at := netip.MustParseAddrPort(l.Addr().String())
		if at.Addr().IsUnspecified() {
			at = netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), at.Port())
		}
		first := findListeners(at)
		conn, err := net.Dial("tcp", at.String()) // which is in the table too
		if err != nil {
			t.Fatal(err)
		}
		if again := findListeners(at); len(first) != 1 || !slices.Equal(first, again) {
			t.Errorf("%s: found %v and then %v", address, first, again)
		}
		conn.Close()
		l.Close()
		if left := findListeners(at); len(left) != 0 {
			t.Errorf("%s: found %v when it was closed", address, left)
		}
	}
}

// late is a server whose restarts are over before the dial: never refused.
func late(t *testing.T, address string, source Source, find func(restarts int) []listener) (facts []State) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		const runs = 10 * time.Second
		d := &fakeDial{answer: func(context.Context) (net.Conn, error) {
			ours, theirs := net.Pipe()
			time.AfterFunc(runs, func() { _ = theirs.Close() })
			return ours, nil
		}}
		w := New(Config{Source: source, Address: address, Dial: d.dial}, func(f Fact) { facts = append(facts, f.State) })
		w.find = func(netip.AddrPort) []listener { return find(int(time.Since(began) / runs)) }
		ctx, cancel := context.WithTimeout(context.Background(), 2*runs+time.Second)
		defer cancel()
		time.AfterFunc(proofAge+time.Second, w.Signal) // the port is known to be open by then
		w.Run(ctx)
	})
	return facts
}

// If the log or a signal says that the server is ready, a replaced listener does not
// change that: they may be the new run's already.
func TestReplacedEndsNoLogAndNoSignal(t *testing.T) {
	began := time.Now()
	at := func(d time.Duration) time.Time { return began.Add(d) }
	for name, c := range map[string]struct {
		observe func(any) []Fact
		ready   any
	}{
		"log":    {(&logReadiness{tcp: true}).observe, logReport{run: 1, mark: markStarted, at: at(1), alive: true}},
		"signal": {(&signalReadiness{}).observe, signalReport{}},
	} {
		c.observe(portReport{kind: portOpen, at: at(0)})
		facts := c.observe(c.ready)
		for _, kind := range []portKind{portClosed, portReplaced, portOpen} {
			facts = append(facts, c.observe(portReport{kind: kind, at: at(2)})...)
		}
		facts = slices.DeleteFunc(facts, func(f Fact) bool { return f.Why.Code == problem.ServerJustStarted })
		if len(facts) == 0 || slices.ContainsFunc(facts, func(f Fact) bool { return f.State != Up }) {
			t.Errorf("%s: told %v, want up alone", name, facts)
		}
	}
}

func TestPortLateDial(t *testing.T) {
	anew := func(restarts int) []listener { return []listener{listener(1 + restarts)} }
	same := func(int) []listener { return []listener{1} }
	for _, c := range []struct {
		name    string
		address string
		source  Source
		find    func(int) []listener
		want    []State
	}{
		{"restarts", "127.0.0.1:7788", SourcePort, anew, []State{Up, Down, Up, Down, Up}},
		{"idle connections ended", "127.0.0.1:7788", SourcePort, same, []State{Up}},
		{"elsewhere", "192.0.2.1:7788", SourcePort, anew, []State{Up}},
		// The new run may have signalled already.
		{"signalled", "127.0.0.1:7788", SourceSignal, anew, []State{Unknown, Unknown, Down, Up}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := late(t, c.address, c.source, c.find); !slices.Equal(got, c.want) {
				t.Errorf("told %v, want %v", got, c.want)
			}
		})
	}
}
