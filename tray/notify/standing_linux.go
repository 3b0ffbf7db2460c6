package notify

import (
	"slices"
	"strconv"

	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// maxStanding bounds what is remembered of a daemon that never says that a
// notification is gone; the newest are kept.
const maxStanding = 16

// standing are the notices with buttons that stand on the desktop. It is what of
// them is decided without the bus.
type standing struct {
	all   []stand
	keys  int     // buttons so far: no key is used twice
	busy  bool    // a notice is being shown
	early []early // what was said meanwhile of a number that is not known yet
}

type stand struct {
	id      uint32 // the daemon's
	tag     string
	buttons map[string]action.Action // by key
}

type early struct {
	id  uint32
	key string // of the button that was pressed; empty: it was closed
}

// place makes keys for the buttons of a notice, and finds the number of the notice
// whose place it takes; 0 for none.
func (s *standing) place(n view.Notice) (one stand, keys []string, replaces uint32) {
	one = stand{tag: n.Tag, buttons: map[string]action.Action{}}
	for _, b := range n.Buttons {
		if b.Label != "" {
			s.keys++
			key := strconv.Itoa(s.keys)
			one.buttons[key], keys = b.Action, append(keys, key)
		}
	}
	return one, keys, s.tagged(n.Tag)
}

// tagged finds a notice by its tag; 0 where there is none.
func (s *standing) tagged(tag string) uint32 {
	for _, one := range s.all {
		if tag != "" && one.tag == tag {
			return one.id
		}
	}
	return 0
}

// shown notes that a notice stands. Pressed is what was asked for by it already;
// nil for nothing.
func (s *standing) shown(one stand) (pressed action.Action) {
	s.forget(s.tagged(one.tag))
	s.all = append(s.all, one)
	s.all = s.all[max(0, len(s.all)-maxStanding):]
	for _, e := range s.early {
		switch {
		case e.id != one.id:
		case e.key == "":
			s.forget(e.id)
		case pressed == nil:
			pressed = s.pressed(e.id, e.key)
		}
	}
	s.early = nil
	return pressed
}

// pressed is what a button asks for; nil where no such one stands. The notice is
// over then: one of its buttons is pressed, once.
func (s *standing) pressed(id uint32, key string) action.Action {
	for _, one := range s.all {
		if a := one.buttons[key]; one.id == id && a != nil {
			s.forget(id)
			return a
		}
	}
	s.wait(early{id, key})
	return nil
}

// gone notes that the daemon has closed a notice.
func (s *standing) gone(id uint32) {
	if !s.forget(id) {
		s.wait(early{id: id})
	}
}

func (s *standing) wait(e early) {
	if s.busy && len(s.early) < maxStanding {
		s.early = append(s.early, e)
	}
}

func (s *standing) forget(id uint32) (known bool) {
	before := len(s.all)
	s.all = slices.DeleteFunc(s.all, func(one stand) bool { return one.id == id })
	return len(s.all) < before
}

// idle tells that nothing needs the connection.
func (s *standing) idle() bool { return len(s.all) == 0 && !s.busy }
