package monitor

import (
	"context"
	"errors"

	"altv-tray/monitor/debugport"
)

// ErrEnded is Await's error for a job without a number.
var ErrEnded = errors.New("the monitor has ended")

// Await follows a reconnect, on a subscription that is older than it, and returns the
// event that settles it: the client's answer to the POST, or with wait the join, or the
// end before that. A client that did not answer has accepted the POST when it leaves its
// state. The error is ctx's, or ErrEnded.
func Await(ctx context.Context, sub *Subscription, job uint64, wait bool) (Event, error) {
	if job == 0 {
		return Event{}, ErrEnded
	}
	var unanswered Event
	for _, events := range sub.All(ctx) {
		for _, e := range events {
			switch {
			case e.Kind == ClientChanged && unanswered.Kind != 0 && e.To.Outcome == debugport.Known:
				return unanswered, nil
			case e.Job != job:
			case settles(e, wait):
				return e, nil
			case e.Kind == Answered && !wait && e.Answer == debugport.Unanswered:
				unanswered = e
			case e.Kind == AttemptFailed:
				unanswered = Event{}
			}
		}
	}
	return Event{}, ctx.Err()
}

func settles(e Event, wait bool) bool {
	switch e.Kind {
	case Joined, Failed, Refused, Cancelled:
		return true
	case Answered:
		return !wait && (e.Answer == debugport.Accepted || e.Answer == debugport.Unanswered && e.Code/100 == 2)
	}
	return false
}
