//go:build linux

package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"
)

// report is all that was measured.
type report struct {
	machine  string
	node     string // its version; empty: there is none
	sizes    []size
	growth   []point // empty: not measured
	idle     usage
	idleNode usage
	icons    durations
	client   versus
	server   versus
	noticed  []noticed
}

// page is the whole as Markdown. Nothing in it is written by hand: the
// command makes the same page again, with new figures.
func (r *report) page() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Performance\n\nWritten by `go run ./monitor/benchmark -docs assets/performance` from its own measurements, all of one run.\n\n")
	fmt.Fprintf(&b, "Machine: %s. %s", r.machine, runtime.Version())
	if r.node != "" {
		fmt.Fprintf(&b, ", Node.js %s", r.node)
	}
	fmt.Fprintf(&b, ". %s.\n\n", time.Now().UTC().Format("2006-01-02"))
	b.WriteString(r.table())
	b.WriteString(notes)
	return b.String()
}

const notes = `
- The sample is the logic of alt:V's official reconnect script (` + "`monitor/benchmark/sample.js`" + `) under Node.js: ask for the status, again after 2.5 s while the client is busy, then POST. Both play at the same time against simulated clients of the same kind, each with its own; events come at random moments.
- Client ready → POST: from the moment that the client says MAIN_MENU, with a reconnect pending.
- Server ready → POST: from the moment that the server's port accepts, with ` + "`ready_delay = \"0s\"`" + ` and the player in game. The sample runs inside the server, which tells it; altv-tray has to find out from outside.
- A restart of the server is noticed when a reconnect follows it. The sample has nothing to notice: each restart of the server starts it.
- Idle: in game, the server up, one poll a second. A wake-up is one thread being put to work. The sample's figures are those of a bare Node.js process; inside a server it shares the server's.
`

func (r *report) table() string {
	var b strings.Builder
	row := func(what, ours, sample, bound string) {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", what, ours, sample, bound)
	}
	row("", "altv-tray", "the sample", "target")
	row("---", "---", "---", "---")
	latency := func(v versus) (string, string) {
		return spread(v.ours), r.orNoNode(spread(v.sample))
	}
	ours, theirs := latency(r.client)
	row("client ready → POST, median / p99", ours, theirs, "≤ 30 ms / ≤ 60 ms")
	if m := r.client.ours.at(0.5); m > 0 && len(r.client.sample) > 0 {
		row("… times sooner, by the median", fmt.Sprintf("%.0f", float64(r.client.sample.at(0.5))/float64(m)), "1", "≥ 40")
	}
	ours, theirs = latency(r.server)
	row("server ready → POST, median / p99", ours, theirs, "p99 ≤ 100 ms")
	for _, n := range r.noticed {
		row(fmt.Sprintf("restarts that take %v, noticed", n.away), fmt.Sprintf("%d of %d", n.got, n.of), "not needed", "all")
	}
	u, n := r.idle, r.idleNode
	row("idle: memory (RSS), with its icon in a panel", megabytes(u.rss), r.orNoNode(megabytes(n.rss)), "≤ 18 MB")
	row("… of it not shared with files", megabytes(u.anon), r.orNoNode(megabytes(n.anon)), "")
	row("idle: CPU, of one core", percent(u.cpu), r.orNoNode(percent(n.cpu)), "≤ 0.1 %")
	row("idle: wake-ups a second", fmt.Sprintf("%.1f", u.wakeups), r.orNoNode(fmt.Sprintf("%.1f", n.wakeups)), "")
	if len(r.growth) > 0 {
		begin, end := r.growth[0], r.growth[len(r.growth)-1]
		row(fmt.Sprintf("memory (RSS) with 100 profiles, 10,000 rows of history and a server.log of 0 / %d MB", end.megabytes),
			megabytes(begin.rss)+" / "+megabytes(end.rss), "–", "")
	}
	row("start → icon, median", milliseconds(r.icons.at(0.5)), "–", "≤ 60 ms")
	for _, s := range r.sizes {
		bound := ""
		if s.name == "windows" {
			bound = "≤ 16 MB"
		}
		row("program, stripped, "+s.name, megabytes(s.bytes), "–", bound)
	}
	return b.String()
}

// orNoNode puts a word in place of what could not be measured.
func (r *report) orNoNode(text string) string {
	if r.node == "" {
		return "no Node.js here"
	}
	return text
}

func spread(d durations) string { return milliseconds(d.at(0.5)) + " / " + milliseconds(d.at(0.99)) }

func milliseconds(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	if ms < 10 {
		return fmt.Sprintf("%.1f ms", ms)
	}
	return fmt.Sprintf("%.0f ms", ms)
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

func percent(f float64) string { return fmt.Sprintf("%.3f %%", 100*f) }
