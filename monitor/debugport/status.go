package debugport

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"altv-tray/monitor/problem"
)

// Status is one of the words with which an alt:V client answers GET /status (alt:V
// documentation, debug mode).
type Status string

// The client's states, in the order in which a session goes through them.
const (
	NoStatus         Status = ""
	Loading          Status = "LOADING"
	MainMenu         Status = "MAIN_MENU"
	Connecting       Status = "CONNECTING"
	DownloadingFiles Status = "DOWNLOADING_FILES"
	InGame           Status = "IN_GAME"
	Disconnecting    Status = "DISCONNECTING"
	Error            Status = "ERROR"
)

// Statuses returns the seven words that a client is known to use.
func Statuses() []Status {
	return []Status{Loading, MainMenu, Connecting, DownloadingFiles, InGame, Disconnecting, Error}
}

// Ready reports whether a reconnect may be sent. In other states it has frozen clients (public
// issue threads of server projects).
func (s Status) Ready() bool { return s == MainMenu || s == InGame }

// ParseStatus reads a word, trimmed and in any case. It returns NoStatus for any other text.
func ParseStatus(text string) Status { return read([]byte(text)).Status }

// Outcome is the kind of answer that an address gave to GET /status.
type Outcome string

// The kinds of answers. The client's state is known only after Known.
const (
	Unasked     Outcome = ""            // nothing has been asked yet
	Known       Outcome = "KNOWN"       // an alt:V client sent one of its seven words
	UnknownWord Outcome = "UNKNOWN"     // one word, but none of the seven
	NotRunning  Outcome = "NOT_RUNNING" // nothing listens: no client, or one not in debug mode
	NotAltV     Outcome = "NOT_ALTV"    // another program answered
	NoAnswer    Outcome = "NO_ANSWER"   // something listens that did not answer in time
)

// Reading is one answer to GET /status. The zero value means that nothing has been asked yet.
type Reading struct {
	Outcome Outcome
	Status  Status       // if Outcome is Known
	Word    string       // the word if Outcome is UnknownWord: upper case, at most 40 bytes
	Why     problem.Code // the reason if Outcome is NotAltV or NoAnswer
	HTTP    int          // the HTTP status code if Why is PortHTTPCode
}

// Problem returns why the status is not known, or nil if Why is empty.
func (r Reading) Problem() *problem.Problem {
	switch r.Why {
	case "":
		return nil
	case problem.PortHTTPCode:
		return problem.New(r.Why, problem.Text("code", strconv.Itoa(r.HTTP)))
	}
	return problem.New(r.Why)
}

// Ready reports whether a reconnect may be sent to the client.
func (r Reading) Ready() bool { return r.Outcome == Known && r.Status.Ready() }

// Present reports whether an alt:V client may be there. A busy one may not answer in time.
func (r Reading) Present() bool {
	return r.Outcome == Known || r.Outcome == UnknownWord || r.Outcome == NoAnswer
}

// String returns the status word, or UNKNOWN, NOT_RUNNING, NOT_ALTV, NO_ANSWER or "".
func (r Reading) String() string {
	if r.Outcome == Known {
		return string(r.Status)
	}
	return string(r.Outcome)
}

// possibleWord matches the words that a newer client may use. Other letters are not in it, as some
// have an upper case among A to Z.
var possibleWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,39}$`)

// read interprets the body of an answer with the code 200.
func read(body []byte) Reading {
	text := strings.TrimSpace(strings.TrimPrefix(string(body), "\ufeff"))
	word := strings.ToUpper(text)
	switch {
	case text == "":
		return Reading{Outcome: NotAltV, Why: problem.PortEmpty}
	case !possibleWord.MatchString(text):
		return Reading{Outcome: NotAltV, Why: problem.PortNoWord}
	case slices.Contains(Statuses(), Status(word)):
		return Reading{Outcome: Known, Status: Status(word)}
	}
	return Reading{Outcome: UnknownWord, Word: word}
}
