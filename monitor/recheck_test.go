package monitor_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/gameserver"
)

// TestRule8LookingAfreshIsNoState: a watch that begins to look again after a
// sleep knows nothing yet. The machine takes an Unknown with a reason for a
// fresh server state ("it is known that nothing can be known") and would end
// its silence on it before the server was looked at.
func TestRule8LookingAfreshIsNoState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var facts []gameserver.Fact
		w := gameserver.New(gameserver.Config{Source: gameserver.SourceSignal}, func(f gameserver.Fact) { facts = append(facts, f) })
		ctx, end := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); w.Run(ctx) }()
		<-time.After(time.Second)
		synctest.Wait()
		before := len(facts)
		w.Recheck()
		<-time.After(time.Second)
		synctest.Wait()
		if len(facts) > before && facts[before].Why.Code != "" {
			t.Errorf("the first fact after a sleep is %+v: the machine takes it for a fresh server state", facts[before])
		}
		end()
		<-done
	})
}
