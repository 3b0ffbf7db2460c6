//go:build linux

package desktoptest

// What the system says in the log and on a terminal.
const (
	denied = "permission denied"
	full   = "no space left on device"
)

// systemWords are what the user is told in its place.
var systemWords = map[string]string{denied: "access was denied", full: "the disk is full"}

// noted are the words as notifications and the doctor have them.
func noted(words []string) []string {
	var all []string
	for _, word := range words {
		if own, ok := systemWords[word]; ok {
			word = own
		}
		all = append(all, word)
	}
	return all
}
