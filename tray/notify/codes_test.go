package notify

import (
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// countdown is a notice with two buttons.
func countdown(job uint64) view.Notice {
	return view.Notice{
		Title: "Reconnecting", Body: "The server is ready", Tag: view.CountdownTag, Timeout: 10 * time.Second,
		Buttons: [2]view.Button{{Label: "Cancel", Action: action.Cancel{Job: job}}, {Label: "Pause", Action: action.Pause{For: time.Hour}}},
	}
}

func checks() view.Notice {
	return view.Notice{Title: "Not reconnected", Buttons: [2]view.Button{{Label: "Run checks", Action: action.RunChecks{}}}}
}

func TestCodeIsGoodForOneActionOnce(t *testing.T) {
	var c Codes
	first, other := c.Issue(countdown(7), time.Hour), c.Issue(checks(), time.Hour)
	if len(first) != 2 || len(other) != 1 || first[0] == first[1] || len(first[0]) < 26 {
		t.Fatalf("%q, %q", first, other)
	}
	for _, made := range []string{"", "x", first[0][1:], first[0] + "A", "AAAAAAAAAAAAAAAAAAAAAAAAAA"} {
		if a := c.Use(made); a != nil {
			t.Errorf("the made-up code %q asks for %v", made, a)
		}
	}
	if a := c.Use(first[0]); a != (action.Cancel{Job: 7}) {
		t.Errorf("%v", a)
	}
	for _, text := range first {
		if a := c.Use(text); a != nil {
			t.Errorf("after one of its buttons was pressed, %q asks for %v", text, a)
		}
	}
	if a := c.Use(other[0]); a != (action.RunChecks{}) {
		t.Errorf("of another notice: %v", a)
	}
}

func TestCodeExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			notice view.Notice
			after  time.Duration
			good   bool
		}{
			{checks(), time.Hour - 1, true}, {checks(), time.Hour, false},
			{countdown(1), 10*time.Second - 1, true}, {countdown(1), 10 * time.Second, false},
		} {
			var codes Codes
			text := codes.Issue(c.notice, time.Hour)[0]
			<-time.After(c.after)
			if a := codes.Use(text); (a != nil) != c.good {
				t.Errorf("%s after %v: good %v", c.notice.Title, c.after, a != nil)
			}
		}
		long := countdown(1)
		long.Timeout = 3 * time.Hour
		var codes Codes
		text := codes.Issue(long, time.Hour)[0]
		<-time.After(time.Hour)
		if a := codes.Use(text); a != nil {
			t.Error("a code was good for more than an hour")
		}
	})
}

func TestCodesEndWithTheirNotice(t *testing.T) {
	var c Codes
	replaced := c.Issue(countdown(1), time.Hour)
	other := c.Issue(checks(), time.Hour)
	now := c.Issue(countdown(2), time.Hour)
	if a := c.Use(replaced[0]); a != nil {
		t.Errorf("of a notice that was replaced: %v", a)
	}
	c.Issue(view.Removal(view.CountdownTag), 0)
	if a := c.Use(now[0]); a != nil {
		t.Errorf("of a notice that was taken away: %v", a)
	}
	c.Issue(view.Removal(""), 0)
	if a := c.Use(other[0]); a == nil {
		t.Error("taking another away has ended it")
	}
}

func TestCodesAreBounded(t *testing.T) {
	var c Codes
	first := c.Issue(checks(), time.Hour)[0]
	var last string
	for range 3 * maxIssued {
		last = c.Issue(checks(), time.Hour)[0]
	}
	if len(c.all) != maxIssued {
		t.Errorf("the codes of %d notices", len(c.all))
	}
	if a := c.Use(first); a != nil {
		t.Error("the oldest is still good")
	}
	if a := c.Use(last); a == nil {
		t.Error("the newest is not good")
	}
}
