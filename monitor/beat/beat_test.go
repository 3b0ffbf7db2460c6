package beat

import (
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

func TestNext(t *testing.T) {
	whole := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct{ from, every, want time.Duration }{
		{0, time.Second, time.Second},
		{300 * time.Millisecond, time.Second, 700 * time.Millisecond},
		{950 * time.Millisecond, time.Second, 1050 * time.Millisecond}, // it fired early
		{time.Second, 3 * time.Second, 2 * time.Second},
	} {
		if got := Next(whole.Add(c.from), c.every); got != c.want {
			t.Errorf("%v after a whole second, every %v: it waits %v, want %v", c.from, c.every, got, c.want)
		}
	}
}

func TestNextIsAtAMultiple(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := time.Unix(0, rapid.Int64Range(0, 1<<61).Draw(t, "from"))
		every := time.Duration(rapid.IntRange(1, 60).Draw(t, "seconds")) * time.Second
		wait := Next(from, every)
		if at := from.Add(wait); wait < early || wait > every+early || !at.Equal(at.Truncate(every)) {
			t.Fatalf("it waits %v", wait)
		}
	})
}

func TestLoopsWakeTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(1234 * time.Millisecond)
		<-After(time.Second)
		one := time.Now()
		time.Sleep(3 * time.Millisecond) // what it does
		<-After(time.Second)
		if d := time.Since(one); d != time.Second {
			t.Errorf("the next beat is %v after the first", d)
		}
		time.Sleep(300 * time.Millisecond)
		one = time.Now()
		<-After(5 * time.Second)
		if d := time.Since(one); d != 4700*time.Millisecond {
			t.Errorf("it took %v to the second before five have passed", d)
		}
	})
}
