package gameserver

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

var getExtendedTCPTable = windows.NewLazySystemDLL("iphlpapi.dll").NewProc("GetExtendedTcpTable")

// row says at which bytes of a row of the system's table what stands.
type row struct{ addr, addrLen, port, pid, made, size int }

var (
	row4 = row{addr: 4, addrLen: 4, port: 8, pid: 20, made: 24, size: 160}   // MIB_TCPROW_OWNER_MODULE
	row6 = row{addr: 0, addrLen: 16, port: 20, pid: 52, made: 56, size: 192} // MIB_TCP6ROW_OWNER_MODULE
)

// findListeners finds the listening sockets, by process and time, as process ids are reused
// soon. Wine does not report the time, and takes half a second.
func findListeners(at netip.AddrPort) []listener {
	return append(readListeners(listenerTable(windows.AF_INET), row4, at),
		readListeners(listenerTable(windows.AF_INET6), row6, at)...)
}

// listenerTable is empty if the system returns none.
func listenerTable(family uintptr) []byte {
	const ownerModuleListener = 6 // TCP_TABLE_OWNER_MODULE_LISTENER
	// It may have grown by the time that there is room for it.
	for size, tries := uint32(16<<10), 0; tries < 4; tries++ {
		table := make([]byte, size)
		code, _, _ := getExtendedTCPTable.Call(uintptr(unsafe.Pointer(&table[0])), uintptr(unsafe.Pointer(&size)),
			0, family, ownerModuleListener, 0)
		switch err := syscall.Errno(code); {
		case err == 0:
			return table
		case !errors.Is(err, windows.ERROR_INSUFFICIENT_BUFFER):
			return nil
		}
	}
	return nil
}

// readListeners reads a table: the number of rows, four bytes of padding, rows.
func readListeners(table []byte, in row, at netip.AddrPort) (found []listener) {
	const heading = 8
	if len(table) < heading {
		return nil
	}
	rows := table[heading:]
	for n := binary.LittleEndian.Uint32(table); n > 0 && len(rows) >= in.size; n-- {
		one := rows[:in.size]
		rows = rows[in.size:]
		addr, _ := netip.AddrFromSlice(one[in.addr : in.addr+in.addrLen])
		if !serves(netip.AddrPortFrom(addr, binary.BigEndian.Uint16(one[in.port:])), at) {
			continue
		}
		var who listener
		if made := binary.LittleEndian.Uint64(one[in.made:]); made != 0 {
			who = listener{owner: uint64(binary.LittleEndian.Uint32(one[in.pid:])), made: made}
		}
		found = append(found, who)
	}
	return found
}
