package gameserver

import (
	"encoding/binary"
	"net/netip"
	"syscall"
)

// findListeners finds the listening sockets, by their inodes. It uses sock_diag(7), because
// reading /proc/net/tcp takes milliseconds. It returns nil if the kernel does not answer.
func findListeners(at netip.AddrPort) (found []listener) {
	const sockDiag = 4 // NETLINK_SOCK_DIAG
	fd, err := syscall.Socket(syscall.AF_NETLINK, syscall.SOCK_RAW|syscall.SOCK_CLOEXEC, sockDiag)
	if err != nil {
		return nil
	}
	defer syscall.Close(fd)
	_ = syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &syscall.Timeval{Sec: 1})
	buffer := make([]byte, 8<<10) // the size that libmnl recommends
	for _, family := range [...]byte{syscall.AF_INET, syscall.AF_INET6} {
		if syscall.Sendto(fd, diagRequest(family, at.Port()), 0, &syscall.SockaddrNetlink{Family: syscall.AF_NETLINK}) != nil {
			return nil
		}
		for done := false; !done; {
			n, _, err := syscall.Recvfrom(fd, buffer, 0)
			if err != nil {
				return nil
			}
			messages, err := syscall.ParseNetlinkMessage(buffer[:n])
			if err != nil {
				return nil
			}
			for _, m := range messages {
				switch m.Header.Type {
				case syscall.NLMSG_ERROR:
					return nil
				case syscall.NLMSG_DONE:
					done = true
				default:
					if addr, inode, ok := parseDiag(m.Data); ok && serves(addr, at) {
						found = append(found, inode)
					}
				}
			}
		}
	}
	return found
}

// diagRequest returns a request for the TCP sockets of a family that listen on a port
// (inet_diag_req_v2).
func diagRequest(family byte, port uint16) []byte {
	const length, byFamily, listens = 16 + 56, 20, 1 << 10 // SOCK_DIAG_BY_FAMILY, TCP_LISTEN
	request := binary.NativeEndian.AppendUint32(nil, length)
	request = binary.NativeEndian.AppendUint16(request, byFamily)
	request = binary.NativeEndian.AppendUint16(request, syscall.NLM_F_REQUEST|syscall.NLM_F_DUMP)
	request = append(request, make([]byte, 8)...) // sequence number and port
	request = append(request, family, syscall.IPPROTO_TCP, 0, 0)
	request = binary.NativeEndian.AppendUint32(request, listens)
	request = binary.BigEndian.AppendUint16(request, port)
	return append(request, make([]byte, length-len(request))...)
}

// parseDiag reads an inet_diag_msg. A socket without an inode is closed.
func parseDiag(message []byte) (local netip.AddrPort, inode listener, ok bool) {
	const port, addr, inodeAt, length = 4, 8, 68, 72
	if len(message) < length {
		return netip.AddrPort{}, 0, false
	}
	size := 4
	if message[0] == syscall.AF_INET6 {
		size = 16
	}
	from, _ := netip.AddrFromSlice(message[addr : addr+size])
	inode = listener(binary.NativeEndian.Uint32(message[inodeAt:]))
	return netip.AddrPortFrom(from, binary.BigEndian.Uint16(message[port:])), inode, inode > 0
}
