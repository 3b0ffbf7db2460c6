// Package simulator simulates an alt:V client and an alt:V game server, well enough
// to try out and test a program that watches and reconnects the real ones. The
// commands simulate and demo run it.
//
// A [World] is one client and one server, connected. The client answers
// on its debug port as alt:V's documentation says:
//
//   - GET /status answers with one word: LOADING, MAIN_MENU, CONNECTING,
//     DOWNLOADING_FILES, IN_GAME, DISCONNECTING or ERROR.
//   - POST /reconnect, with the server's password as its body, or GET
//     /reconnect without one, is accepted at once. In IN_GAME the client then
//     goes through DISCONNECTING, and from there, as from MAIN_MENU, through
//     CONNECTING and DOWNLOADING_FILES to IN_GAME. Nothing else makes it join.
//   - In any other state a reconnect freezes it: it says the same word until it
//     quits, as real clients were seen to do (public issue threads).
//   - Where the server cannot be reached, CONNECTING ends after
//     [ConnectTimeout] in MAIN_MENU. If the server comes up before that, the client joins it.
//   - Where the server goes down during the download, or refuses the password,
//     which it does only after the whole download, the client returns to MAIN_MENU.
//   - A server that ends leaves the client IN_GAME for [DropTimeout], even if
//     it is back by then: the client's connection was to the old process.
//
// The server accepts TCP connections once its resources are loaded, and writes
// server.log in its folder, anew at each start. With [Server.Relay] a relay listens
// on its port, as Docker's does.
//
// Where it is not known how alt:V behaves, a field of [Options] selects one of the
// possible ways. Times are real ones divided by [Options.Speed]; see the constants.
//
// # In a test, on real ports
//
//	w := simulator.New(simulator.Options{Speed: 1000, Password: "pw"})
//	if err := w.Start("127.0.0.1:0", "127.0.0.1:0"); err != nil {
//		t.Fatal(err)
//	}
//	t.Cleanup(func() { w.Close() })
//	url := "http://" + w.Client.Addr() + "/status"
//
// No phase is shorter than [MinPhase], so such a client needs about 60 ms to
// reach MAIN_MENU and 120 ms more to join, and such a server 120 ms to start. No
// time-out is shorter than [MinTimeout].
//
// # In a test, in virtual time
//
// Inside a testing/synctest bubble the world uses a [Network] in memory. There even
// the real times (Speed 1) take no time:
//
//	synctest.Test(t, func(t *testing.T) {
//		var network simulator.Network
//		w := simulator.New(simulator.Options{Listen: network.Listen})
//		if err := w.Start("127.0.0.1:9223", "127.0.0.1:7788"); err != nil {
//			t.Fatal(err)
//		}
//		defer w.Close()
//		transport := &http.Transport{DialContext: network.Dial}
//		defer transport.CloseIdleConnections()
//
//		<-time.After(simulator.LoadingTime + time.Millisecond)
//		synctest.Wait()
//		// w.Client.Status() is debugport.MainMenu now; GET
//		// http://127.0.0.1:9223/status over transport says so too.
//		w.Server.Down()
//		w.Server.Up()
//		// Afterwards w.Client.Posts() has what was sent to the client and
//		// when, and w.Client.Frozen() whether it was sent at a wrong time.
//	})
//
// [ListenPipe] is one listener in memory, without an address.
//
// # By hand
//
// [World.Command] takes the lines that steer a running world, such as "server
// down" or "status ERROR"; [Lines] lists them.
//
// The server's password is never printed, never given to [Options.Event] and
// never written to a file.
package simulator
