package simulator_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/simulator"
)

// onRealPorts starts a fast world on ports that the system picks.
func onRealPorts(t *testing.T, opts simulator.Options) *simulator.World {
	t.Helper()
	opts.Speed = 1000
	w := simulator.New(opts)
	if err := w.Start("127.0.0.1:0", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// until waits for something to become true.
func until(t *testing.T, what string, true func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(10 * time.Second)
	for !true() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("not within 10 s: %s", what)
		}
	}
}

// TestOfficialSample reconnects as the sample of alt:V's documentation does:
// ask for the status, try again a little later unless it is MAIN_MENU or
// IN_GAME, else POST the password, once.
func TestOfficialSample(t *testing.T) {
	for name, password := range map[string]string{"with a password": "pw", "without": ""} {
		t.Run(name, func(t *testing.T) {
			w := onRealPorts(t, simulator.Options{Password: password})
			client := &http.Client{Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			base := "http://" + w.Client.Addr()

			sample := func() {
				retry := time.NewTicker(20 * time.Millisecond)
				defer retry.Stop()
				for {
					answer, err := client.Get(base + "/status")
					if err != nil {
						t.Fatal(err)
					}
					word, err := io.ReadAll(answer.Body)
					answer.Body.Close()
					if err != nil {
						t.Fatal(err)
					}
					if s := string(word); s == "MAIN_MENU" || s == "IN_GAME" {
						break
					}
					<-retry.C
				}
				answer, err := client.Post(base+"/reconnect", "text/plain", strings.NewReader(password))
				if err != nil {
					t.Fatal(err)
				}
				answer.Body.Close()
			}
			for joins := 1; joins <= 2; joins++ { // from the menu, then from the game
				sample()
				until(t, "in game", func() bool {
					return w.Client.Joins() == joins && w.Client.Status() == debugport.InGame
				})
			}
			if w.Client.Frozen() {
				t.Error("the sample froze the client")
			}
		})
	}
}

func TestRealServerKeepsItsPort(t *testing.T) {
	w := onRealPorts(t, simulator.Options{})
	addr := w.Server.Addr()
	for range 3 {
		until(t, "server ready", w.Server.Ready)
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		// The answer shows that the connection was accepted, not only queued.
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Read(make([]byte, 1024)); err != nil {
			t.Fatal(err)
		}
		w.Server.Down()
		if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		_, err = conn.Read(make([]byte, 1))
		// Wine closes in good order what Windows and Linux reset.
		orderly := err == io.EOF && runtime.GOOS != "windows"
		if err == nil || orderly || errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("the connection to a killed server ended with %v, want a reset", err)
		}
		conn.Close()
		if _, err := net.Dial("tcp", addr); !isRefused(err) {
			t.Errorf("dialling a killed server gave %v", err)
		}
		w.Server.Up()
	}
	if got := w.Server.Addr(); got != addr {
		t.Errorf("it went from %s to %s", addr, got)
	}
}

func TestRealClientQuitsAndStarts(t *testing.T) {
	w := onRealPorts(t, simulator.Options{})
	addr := w.Client.Addr()
	for range 3 {
		w.Client.Quit()
		if _, err := net.Dial("tcp", addr); !isRefused(err) {
			t.Errorf("dialling a client that quit gave %v", err)
		}
		if err := w.Client.Start(); err != nil {
			t.Fatal(err)
		}
		if w.Client.Status() != debugport.Loading || w.Client.Addr() != addr {
			t.Errorf("it says %q on %s", w.Client.Word(), w.Client.Addr())
		}
	}
}

func TestStartSaysWhatIsWrong(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	addr := taken.Addr().String()
	for _, c := range []struct{ client, server, want string }{
		{addr, "127.0.0.1:0", "client cannot listen on " + addr},
		{"127.0.0.1:0", addr, "server cannot listen on " + addr},
	} {
		w := simulator.New(simulator.Options{})
		if err := w.Start(c.client, c.server); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("the error is %v, want it to hold %q", err, c.want)
		}
		if w.Client.Running() || w.Server.Running() {
			t.Error("something runs all the same")
		}
		if w.Client.Start() == nil {
			t.Error("the client starts without the world")
		}
		w.Server.Up()
		w.Close()
	}
	w := onRealPorts(t, simulator.Options{})
	if w.Start("127.0.0.1:0", "127.0.0.1:0") == nil {
		t.Error("a world was started twice")
	}
}

