//go:build linux

package desktoptest

// What the system's errors say, in the log and on a terminal.
const (
	denied = "permission denied"
	full   = "no space left on device"
)

// systemWords are the texts that users read instead.
var systemWords = map[string]string{denied: "access was denied", full: "the disk is full"}

// noted are these texts in notifications and doctor.
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
