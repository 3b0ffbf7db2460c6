package live

import "testing"

func TestValue(t *testing.T) {
	var v Value[int]
	changed, stop := v.Follow()
	received := func() bool {
		select {
		case <-changed:
			return true
		default:
			return false
		}
	}
	v.Set(0)
	if received() {
		t.Error("woken, and nothing has changed")
	}
	v.Set(1)
	v.Update(func(n *int) { *n++ })
	if !received() || received() {
		t.Error("two changes in a row must wake once")
	}
	if v.Get() != 2 {
		t.Errorf("it holds %d, want 2", v.Get())
	}
	stop()
	v.Set(3)
	if received() {
		t.Error("woken after the end")
	}
}
