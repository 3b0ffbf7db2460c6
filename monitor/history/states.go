package history

import (
	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
)

// band is the state that client or server is in. The zero value: none is known.
type band struct {
	span
	state, why string
}

// turn goes on to a state, "" for none. It returns what that ends. The same state
// for another reason goes on.
func (r *Recorder) turn(b *band, kind Kind, at monitor.Time, state, why, profile string) (Entry, bool) {
	old := *b
	if old.state == state {
		return Entry{}, false
	}
	*b = band{span{state != "", at, profile}, state, why}
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

// End returns the states that are under way, as far as they were seen. The app
// ends; nothing may be recorded after it.
func (r *Recorder) End() (over []Entry) {
	at := r.now().Sub(r.start)
	for _, b := range []struct {
		band *band
		kind Kind
	}{{&r.client, Client}, {&r.server, Server}} {
		if entry, ok := r.turn(b.band, b.kind, at, "", "", ""); ok {
			over = append(over, entry)
		}
	}
	return over
}
