package tray

import (
	"context"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
	"altv-tray/tray/view"
)

// morning is coming to work: the server is up, the client gets started.
func (s *soak) morning() {
	s.t.Helper()
	s.expect(1, "the client's start", func() {
		s.until(time.Minute, "the server is ready", s.world.Server.Ready)
		if err := s.world.Client.Start(); err != nil {
			s.t.Fatal(err)
		}
		s.pass(20 * time.Second)
	})
}

// night is the way from work to the next morning: the client is closed, the
// server goes down for an hour, the computer sleeps.
func (s *soak) night(d time.Duration) {
	s.t.Helper()
	s.quiet("the night", func() {
		s.world.Client.Quit()
		s.pass(s.between(time.Second, time.Minute))
		s.world.Server.Stop()
		s.stolen.Add(int64(6 * time.Hour))
		s.pass(time.Hour)
		s.world.Server.Up()
		s.pass(d - time.Hour)
	})
	s.morning()
}

// work is one deed after the other, with pauses to think between them.
func (s *soak) work(d time.Duration) {
	s.t.Helper()
	deeds := []struct {
		name  string
		often int
		do    func()
	}{
		{"short restart", 30, s.shortRestart}, {"long restart", 8, s.longRestart}, {"crash", 12, s.crash}, {"burst", 8, s.burst},
		{"restart during a join", 5, s.restartDuringJoin}, {"client restart", 3, s.clientRestart}, {"deliberate leave", 4, s.leave},
		{"wrong password", 2, s.wrongPassword}, {"pause", 2, s.pauses}, {"automatic off", 2, s.automaticOff}, {"sleep", 3, s.sleep},
		{"settings", 5, s.edit}, {"another profile", 3, s.otherProfile}, {"client in error", 2, s.clientError}, {"clicks while busy", 3, s.busy}, {"server.toml", 3, s.editServer},
	}
	sum := 0
	for _, deed := range deeds {
		sum += deed.often
	}
	for end := time.Now().Add(d); time.Now().Before(end); {
		n, i := s.random.IntN(sum), 0
		for ; n >= deeds[i].often; i++ {
			n -= deeds[i].often
		}
		s.deeds[deeds[i].name]++
		deeds[i].do()
		s.pass(s.between(5*time.Second, 90*time.Second))
		if s.early.heap == 0 && time.Since(s.started) > 2*time.Hour {
			s.early = s.measure()
		}
	}
}

// restart takes the server down for so long.
func (s *soak) restart(down time.Duration) {
	s.restarts++
	s.world.Server.Restart(down)
	s.pass(down)
}

func (s *soak) shortRestart() {
	s.expect(1, "a short restart", func() { s.restart(s.between(50*time.Millisecond, 8*time.Second)) })
}

func (s *soak) longRestart() {
	s.expect(1, "a long restart", func() { s.restart(s.between(8*time.Second, 4*time.Minute)) })
}

func (s *soak) crash() {
	s.expect(1, "a crash", func() {
		s.restarts++
		s.world.Server.Down()
		s.pass(s.between(100*time.Millisecond, 40*time.Second))
		s.world.Server.Up()
	})
}

// A server that is restarted faster than it gets ready.
func (s *soak) burst() {
	s.expect(1, "a burst", func() {
		for range 3 + s.random.IntN(6) {
			s.restart(s.between(50*time.Millisecond, 500*time.Millisecond))
			s.pass(s.between(100*time.Millisecond, 2200*time.Millisecond)) // up it is, but not for ready_delay
		}
	})
}

// The join under way is not cut off, and another follows it.
func (s *soak) restartDuringJoin() {
	s.expect(2, "a restart during a join", func() {
		s.restart(s.between(50*time.Millisecond, time.Second))
		s.until(time.Minute, "the download", func() bool { return s.world.Client.Status() == debugport.DownloadingFiles })
		s.pass(s.between(0, 2*time.Second))
		s.restart(s.between(50*time.Millisecond, 5*time.Second))
	})
}

func (s *soak) clientRestart() {
	s.expect(1, "a client's restart", func() {
		s.world.Client.Quit()
		s.pass(s.between(5*time.Second, 5*time.Minute))
		if err := s.world.Client.Start(); err != nil {
			s.t.Fatal(err)
		}
		s.pass(15 * time.Second)
	})
}

func (s *soak) toMenu() {
	if err := s.world.Client.SetStatus("MAIN_MENU"); err != nil {
		s.t.Fatal(err)
	}
}

func (s *soak) leave() {
	s.quiet("a deliberate leave", func() {
		s.toMenu()
		s.pass(s.between(time.Second, 5*time.Minute))
	})
	s.expect(1, "a click", func() { s.click(row("reconnect")); s.pass(time.Second) })
}

