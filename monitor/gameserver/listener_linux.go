package gameserver

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"io"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// findListeners knows a socket by its inode, whose number is not given twice.
func findListeners(at netip.AddrPort) (found []listener) {
	if found, known := askListeners(at); known {
		return found
	}
	for _, name := range [...]string{"/proc/net/tcp", "/proc/net/tcp6"} {
		if file, err := os.Open(name); err == nil {
			found = append(found, readListeners(file, at)...)
			_ = file.Close()
		}
	}
	return found
}

// readListeners reads a table of TCP sockets, in which those that listen come
// first.
func readListeners(table io.Reader, at netip.AddrPort) (found []listener) {
	const local, state, inode, listens = 1, 3, 9, "0A"
	rows := bufio.NewScanner(table)
	rows.Scan() // the heading
	for rows.Scan() {
		columns := strings.Fields(rows.Text())
		if len(columns) <= inode || columns[state] != listens {
			break
		}
		if addr, ok := parseLocal(columns[local]); !ok || !serves(addr, at) {
			continue
		}
		if n, err := strconv.ParseUint(columns[inode], 10, 64); err == nil && n > 0 {
			found = append(found, listener{owner: n})
		}
	}
	return found
}

// parseLocal reads an address as "0100007F:1E6C": words of this computer's byte
// order, in hexadecimal digits.
func parseLocal(text string) (netip.AddrPort, bool) {
	host, port, _ := strings.Cut(text, ":")
	raw, err := hex.DecodeString(host)
	if err != nil || len(raw)%4 != 0 {
		return netip.AddrPort{}, false
	}
	for word := raw; len(word) > 0; word = word[4:] {
		binary.NativeEndian.PutUint32(word, binary.BigEndian.Uint32(word))
	}
	addr, ok := netip.AddrFromSlice(raw)
	number, err := strconv.ParseUint(port, 16, 16)
	return netip.AddrPortFrom(addr, uint16(number)), ok && err == nil
}
