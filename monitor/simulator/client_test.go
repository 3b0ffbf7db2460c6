package simulator_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/simulator"
)

func TestClientLoadsThenShowsTheMenu(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		b.says(debugport.Loading)
		b.pass(simulator.LoadingTime - 10*time.Millisecond)
		b.says(debugport.Loading)
		b.pass(10 * time.Millisecond)
		b.says(debugport.MainMenu)
		b.pass(time.Hour)
		b.says(debugport.MainMenu) // it joins nothing by itself
	})
}

func TestJoinFromTheMenu(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodGet} {
		t.Run(method, func(t *testing.T) {
			inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
				b.toMenu()
				if code, text := b.send(method, "/reconnect", ""); code != 200 || text != "OK" {
					t.Errorf("answered with %d %q", code, text)
				}
				b.says(debugport.Connecting)
				b.pass(simulator.ConnectingTime)
				b.says(debugport.DownloadingFiles)
				b.pass(simulator.DownloadTime)
				b.says(debugport.InGame)
				b.pass(time.Hour)
				b.says(debugport.InGame)

				posts := b.Client.Posts()
				if len(posts) != 1 {
					t.Fatalf("%d posts, want 1", len(posts))
				}
				p := posts[0]
				if p.Method != method || p.Status != debugport.MainMenu || !p.PasswordOK || !p.Empty || p.Body != "" {
					t.Errorf("recorded as %+v", p)
				}
				if b.Client.Joins() != 1 || b.Client.Frozen() {
					t.Errorf("joins %d, frozen %v", b.Client.Joins(), b.Client.Frozen())
				}
			})
		})
	}
}

func TestReconnectFromTheGame(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		b.toGame("")
		b.post("")
		b.says(debugport.Disconnecting)
		b.pass(simulator.DisconnectingTime)
		b.says(debugport.Connecting)
		b.pass(simulator.ConnectingTime)
		b.says(debugport.DownloadingFiles)
		b.pass(simulator.DownloadTime)
		b.says(debugport.InGame)
		if b.Client.Joins() != 2 {
			t.Errorf("joins %d, want 2", b.Client.Joins())
		}
	})
}

func TestJoinWithTheServerDownTimesOut(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		b.toMenu()
		b.Server.Down()
		b.post("")
		b.pass(simulator.ConnectTimeout - 10*time.Millisecond)
		b.says(debugport.Connecting)
		b.pass(10 * time.Millisecond)
		b.says(debugport.MainMenu)
		b.told("timed out")
	})
}

func TestServerThatComesUpWhileConnectingIsJoined(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		b.toMenu()
		b.Server.Down()
		b.post("")
		b.pass(time.Second)
		b.Server.Up()
		b.pass(simulator.ResourcesTime)
		b.pass(simulator.ThreadsTime)
		b.pass(simulator.ConnectingTime)
		b.says(debugport.DownloadingFiles)
	})
}

func TestServerThatDiesDuringTheHandshake(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		b.toMenu()
		b.post("")
		b.pass(simulator.ConnectingTime / 2)
		b.Server.Down()
		b.pass(simulator.ConnectingTime)
		b.says(debugport.Connecting)
		b.pass(simulator.ConnectTimeout)
		b.says(debugport.MainMenu)
	})
}

func TestServerThatDiesDuringTheDownload(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		b.toMenu()
		b.post("")
		b.pass(simulator.ConnectingTime + simulator.DownloadTime/2)
		b.says(debugport.DownloadingFiles)
		b.Server.Down()
		synctest.Wait()
		b.says(debugport.MainMenu)
		b.told("during the download")
	})
}

func TestKilledServerIsNoticedLate(t *testing.T) {
	for name, back := range map[string]bool{"and stays down": false, "and comes back": true} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
				b.toGame("")
				b.Server.Down()
				if back {
					b.Server.Up()
				}
				b.pass(simulator.DropTimeout - 10*time.Millisecond)
				b.says(debugport.InGame)
				b.pass(10 * time.Millisecond)
				b.says(debugport.Disconnecting)
				b.pass(simulator.DisconnectingTime)
				b.says(debugport.MainMenu)
			})
		})
	}
}

func TestReconnectAfterARestartStays(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		b.toGame("")
		b.Server.Restart(time.Second)
		b.pass(time.Second + simulator.ResourcesTime + simulator.ThreadsTime)
		b.says(debugport.InGame)
		b.post("")
		b.pass(simulator.DropTimeout + time.Minute)
		b.says(debugport.InGame)
		if b.Client.Joins() != 2 {
			t.Errorf("joins %d, want 2", b.Client.Joins())
		}
	})
}

func TestBusyReconnectFreezes(t *testing.T) {
	busy := map[string]func(b bench){
		"LOADING":    func(bench) {},
		"CONNECTING": func(b bench) { b.toMenu(); b.post("") },
		"DOWNLOADING_FILES": func(b bench) {
			b.toMenu()
			b.post("")
			b.pass(simulator.ConnectingTime)
		},
		"DISCONNECTING": func(b bench) { b.toGame(""); b.post("") },
		"ERROR":         func(b bench) { _ = b.Client.SetStatus("ERROR") },
		"BUSY_WORD":     func(b bench) { _ = b.Client.SetStatus("BUSY_WORD") },
	}
	for word, until := range busy {
		t.Run(word, func(t *testing.T) {
			inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
				until(b)
				if b.Client.Frozen() {
					t.Fatal("frozen before")
				}
				b.post("") // answered as if it were accepted
				b.pass(time.Hour)
				if got := b.Client.Word(); got != word || !b.Client.Frozen() {
					t.Errorf("it says %q, frozen %v", got, b.Client.Frozen())
				}
				posts := b.Client.Posts()
				if got := posts[len(posts)-1].Status; got != debugport.ParseStatus(word) {
					t.Errorf("recorded in %v", got)
				}
				b.told("frozen")

				b.Client.Quit()
				if err := b.Client.Start(); err != nil {
					t.Fatal(err)
				}
				b.toMenu()
				if b.Client.Frozen() {
					t.Error("still frozen after a fresh start")
				}
			})
		})
	}
}

