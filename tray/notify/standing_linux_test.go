package notify

import (
	"testing"

	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// put shows a notice under a number.
func put(s *standing, id uint32, n view.Notice) (keys []string, pressed action.Action) {
	one, keys, _ := s.place(n)
	one.id = id
	return keys, s.shown(one)
}

func TestButtonIsPressedOnce(t *testing.T) {
	var s standing
	keys, _ := put(&s, 5, countdown(7))
	others, _ := put(&s, 6, checks())
	for _, c := range []struct {
		id  uint32
		key string
	}{{5, others[0]}, {6, keys[0]}, {7, keys[0]}, {5, "default"}, {5, ""}} {
		if a := s.pressed(c.id, c.key); a != nil {
			t.Errorf("%+v asks for %v", c, a)
		}
	}
	if a := s.pressed(5, keys[0]); a != (action.Cancel{Job: 7}) {
		t.Errorf("%v", a)
	}
	for _, key := range keys {
		if a := s.pressed(5, key); a != nil {
			t.Errorf("pressed again it asks for %v", a)
		}
	}
	if a := s.pressed(6, others[0]); a != (action.RunChecks{}) || !s.idle() {
		t.Errorf("%v, idle %v", a, s.idle())
	}
}

func TestClosedNoticeIsForgotten(t *testing.T) {
	var s standing
	keys, _ := put(&s, 5, checks())
	s.gone(5)
	if a := s.pressed(5, keys[0]); a != nil || !s.idle() {
		t.Errorf("%v, idle %v", a, s.idle())
	}
	for id := range uint32(3 * maxStanding) {
		put(&s, id+10, checks())
	}
	if len(s.all) != maxStanding || s.early != nil {
		t.Errorf("%d are remembered, and %v", len(s.all), s.early)
	}
}

// A notice takes the place of the one with its tag, whatever number it gets; a
// button that was pressed before the change does not call off the next reconnect.
func TestNoticeIsReplaced(t *testing.T) {
	for _, id := range []uint32{5, 6} {
		var s standing
		old, _ := put(&s, 5, countdown(7))
		put(&s, 9, checks())
		one, _, replaces := s.place(countdown(8))
		if replaces != 5 {
			t.Errorf("it takes the place of %d", replaces)
		}
		one.id = id
		s.shown(one)
		if len(s.all) != 2 || s.tagged(view.CountdownTag) != id || s.tagged("") != 0 {
			t.Errorf("%+v", s.all)
		}
		if a := s.pressed(5, old[0]); a != nil {
			t.Errorf("the old button asks for %v", a)
		}
	}
}

// The daemon may say that a button was pressed before it says which number the
// notice has.
func TestButtonPressedEarly(t *testing.T) {
	s := standing{busy: true}
	one, keys, _ := s.place(countdown(7))
	one.id = 5
	s.pressed(4, keys[0])
	s.pressed(5, keys[0])
	s.pressed(5, keys[1])
	if a := s.shown(one); a != (action.Cancel{Job: 7}) || len(s.all) != 0 {
		t.Errorf("%v, %+v", a, s.all)
	}
	one, _, _ = s.place(checks())
	one.id = 6
	s.gone(6)
	if a := s.shown(one); a != nil || len(s.all) != 0 {
		t.Errorf("%v, %+v", a, s.all)
	}
	for range 3 * maxStanding {
		s.gone(1)
	}
	if len(s.early) != maxStanding {
		t.Errorf("%d are remembered", len(s.early))
	}
}
