package monitor

import (
	"context"
	"testing"
	"time"

	"altv-tray/monitor/debugport"
)

// TestLook: a look reports what the client does now, not what it did a second
// ago, nor while nothing listens what was so two seconds ago.
func TestLook(t *testing.T) {
	inBubble(t, "IN_GAME", nil, func(b *bench) {
		b.pass(1100 * time.Millisecond)
		for _, word := range []string{"MAIN_MENU", "LOADING", "IN_GAME"} {
			b.port.say(word)
			begun := time.Now()
			b.Look(context.Background())
			if got := b.Snapshot().Client.Status; string(got) != word || time.Since(begun) > time.Millisecond {
				t.Errorf("after %v it is %s, want %s", time.Since(begun), got, word)
			}
		}
		before, _ := b.port.seen()
		b.pass(time.Minute)
		gets, _ := b.port.seen()
		within(t, "polls in the minute after", gets-before, 60, 2)
		if got := b.Snapshot().Client.Outcome; got != debugport.Known {
			t.Errorf("it is %v", got)
		}
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		b.Look(ended) // does not wait
	})
}
