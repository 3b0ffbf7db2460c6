package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/simulator"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

// rehearsal is a demo in a bubble, which prints to out.
type rehearsal struct {
	demo
	network simulator.Network
	out     bytes.Buffer
}

func rehearse(t *testing.T) *rehearsal {
	r := &rehearsal{}
	r.demo = demo{env: &Env{Stdout: &r.out}, dir: t.TempDir(), start: time.Now(), narrate: func(string) {}}
	if err := r.prepare(t.Context(), r.network.Listen); err != nil {
		t.Fatal(err)
	}
	return r
}

// run lives through the story.
func (r *rehearsal) run(ctx context.Context) error {
	defer func() { _ = r.world.Close() }()
	target := surroundings.Target(r.store.Current(), r.keyring)
	target.NewWatcher = func(tell func(monitor.ServerFact)) monitor.Watcher {
		return gameserver.New(gameserver.Config{Source: gameserver.SourcePort, Address: r.world.Server.Addr(), Dial: r.network.Dial}, tell)
	}
	return r.inTerminal(ctx, target, monitor.Options{Dial: r.network.Dial})
}

// chapters are the lines that it printed, by the texts of its chapters. The first
// look has none.
func (r *rehearsal) chapters() map[string][]string {
	all, chapter := map[string][]string{}, ""
	for line := range strings.Lines(r.out.String()) {
		if text, begins := strings.CutPrefix(line, "  "); begins && text[0] >= 'A' {
			chapter = strings.TrimSpace(text)
		} else if _, what, ok := strings.Cut(line, " s  "); ok {
			all[chapter] = append(all[chapter], strings.TrimSpace(what))
		}
	}
	return all
}

func TestDemoTellsItsStory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := rehearse(t)
		if err := d.run(t.Context()); err != nil {
			t.Fatalf("%v:\n%s", err, d.out.String())
		}
		took, chapters := time.Since(d.start), d.chapters()
		const any = -1
		const sent = "POST /reconnect: accepted"
		for key, want := range map[string]struct {
			posts, downs int
			last         string // how its last line begins
		}{
			"start":    {any, any, ""},
			"joins":    {any, 0, "in game"},
			"restart":  {1, 1, "in game"},
			"loop":     {1, 3, "in game"},
			"password": {2, 1, "not reconnected: the password is probably wrong"},
			"store":    {1, 0, "in game"},
			"pause":    {0, 1, "client  MAIN_MENU"},
			"paused":   {0, 0, "server  ready"},
			"resume":   {1, 0, "in game"},
		} {
			lines := chapters[lang.English().T("demo."+key)]
			posts, downs := 0, 0
			for _, line := range lines {
				if line == sent {
					posts++
				}
				if strings.HasPrefix(line, "server  down") {
					downs++
				}
			}
			if len(lines) == 0 || posts != want.posts && want.posts != any || downs != want.downs && want.downs != any || !strings.HasPrefix(lines[len(lines)-1], want.last) {
				t.Errorf("%s: %d requests, %d times down, want %+v:\n%s", key, posts, downs, want, strings.Join(lines, "\n"))
			}
		}
		if len(chapters) != 9+1 { // the first look has none
			t.Errorf("%d chapters", len(chapters))
		}
		if took < 25*time.Second || took > 40*time.Second {
			t.Errorf("it took %v", took)
		}
		if sum := "5 reconnects, 2 that failed, 7 requests sent, 0 of them at a wrong moment."; !strings.Contains(d.out.String(), sum) {
			t.Errorf("it does not end with %s\n%s", sum, d.out.String())
		}
	})
}

// The demo ends when it is told to, wherever it is.
func TestDemoEndsEarly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := rehearse(t)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if err := d.run(ctx); err != nil || time.Since(d.start) > 6*time.Second {
			t.Errorf("after %v: %v", time.Since(d.start), err)
		}
	})
}
