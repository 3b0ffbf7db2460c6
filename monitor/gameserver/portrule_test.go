package gameserver

import (
	"testing"
	"time"
)

// Each row is one end after those above it.
func TestPortRule(t *testing.T) {
	const fast, slow, long = time.Millisecond, 2 * time.Second, time.Hour
	type step struct {
		end    portEnd
		tell   portKind
		next   string // how the next connection is taken: "asked", "unasked", "fresh"
		atOnce bool
	}
	// Ends of connections.
	answered := func(age time.Duration) portEnd {
		return portEnd{kind: portClosed, requested: true, answered: true, opened: true, age: age}
	}
	empty := func(age time.Duration) portEnd {
		return portEnd{kind: portClosed, requested: true, opened: age >= proofAge, age: age}
	}
	unasked := func(age time.Duration) portEnd { return portEnd{kind: portClosed, opened: true, age: age} }
	refusedDial, silent, fault := portEnd{kind: portRefused}, portEnd{kind: portSilent}, portEnd{kind: portFault}
	for name, steps := range map[string][]step{
		"killed":                      {{answered(long), portNone, "asked", true}, {refusedDial, portRefused, "fresh", false}},
		"nothing behind the relay":    {{empty(fast), portNone, "asked", true}, {empty(fast), portEmpty, "asked", false}, {empty(fast), portEmpty, "asked", false}},
		"nothing behind a slow relay": {{empty(slow), portEmpty, "asked", false}, {empty(slow), portEmpty, "asked", false}},
		"restarted behind the relay": {
			{answered(long), portNone, "asked", true}, {empty(fast), portNone, "asked", true}, {empty(fast), portEmpty, "asked", false},
			{answered(long), portNone, "asked", false},
		},
		"one request was raced by the connection's end": {
			{empty(fast), portNone, "asked", true}, {answered(fast), portNone, "unasked", false},
			{unasked(fast), portNone, "asked", false}, {empty(fast), portNone, "asked", true}, {answered(long), portNone, "asked", false},
		},
		"closes upon its answer":      {{answered(fast), portNone, "unasked", true}, {unasked(long), portNone, "asked", false}},
		"idle connections ended late": {{answered(slow), portNone, "unasked", true}, {unasked(slow), portNone, "asked", false}},
		"hangs, and is killed":        {{empty(long), portNone, "asked", true}, {refusedDial, portRefused, "fresh", false}},
		"no answer in time":           {{silent, portSilent, "asked", false}, {empty(fast), portNone, "asked", true}},
		"our own fault":               {{fault, portFault, "asked", false}, {refusedDial, portRefused, "fresh", false}, {fault, portNone, "fresh", false}},
		"a relay that starts anew":    {{refusedDial, portRefused, "fresh", false}, {empty(fast), portNone, "asked", true}, {empty(fast), portEmpty, "asked", false}},
	} {
		rule := portRule{}
		for i, s := range steps {
			tell, atOnce := rule.decide(s.end)
			next := map[bool]string{true: "unasked", false: "asked"}[rule.skipRequest]
			if rule.proofAge == newProofAge {
				next = "fresh"
			}
			if s.atOnce != atOnce || tell != s.tell || next != s.next {
				t.Errorf("%s, step %d: tells %d, next %s, atOnce %t; want %d, %s, %t", name, i, tell, next, atOnce, s.tell, s.next, s.atOnce)
			}
		}
	}
}

func TestPortRuleReplaced(t *testing.T) {
	rule := portRule{skipRequest: true}
	if !rule.replaced() || rule.skipRequest || rule.proofAge != newProofAge {
		t.Errorf("another socket: %+v", rule)
	}
	if rule.replaced() {
		t.Error("another socket is told though the server was down")
	}
	rule.decide(portEnd{kind: portClosed, requested: true, answered: true, opened: true})
	if !rule.replaced() {
		t.Error("another socket is not told though the server was up again")
	}
}
