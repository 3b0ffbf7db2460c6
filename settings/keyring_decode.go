package settings

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decodeStored turns a password that Windows' Control Panel has stored as
// UTF-16LE into UTF-8, and leaves every other as it is. What we store ourselves
// is UTF-8 without NUL and so never taken for the other.
func decodeStored(stored string) string {
	if len(stored)%2 != 0 || utf8.ValidString(stored) && !strings.ContainsRune(stored, 0) {
		return stored
	}
	units := make([]uint16, len(stored)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16([]byte(stored[2*i:]))
	}
	runes := utf16.Decode(units)
	for _, r := range runes {
		// A surrogate without its other half comes out as RuneError.
		if r == 0 || r == utf8.RuneError {
			return stored
		}
	}
	return string(runes)
}
