package debugport

import (
	"strconv"

	"altv-tray/monitor/problem"
)

// Outcome tells what kind of answer an address gave to GET /status.
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

// Reading is one answer to GET /status. It is comparable; the zero value means
// that nothing has been asked yet.
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

// Ready tells whether a reconnect may be sent to what gave this answer.
func (r Reading) Ready() bool { return r.Outcome == Known && r.Status.Ready() }

// Present tells whether there is something that may be an alt:V client. A port
// that gave no answer in time may be a client that is busy.
func (r Reading) Present() bool {
	return r.Outcome == Known || r.Outcome == UnknownWord || r.Outcome == NoAnswer
}

// String gives the status word, or one of UNKNOWN, NOT_RUNNING, NOT_ALTV,
// NO_ANSWER; empty where nothing has been asked.
func (r Reading) String() string {
	switch r.Outcome {
	case Known:
		return r.Status.String()
	case UnknownWord:
		return "UNKNOWN"
	case NotRunning:
		return "NOT_RUNNING"
	case NotAltV:
		return "NOT_ALTV"
	case NoAnswer:
		return "NO_ANSWER"
	}
	return ""
}

// maxWord is well above the longest word known, DOWNLOADING_FILES.
const maxWord = 40

// read tells what the body of a 200 answer to GET /status means. One word of
// letters, digits and underscores may come from a client newer than this
// program; everything else comes from another program.
func read(body []byte) Reading {
	word := normalise(string(body))
	if s := statusOf(word); s != NoStatus {
		return Reading{Outcome: Known, Status: s}
	}
	if word == "" {
		return Reading{Outcome: NotAltV, Why: problem.PortEmpty}
	}
	if len(word) > maxWord {
		return Reading{Outcome: NotAltV, Why: problem.PortNoWord}
	}
	for i := range len(word) {
		if c := word[i]; (c < 'A' || c > 'Z') && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return Reading{Outcome: NotAltV, Why: problem.PortNoWord}
		}
	}
	return Reading{Outcome: UnknownWord, Word: word}
}
