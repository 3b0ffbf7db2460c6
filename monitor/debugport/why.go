package debugport

import (
	"fmt"
	"maps"
)

// Why tells by a word why an answer is none of alt:V's, or did not come.
type Why string

// The reasons; the zero value is none.
const (
	HTTPCode     Why = "http_code"
	NotHTTP      Why = "not_http"
	TooLong      Why = "too_long"
	Empty        Why = "empty"
	NoWord       Why = "no_word"
	Closed       Why = "closed"
	TooLate      Why = "too_late"
	NoConnection Why = "no_connection"
)

var details = map[Why]string{
	HTTPCode:     "it answers HTTP %d",
	NotHTTP:      "it does not speak HTTP as alt:V does",
	TooLong:      "its answer is too long",
	Empty:        "the answer is empty",
	NoWord:       "the answer is not a status word",
	Closed:       "the connection was closed without an answer",
	TooLate:      "no answer within " + Limit.String(),
	NoConnection: "no connection could be made",
}

// Reasons are all that there are, with their English texts, for who has to have
// texts for them in other languages.
func Reasons() map[Why]string { return maps.Clone(details) }

func because(o Outcome, w Why) Reading { return Reading{Outcome: o, Why: w, Detail: details[w]} }

func answersHTTP(code int) Reading {
	r := because(NotAltV, HTTPCode)
	r.Detail, r.HTTP = fmt.Sprintf(r.Detail, code), code
	return r
}
