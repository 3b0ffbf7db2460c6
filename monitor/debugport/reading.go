package debugport

import (
	"regexp"
	"strconv"

	"altv-tray/monitor/problem"
)

// Outcome says what kind of answer an address gave to GET /status.
type Outcome uint8

// The kinds of answers. Only Known means that a client's state is known.
const (
	Unasked     Outcome = iota // nothing has been asked yet
	Known                      // an alt:V client said one of its seven words
	UnknownWord                // one word, but none that a client is known to say
	NotRunning                 // nothing listens: no client, or one not in debug mode
	NotAltV                    // another program answers there
	NoAnswer                   // something is there that did not answer in time
)

// Reading is one answer to GET /status. The zero value: nothing has been asked yet.
type Reading struct {
	Outcome Outcome
	Status  Status       // set where Outcome is Known
	Word    string       // the word where Outcome is UnknownWord: upper case, at most 40 bytes
	Why     problem.Code // why, where Outcome is NotAltV or NoAnswer
	HTTP    int          // the code that was answered, where Why is PortHTTPCode
}

// Problem is why there is no status; nil where there is no reason to give.
func (r Reading) Problem() *problem.Problem {
	if r.Why == "" {
		return nil
	}
	if r.Why == problem.PortHTTPCode {
		return problem.New(r.Why, problem.Text("code", strconv.Itoa(r.HTTP)))
	}
	return problem.New(r.Why)
}

// Ready reports whether a reconnect may be sent to what gave this answer.
func (r Reading) Ready() bool { return r.Outcome == Known && r.Status.Ready() }

// Present reports whether there may be an alt:V client; one that is busy may not answer.
func (r Reading) Present() bool {
	return r.Outcome == Known || r.Outcome == UnknownWord || r.Outcome == NoAnswer
}

var outcomes = [...]string{UnknownWord: "UNKNOWN", NotRunning: "NOT_RUNNING", NotAltV: "NOT_ALTV", NoAnswer: "NO_ANSWER"}

// String returns the status word, or UNKNOWN, NOT_RUNNING, NOT_ALTV, NO_ANSWER or "".
func (r Reading) String() string {
	if r.Outcome == Known {
		return string(r.Status)
	}
	return outcomes[r.Outcome]
}

// plausible is what a newer client may say, in upper case.
var plausible = regexp.MustCompile(`^[A-Z][A-Z0-9_]{0,39}$`)

// read returns what the body of a 200 answer means. What is no word is another program's.
func read(body []byte) Reading {
	word := normalise(string(body))
	status := statusOf(word)
	switch {
	case status != NoStatus:
		return Reading{Outcome: Known, Status: status}
	case word == "":
		return Reading{Outcome: NotAltV, Why: problem.PortEmpty}
	case !plausible.MatchString(word):
		return Reading{Outcome: NotAltV, Why: problem.PortNoWord}
	}
	return Reading{Outcome: UnknownWord, Word: word}
}
