package simulator_test

import (
	"strings"
	"testing"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/simulator"
)

func TestCommands(t *testing.T) {
	inBubble(t, simulator.Options{}, func(t *testing.T, b bench) {
		do := func(line string) {
			t.Helper()
			if err := b.Command(line); err != nil {
				t.Errorf("%q: %v", line, err)
			}
		}
		b.toMenu()
		do("")
		do("   # a comment")
		do(" status  IN_GAME\r")
		b.says(debugport.InGame)
		do("status whatever")
		if got := b.Client.Word(); got != "whatever" {
			t.Errorf("it says %q", got)
		}
		do("server down")
		if b.Server.Running() {
			t.Error("server down: it runs")
		}
		do("Server Up")
		if !b.Server.Running() {
			t.Error("server up: it does not run")
		}
		do("server stop")
		if b.Server.Running() {
			t.Error("server stop: it runs")
		}
		do("server restart")
		b.pass(simulator.RestartPause)
		if !b.Server.Running() {
			t.Error("server restart: it does not run")
		}
		do("client quit")
		if b.Client.Running() {
			t.Error("client quit: it runs")
		}
		if b.Command("status MAIN_MENU") == nil {
			t.Error("a status was set without a client")
		}
		do("client start")
		b.says(debugport.Loading)
		do("help")
		b.told(simulator.Commands())
		for _, line := range []string{"statuses", "server", "server sideways", "reconnect", "\x00"} {
			if err := b.Command(line); err == nil || !strings.Contains(err.Error(), simulator.Commands()) {
				t.Errorf("%q: the error %v does not list the commands", line, err)
			}
		}
		for _, line := range []string{"status", "Status\r", "status A B"} {
			err := b.Command(line)
			for _, word := range debugport.Statuses() {
				if err == nil || !strings.Contains(err.Error(), string(word)) {
					t.Errorf("%q: the error %v does not name %v", line, err, word)
				}
			}
		}
		b.pass(time.Second)
		b.Close()
		if b.Command("server up") == nil {
			t.Error("a closed world takes commands")
		}
	})
}
