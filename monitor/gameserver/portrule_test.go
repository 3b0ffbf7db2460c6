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
		atOnce bool
		next   string // how the next connection is taken: "asked", "unasked", "fresh"
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
		"killed":                      {{answered(long), portNone, true, "asked"}, {refusedDial, portRefused, false, "fresh"}},
		"nothing behind the relay":    {{empty(fast), portNone, true, "asked"}, {empty(fast), portEmpty, false, "asked"}, {empty(fast), portEmpty, false, "asked"}},
		"nothing behind a slow relay": {{empty(slow), portEmpty, false, "asked"}, {empty(slow), portEmpty, false, "asked"}},
		"restarted behind the relay": {
			{answered(long), portNone, true, "asked"}, {empty(fast), portNone, true, "asked"}, {empty(fast), portEmpty, false, "asked"},
			{answered(long), portNone, true, "asked"},
		},
		"one request was raced by the connection's end": {
			{empty(fast), portNone, true, "asked"}, {answered(fast), portNone, true, "unasked"},
			{unasked(fast), portNone, true, "asked"}, {empty(fast), portNone, true, "asked"}, {answered(long), portNone, true, "asked"},
		},
		"closes upon its answer":      {{answered(fast), portNone, true, "unasked"}, {unasked(long), portNone, true, "asked"}},
		"idle connections ended late": {{answered(slow), portNone, true, "unasked"}, {unasked(slow), portNone, true, "asked"}},
		"hangs, and is killed":        {{empty(long), portNone, true, "asked"}, {refusedDial, portRefused, false, "fresh"}},
		"no answer in time":           {{silent, portSilent, false, "asked"}, {empty(fast), portNone, true, "asked"}},
		"our own fault":               {{fault, portFault, true, "asked"}, {refusedDial, portRefused, false, "fresh"}, {fault, portNone, true, "fresh"}},
		"a relay that starts anew":    {{refusedDial, portRefused, false, "fresh"}, {empty(fast), portNone, true, "asked"}, {empty(fast), portEmpty, false, "asked"}},
	} {
		rule := portRule{haste: hasteBudget}
		for i, s := range steps {
			tell, atOnce := rule.take(s.end)
			next := map[bool]string{true: "unasked", false: "asked"}[rule.unasked]
			if rule.patience == heldFresh {
				next = "fresh"
			}
			if tell != s.tell || atOnce != s.atOnce || next != s.next {
				t.Errorf("%s, step %d: tells %d, at once %t, next %s; want %d, %t, %s", name, i, tell, atOnce, next, s.tell, s.atOnce, s.next)
			}
		}
	}
}

func TestPortRuleHaste(t *testing.T) {
	young := portEnd{kind: portClosed, asked: true, answered: true, opened: true}
	rule := portRule{haste: hasteBudget}
	for n := range 2 * hasteBudget {
		if _, atOnce := rule.take(young); atOnce != (n < hasteBudget) {
			t.Fatalf("young end %d is dialed after at once: %t", n, atOnce)
		}
	}
	for name, end := range map[string]portEnd{"old": {kind: portClosed, age: held}, "refused": {kind: portRefused}} {
		rule := portRule{}
		rule.take(end)
		if _, atOnce := rule.take(young); !atOnce {
			t.Errorf("%s: what came before is still a habit", name)
		}
	}
}

func TestPortRuleReplaced(t *testing.T) {
	rule := portRule{unasked: true}
	if !rule.replaced() || rule.unasked || rule.patience != heldFresh || rule.haste != hasteBudget {
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
