package simulator

import (
	"fmt"
	"strings"

	"altv-tray/monitor/debugport"
)

// Lines are the lines that [World.Command] takes, each with what it does.
var Lines = [...][2]string{
	{"status WORD", "the client says WORD, known or not, and stays so"},
	{"server up", "starts the server"},
	{"server down", "kills it"},
	{"server stop", "shuts it down in good order"},
	{"server restart", "shuts it down, and starts it after a pause"},
	{"server relay on", "puts a relay in front of it, which accepts even while the server is down"},
	{"server relay off", "removes the relay"},
	{"client start", "starts the client"},
	{"client quit", "ends it"},
	{"help", "prints these lines"},
}

// Commands lists the lines.
func Commands() string {
	var all []string
	for _, l := range Lines {
		all = append(all, l[0])
	}
	return strings.Join(all, ", ")
}

// Command does what a line says, one of [Lines]; what there is to print goes to
// Options.Event, and the pause of a restart is RestartPause.
//
// Blank lines and those that begin with # do nothing. The error of another line
// lists the commands, or the words if status came without one.
func (w *World) Command(line string) error {
	line = strings.TrimSpace(line)
	if line == "" || strings.HasPrefix(line, "#") {
		return nil
	}
	if w.isClosed() {
		return errClosed
	}
	words := strings.Fields(line)
	if strings.EqualFold(words[0], "status") {
		if len(words) != 2 {
			return fmt.Errorf("status takes one word: %s, or one that is not known", knownWords())
		}
		return w.Client.SetStatus(words[1])
	}
	switch strings.ToLower(strings.Join(words, " ")) {
	case "server up":
		w.Server.Up()
	case "server down":
		w.Server.Down()
	case "server stop":
		w.Server.Stop()
	case "server restart":
		w.Server.Restart(w.opts.Scale(RestartPause))
	case "server relay on":
		return w.Server.Relay(true)
	case "server relay off":
		return w.Server.Relay(false)
	case "client start":
		return w.Client.Start()
	case "client quit":
		w.Client.Quit()
	case "help":
		w.tell("commands: %s", Commands())
	default:
		return fmt.Errorf("unknown command %q; there are: %s", line, Commands())
	}
	return nil
}

func knownWords() string {
	var words []string
	for _, s := range debugport.Statuses() {
		words = append(words, string(s))
	}
	return strings.Join(words, ", ")
}
