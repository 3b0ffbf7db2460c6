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

// rowLayout has the byte offsets of the fields in a row of the system's table, and sizes.
type rowLayout struct{ addr, addrLen, port, pid, created, size int }

var (
	layout4 = rowLayout{addr: 4, addrLen: 4, port: 8, pid: 20, created: 24, size: 160}   // MIB_TCPROW_OWNER_MODULE
	layout6 = rowLayout{addr: 0, addrLen: 16, port: 20, pid: 52, created: 56, size: 192} // MIB_TCP6ROW_OWNER_MODULE
)

// findListeners finds the listening sockets, by process and creation time, as process ids are
// soon reused. Wine does not report the time, and takes half a second.
func findListeners(at netip.AddrPort) []listener {
	return append(readListeners(listenerTable(windows.AF_INET), layout4, at),
		readListeners(listenerTable(windows.AF_INET6), layout6, at)...)
}

// listenerTable returns the system's table, nil if the system returns none.
func listenerTable(family uintptr) []byte {
	const ownerModuleListener = 6 // TCP_TABLE_OWNER_MODULE_LISTENER
	// The table may have grown by the time that there is room for it.
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
func readListeners(table []byte, in rowLayout, at netip.AddrPort) (found []listener) {
	const header = 8
	if len(table) < header {
		return nil
	}
	rows := table[header:]
	for n := binary.LittleEndian.Uint32(table); n > 0 && len(rows) >= in.size; n-- {
		row := rows[:in.size]
		rows = rows[in.size:]
		addr, _ := netip.AddrFromSlice(row[in.addr : in.addr+in.addrLen])
		if !serves(netip.AddrPortFrom(addr, binary.BigEndian.Uint16(row[in.port:])), at) {
			continue
		}
		var l listener
		if created := binary.LittleEndian.Uint64(row[in.created:]); created != 0 {
			l = listener{owner: uint64(binary.LittleEndian.Uint32(row[in.pid:])), created: created}
		}
		found = append(found, l)
	}
	return found
}
