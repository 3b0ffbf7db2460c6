package history

import (
	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
)

// turn begins a state, "" for none, and returns the one that it ends. A new reason ends none.
func (r *Recorder) turn(b *span, kind Kind, at monitor.Time, state, why, profile string) (Entry, bool) {
	old := *b
	if old.state == state {
		return Entry{}, false
	}
	*b = span{state != "", at, profile, state, why}
	if !old.open {
		return Entry{}, false
	}
	entry := r.entry(kind, at, at-old.since, old.profile)
	entry.State, entry.Why = old.state, old.why
	return entry, true
}

func whyClient(r debugport.Reading) string {
	if r.Outcome == debugport.UnknownWord {
		return r.Word
	}
	return string(r.Why)
}

// End returns the states under way. Nothing may be recorded after it.
func (r *Recorder) End() (over []Entry) {
	at := r.now().Sub(r.start)
	for i, b := range []*span{&r.client, &r.server} {
		if entry, ok := r.turn(b, []Kind{Client, Server}[i], at, "", "", ""); ok {
			over = append(over, entry)
		}
	}
	return over
}