// The server gets another password; the developer is asked for it, mistypes it
// at first, and clicks.
func (s *soak) wrongPassword() {
	const other = "neues Passwort"
	store := func(text string) {
		s.dialogs.mu.Lock()
		s.dialogs.password = func(context.Context, string) (string, error) {
			time.Sleep(3 * time.Second) // he types
			return text, nil
		}
		s.dialogs.mu.Unlock()
		s.click(row("password_set"))
		s.pass(5 * time.Second)
		s.dialogs.mu.Lock()
		s.dialogs.asked = nil
		s.dialogs.mu.Unlock()
	}
	refused := func() {
		s.t.Helper()
		before := s.sent.Load()
		s.pass(90 * time.Second)
		if last := s.monitor.Snapshot().Last; last.Reason != monitor.WrongPassword || s.sent.Load()-before > 2 {
			s.t.Fatalf("%d requests with the wrong password, and then %+v\n%s", s.sent.Load()-before, last, s.lastLines())
		}
		s.quiet("after a wrong password", func() { s.pass(10 * time.Minute) })
	}
	s.configure(s.t, other)
	s.restart(time.Second)
	refused()
	store("falsch")
	s.click(row("reconnect"))
	refused()
	store(other)
	s.expect(1, "a click after the password was set", func() { s.click(row("reconnect")); s.pass(time.Second) })
	s.configure(s.t, soakPassword)
	store(soakPassword)
	s.shortRestart()
}

func (s *soak) pauses() {
	s.click(row("pause_15"))
	s.quiet("a pause", func() {
		s.restart(time.Second)
		s.pass(5 * time.Minute)
		if s.random.IntN(2) == 0 {
			s.click(row("resume"))
		}
		s.pass(12 * time.Minute)
	})
	s.expect(1, "a click", func() { s.click(row("reconnect")); s.pass(time.Second) })
	s.shortRestart()
}

func (s *soak) automaticOff() {
	s.click(row("automatic"))
	s.pass(time.Second)
	s.quiet("automatic reconnects being off", func() {
		s.restart(time.Second)
		s.pass(s.between(time.Minute, 10*time.Minute))
	})
	s.click(row("automatic"))
	s.pass(time.Second)
	s.expect(1, "a click", func() { s.click(row("reconnect")); s.pass(time.Second) })
}

// The computer sleeps; the server and the client do as well, or the server was
// restarted meanwhile.
func (s *soak) sleep() {
	s.expect(0, "a sleep", func() {
		s.stolen.Add(int64(s.between(time.Minute, 9*time.Hour)))
		s.pass(s.between(time.Second, time.Minute))
	})
	s.shortRestart()
}

// The developer changes one thing after the other, and back.
func (s *soak) edit() {
	s.expect(0, "edits", func() {
		s.set("language", pickOne(s, "de", "zh-Hans", settings.LanguageAuto, "ru"))
		s.set("auto_reconnect.attempts", 3+s.random.IntN(5))
		s.set("auto_reconnect.when_dropped", pickOne(s, settings.DroppedServerDown, settings.DroppedNever))
		s.click(pickOne(s, row("notify_ready"), row("notify_joined"), row("notify_dropped"), row("notify_failed")))
		s.set("auto_reconnect.delay", s.between(0, 10*time.Second).Truncate(time.Millisecond))
	})
	s.expect(1, "a restart with a countdown", func() { s.restart(time.Second); s.pass(20 * time.Second) })
	s.set("auto_reconnect.delay", time.Duration(0))
}

func pickOne[T any](s *soak, all ...T) T { return all[s.random.IntN(len(all))] }

// The profile whose server signals when it is ready.
func (s *soak) otherProfile() {
	s.expect(0, "another profile", func() {
		s.click(view.Profile(0) + 1)
		s.pass(5 * time.Second)
	})
	s.expect(1, "the first signal", s.monitor.Ready) // it says that the game mode has just started
	s.expect(1, "a restart told by signal", func() {
		s.quiet("before the signal", func() {
			s.restart(time.Second)
			s.pass(s.between(3*time.Second, 10*time.Second))
		})
		s.monitor.Ready()
		s.pass(2 * time.Second)
	})
	s.expect(0, "the first profile again", func() {
		s.click(view.Profile(0) + 2)
		s.pass(5 * time.Second)
		s.click(view.Profile(0))
		s.pass(5 * time.Second)
	})
}

// The player is joining anyway, and clicks, or the server restarts: that waits for the
// join.
func (s *soak) busy() {
	s.expect(1, "clicks while the client is busy", func() {
		s.quiet("the busy time", func() {
			for _, word := range []string{"DISCONNECTING", "LOADING", "CONNECTING", "DOWNLOADING_FILES", "PAUSED"} {
				if err := s.world.Client.SetStatus(word); err != nil {
					s.t.Fatal(err)
				}
				s.pass(s.between(time.Second, 5*time.Second))
				if s.monitor.Snapshot().Reconnect.Phase == monitor.NoJob {
					s.click(row("reconnect"))
				} else {
					s.restart(s.between(50*time.Millisecond, time.Second))
				}
				s.pass(s.between(time.Second, 5*time.Second))
			}
		})
		s.toMenu()
		s.pass(2 * time.Second)
	})
}

// A client that shows an error is left alone until the player clicks it away.
func (s *soak) clientError() {
	s.expect(1, "a restart with the client in an error", func() {
		s.quiet("the error", func() {
			if err := s.world.Client.SetStatus("ERROR"); err != nil {
				s.t.Fatal(err)
			}
			s.pass(s.between(time.Second, 10*time.Second))
			s.restart(time.Second)
			s.pass(s.between(5*time.Second, 30*time.Second))
		})
		s.toMenu()
		s.pass(2 * time.Second)
	})
}

func (s *soak) editServer() {
	s.expect(0, "an edit of server.toml", func() {
		s.configure(s.t, soakPassword)
		s.pass(s.between(6*time.Second, 20*time.Second))
	})
	s.shortRestart()
}
