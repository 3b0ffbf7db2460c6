package debugport

import (
	"slices"
	"strings"
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

// Statuses lists the seven words a client is known to say.
func Statuses() []Status {
	return []Status{Loading, MainMenu, Connecting, DownloadingFiles, InGame, Disconnecting, Error}
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

func statusOf(word string) Status {
	if s := Status(word); slices.Contains(Statuses(), s) {
		return s
	}
	return NoStatus
}
