package gameserver

import (
	"testing"
	"time"
)

// Each row is one end after those above it.
func TestPortRule(t *testing.T) {
	const fast, slow, long = time.Millisecond, 2 * time.Second, time.Hour
	type step struct {
		end  portEnd
		tell portKind
		next string // how the next connection is taken: "asked", "unasked", "fresh"
	}
	// Ends of connections.
	answered := func(age time.Duration) portEnd {
		return portEnd{kind: portClosed, asked: true, answered: true, opened: true, age: age}
	}
	empty := func(age time.Duration) portEnd {
		return portEnd{kind: portClosed, asked: true, opened: age >= held, age: age}
	}
	unasked := func(age time.Duration) portEnd { return portEnd{kind: portClosed, opened: true, age: age} }
	refusedDial, silent, fault := portEnd{kind: portRefused}, portEnd{kind: portSilent}, portEnd{kind: portFault}
	for name, steps := range map[string][]step{
		"killed":                      {{answered(long), portNone, "asked"}, {refusedDial, portRefused, "fresh"}},
		"nothing behind the relay":    {{empty(fast), portNone, "asked"}, {empty(fast), portEmpty, "asked"}, {empty(fast), portEmpty, "asked"}},
		"nothing behind a slow relay": {{empty(slow), portEmpty, "asked"}, {empty(slow), portEmpty, "asked"}},
		"restarted behind the relay": {
			{answered(long), portNone, "asked"}, {empty(fast), portNone, "asked"}, {empty(fast), portEmpty, "asked"},
			{answered(long), portNone, "asked"},
		},
		"one request was raced by the connection's end": {
			{empty(fast), portNone, "asked"}, {answered(fast), portNone, "unasked"},
			{unasked(fast), portNone, "asked"}, {empty(fast), portNone, "asked"}, {answered(long), portNone, "asked"},
		},
		"closes upon its answer":      {{answered(fast), portNone, "unasked"}, {unasked(long), portNone, "asked"}},
		"idle connections ended late": {{answered(slow), portNone, "unasked"}, {unasked(slow), portNone, "asked"}},
		"hangs, and is killed":        {{empty(long), portNone, "asked"}, {refusedDial, portRefused, "fresh"}},
		"no answer in time":           {{silent, portSilent, "asked"}, {empty(fast), portNone, "asked"}},
		"our own fault":               {{fault, portFault, "asked"}, {refusedDial, portRefused, "fresh"}, {fault, portNone, "fresh"}},
		"a relay that starts anew":    {{refusedDial, portRefused, "fresh"}, {empty(fast), portNone, "asked"}, {empty(fast), portEmpty, "asked"}},
	} {
		rule := portRule{}
		for i, s := range steps {
			tell := rule.take(s.end)
			next := map[bool]string{true: "unasked", false: "asked"}[rule.unasked]
			if rule.patience == heldFresh {
				next = "fresh"
			}
			if tell != s.tell || next != s.next {
				t.Errorf("%s, step %d: tells %d, next %s; want %d, %s", name, i, tell, next, s.tell, s.next)
			}
		}
	}
}

func TestPortRuleReplaced(t *testing.T) {
	rule := portRule{unasked: true}
	if !rule.replaced() || rule.unasked || rule.patience != heldFresh {
		t.Errorf("another socket: %+v", rule)
	}
	if rule.replaced() {
		t.Error("another socket is told though the server was down")
	}
	rule.take(portEnd{kind: portClosed, asked: true, answered: true, opened: true})
	if !rule.replaced() {
		t.Error("another socket is not told though the server was up again")
	}
}