func TestFrozenClientCanFallSilent(t *testing.T) {
	inBubble(t, simulator.Options{FrozenSilent: true}, func(t *testing.T, b bench) {
		b.post("")
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+clientAddr+"/status", nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := b.http.Do(request)
		if err == nil {
			answer.Body.Close()
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a frozen client gave %v, want no answer", err)
		}
		if err := b.Client.SetStatus("MAIN_MENU"); err != nil {
			t.Fatal(err)
		}
		b.says(debugport.MainMenu)
	})
}

func TestForcedStatusStops(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		b.toMenu()
		b.post("")
		if err := b.Client.SetStatus("SOMETHING_NEW"); err != nil {
			t.Fatal(err)
		}
		b.pass(time.Hour)
		if _, word := b.send(http.MethodGet, "/status", ""); word != "SOMETHING_NEW" {
			t.Errorf("it says %q", word)
		}
		if got := b.Client.Status(); got != debugport.NoStatus {
			t.Errorf("Status() is %v for an unknown word", got)
		}
		if b.Client.Joins() != 0 {
			t.Error("the join under way was not stopped")
		}
	})
}

func TestReactionDelaysTheChange(t *testing.T) {
	inBubble(t, simulator.Options{Reaction: 300 * time.Millisecond}, func(t *testing.T, b bench) {
		b.toMenu()
		b.post("")
		b.says(debugport.MainMenu)
		b.pass(300 * time.Millisecond)
		b.says(debugport.Connecting)
		if b.Client.Frozen() {
			t.Error("frozen")
		}
	})
}

func TestQuitAndStart(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		b.toGame("")
		b.Client.Quit()
		b.Client.Quit()
		if _, err := b.network.Dial(t.Context(), "tcp", clientAddr); !isRefused(err) {
			t.Errorf("dialling a client that quit gave %v", err)
		}
		if b.Client.Running() || b.Client.Word() != "" || b.Client.SetStatus("LOADING") == nil {
			t.Error("it still runs")
		}
		b.pass(time.Minute)
		if err := b.Client.Start(); err != nil {
			t.Fatal(err)
		}
		b.says(debugport.Loading)
		b.toMenu()
		if got := b.Client.Addr(); got != clientAddr {
			t.Errorf("its address is now %s", got)
		}
	})
}

func TestAnswerIsAsToldByTheOptions(t *testing.T) {
	opts := simulator.Options{ReconnectCode: http.StatusNoContent + 1, ReconnectBody: "accepted"}
	inBubble(t, opts, func(t *testing.T, b bench) {
		b.toMenu()
		if code, text := b.send(http.MethodPost, "/reconnect", ""); code != 205 || text != "accepted" {
			t.Errorf("answered with %d %q", code, text)
		}
	})
}

func TestNoKeepAliveCloses(t *testing.T) {
	for _, no := range []bool{false, true} {
		inBubble(t, simulator.Options{NoKeepAlive: no}, func(t *testing.T, b bench) {
			answer, err := b.http.Get("http://" + clientAddr + "/status")
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.Close != no {
				t.Errorf("NoKeepAlive %v: connection is closed: %v", no, answer.Close)
			}
			if got := answer.Header.Get("Content-Type"); got != "text/plain" {
				t.Errorf("content type %q", got)
			}
		})
	}
}

// TestOneAtATime: a connection is answered when the one before it has ended, and
// the end of the client ends them all.
func TestOneAtATime(t *testing.T) {
	inBubble(t, simulator.Options{OneAtATime: true}, func(t *testing.T, b bench) {
		b.toMenu() // over a connection that b keeps
		other := debugport.New(t.Context(), clientAddr, b.network.Dial)
		if r := other.Status(false); r.Outcome != debugport.NoAnswer {
			t.Errorf("beside a kept connection it says %v", r)
		}
		b.http.CloseIdleConnections()
		if r := other.Status(true); r.Status != debugport.MainMenu {
			t.Errorf("after its end it says %v", r)
		}
		waiting, err := b.network.Dial(context.Background(), "tcp", clientAddr)
		if err != nil {
			t.Fatal(err)
		}
		defer waiting.Close()
		synctest.Wait()
		b.Client.Quit() // with one connection kept and one waiting
		if r := other.Status(true); r.Outcome != debugport.NotRunning {
			t.Errorf("after the client's end it says %v", r)
		}
	})
}

func TestOtherRequestsDoNothing(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		b.toMenu()
		for _, c := range []struct {
			method, path string
			code         int
		}{
			{http.MethodHead, "/reconnect", 405},
			{http.MethodPut, "/reconnect", 405},
			{http.MethodPost, "/status", 405},
			{http.MethodGet, "/", 404},
		} {
			if code, _ := b.send(c.method, c.path, ""); code != c.code {
				t.Errorf("%s %s gave %d, want %d", c.method, c.path, code, c.code)
			}
		}
		b.says(debugport.MainMenu)
		if n := len(b.Client.Posts()); n != 0 {
			t.Errorf("%d reconnects recorded", n)
		}
	})
}
