package debugport

import "strings"

// Status is one of the words with which an alt:V client answers GET /status on
// its debug port (alt:V documentation, debug mode). The zero value, NoStatus,
// means that no such word is known.
type Status uint8

// The client's states, in the order in which a session goes through them.
const (
	NoStatus Status = iota
	Loading
	MainMenu
	Connecting
	DownloadingFiles
	InGame
	Disconnecting
	Error
)

var words = [...]string{
	NoStatus:         "",
	Loading:          "LOADING",
	MainMenu:         "MAIN_MENU",
	Connecting:       "CONNECTING",
	DownloadingFiles: "DOWNLOADING_FILES",
	InGame:           "IN_GAME",
	Disconnecting:    "DISCONNECTING",
	Error:            "ERROR",
}

// Statuses lists the seven words a client is known to say.
func Statuses() []Status {
	return []Status{Loading, MainMenu, Connecting, DownloadingFiles, InGame, Disconnecting, Error}
}

// String gives the word as the client says it; empty for NoStatus.
func (s Status) String() string {
	if int(s) < len(words) {
		return words[s]
	}
	return ""
}

// Ready tells whether a reconnect may be sent now. Sent in any other state it
// has frozen or half-loaded clients (public issue threads of server projects).
func (s Status) Ready() bool { return s == MainMenu || s == InGame }

// ParseStatus reads a word as the client says it, trimmed and in any case. It
// gives NoStatus for every other text.
func ParseStatus(text string) Status { return statusOf(normalise(text)) }

// normalise knows capitals of the alphabet alone: in Unicode, other letters than
// i and s have I and S for theirs, and so would make one of the words.
func normalise(text string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")))
}

func statusOf(word string) Status {
	for s := Loading; s <= Error; s++ {
		if word == words[s] {
			return s
		}
	}
	return NoStatus
}
