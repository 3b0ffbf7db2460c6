package live

import (
	"slices"
	"testing"
)

func TestFeed(t *testing.T) {
	var f Feed[int]
	if all, n := f.After(0); len(all) != 0 || n != 0 {
		t.Errorf("an empty one has %v, %d", all, n)
	}
	changed, stop := f.Follow()
	defer stop()
	for i := range 3 {
		f.Add(i)
	}
	select {
	case <-changed:
	default:
		t.Error("a follower is not woken")
	}
	if all, n := f.After(1); !slices.Equal(all, []int{1, 2}) || n != 3 {
		t.Errorf("after the first: %v, %d", all, n)
	}
	if all, n := f.After(3); len(all) != 0 || n != 3 {
		t.Errorf("after all: %v, %d", all, n)
	}
	for i := 3; i < 5*feedKeeps; i++ {
		f.Add(i)
	}
	all, n := f.After(3)
	if n != 5*feedKeeps || len(all) != feedKeeps || all[len(all)-1] != n-1 || all[0] != n-len(all) {
		t.Errorf("of %d there are %d, from %d to %d", n, len(all), all[0], all[len(all)-1])
	}
}
