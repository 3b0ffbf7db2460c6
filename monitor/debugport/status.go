package debugport

import (
	"slices"
	"strings"
)

// Status is one of the words with which an alt:V client answers GET /status (alt:V
// documentation, debug mode).
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

// String returns the word as the client says it; empty for NoStatus.
func (s Status) String() string {
	if int(s) < len(words) {
		return words[s]
	}
	return ""
}

// Ready reports whether a reconnect may be sent. In other states it has frozen clients (public
// issue threads of server projects).
func (s Status) Ready() bool { return s == MainMenu || s == InGame }

// ParseStatus reads a word, trimmed and in any case; NoStatus for every other text.
func ParseStatus(text string) Status { return statusOf(normalise(text)) }

// normalise makes capitals of a to z only: in Unicode, I and S are also those of other letters.
func normalise(text string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")))
}

func statusOf(word string) Status { return Status(max(0, slices.Index(words[:], word))) }