func TestAbuse(t *testing.T) {
	w := onRealPorts(t, simulator.Options{})
	until(t, "main menu", func() bool { return w.Client.Status() == debugport.MainMenu })
	until(t, "server ready", w.Server.Ready)

	junk := []string{
		"", "\x00\xff\x16\x03\x01", "GET\r\n\r\n", "GET /status", "POST /reconnect HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhalf",
		"POST /reconnect HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + strings.Repeat("x", 100000),
		"GET /" + strings.Repeat("x", 100000) + " HTTP/1.1\r\n\r\n",
	}
	var conns []net.Conn
	for i := range 100 {
		for _, addr := range []string{w.Client.Addr(), w.Server.Addr()} {
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			conns = append(conns, conn)
			_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
			_, _ = io.WriteString(conn, junk[i%len(junk)])
		}
	}
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for _, url := range []string{"http://" + w.Client.Addr() + "/status", "http://" + w.Server.Addr() + "/"} {
		answer, err := client.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s answered with %d", url, answer.StatusCode)
		}
	}
	if n := len(w.Client.Posts()); n != 0 || w.Client.Frozen() {
		t.Errorf("%d broken requests were taken for reconnects", n)
	}
	w.Close() // with all those connections open
	for _, conn := range conns {
		if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error("a connection outlived the world")
		}
	}
}

// TestManyHandsAtOnce is for the race detector: everything is called from
// everywhere, and Close comes in the middle.
func TestManyHandsAtOnce(t *testing.T) {
	w := onRealPorts(t, simulator.Options{Folder: t.TempDir(), Event: func(string) {}, FrozenSilent: true})
	url := "http://" + w.Client.Addr()
	ctx, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{}, Timeout: 50 * time.Millisecond}
	defer client.CloseIdleConnections()
	var hands sync.WaitGroup
	for _, act := range []func(){
		func() { w.Server.Down() }, w.Server.Up, w.Server.Stop, w.Client.Quit,
		func() { w.Server.Restart(time.Millisecond) },
		func() { _ = w.Client.Start() },
		func() { _ = w.Client.SetStatus("MAIN_MENU") },
		func() { _ = w.Command("server restart") },
		func() { w.Client.Posts(); w.Client.Frozen(); w.Server.Ready(); w.Server.Addr() },
		func() {
			if answer, err := client.Post(url+"/reconnect", "text/plain", nil); err == nil {
				answer.Body.Close()
			}
		},
		func() {
			if answer, err := client.Get(url + "/status"); err == nil {
				answer.Body.Close()
			}
		},
	} {
		hands.Go(func() {
			tick := time.NewTicker(3 * time.Millisecond)
			defer tick.Stop()
			for ctx.Err() == nil {
				act()
				<-tick.C
			}
		})
	}
	<-time.After(500 * time.Millisecond)
	w.Close()
	if w.Client.Running() || w.Server.Running() {
		t.Error("something runs after Close")
	}
	hands.Wait()
	if w.Client.Running() || w.Server.Running() {
		t.Error("something started after Close")
	}
}

func TestFastRestartIsBackBeforeTheDrop(t *testing.T) {
	w := onRealPorts(t, simulator.Options{})
	until(t, "server ready", w.Server.Ready)
	until(t, "main menu", func() bool { return w.Client.Status() == debugport.MainMenu })
	answer, err := http.Post("http://"+w.Client.Addr()+"/reconnect", "text/plain", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	until(t, "in game", func() bool { return w.Client.Status() == debugport.InGame })
	if err := w.Command("server restart"); err != nil {
		t.Fatal(err)
	}
	until(t, "server ready again", w.Server.Ready)
	if got := w.Client.Status(); got != debugport.InGame {
		t.Errorf("when the server is back the client says %v", got)
	}
	until(t, "dropped", func() bool { return w.Client.Status() == debugport.MainMenu })
}
