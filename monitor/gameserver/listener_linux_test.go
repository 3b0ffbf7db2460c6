package gameserver

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
)

// tableText writes a table as Linux does; each row is a local address and what
// follows the addresses.
func tableText(rows ...[2]string) string {
	var b strings.Builder
	b.WriteString("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n")
	for i, row := range rows {
		at := netip.MustParseAddrPort(row[0])
		host := ""
		for raw := at.Addr().AsSlice(); len(raw) > 0; raw = raw[4:] {
			host += fmt.Sprintf("%08X", binary.NativeEndian.Uint32(raw))
		}
		fmt.Fprintf(&b, "%4d: %s:%04X %s:0000 %s\n", i, host, at.Port(), strings.Repeat("0", len(host)), row[1])
	}
	return b.String()
}

func TestReadListeners(t *testing.T) {
	listening := func(inode int) string {
		return fmt.Sprintf("0A 00000000:00000000 00:00000000 00000000  1000        0 %d 1 000000002f2e3edd 100 0 0 10 0", inode)
	}
	at := netip.MustParseAddrPort("127.0.0.1:7788")
	for name, c := range map[string]struct {
		table string
		want  []listener
	}{
		"nothing": {"", nil},
		"no row":  {tableText(), nil},
		"the rows of that port alone": {tableText(
			[2]string{"127.0.0.1:7787", listening(1)}, [2]string{"127.0.0.1:7788", listening(2)},
			[2]string{"0.0.0.0:7788", listening(3)}, [2]string{"192.0.2.1:7788", listening(4)},
		), []listener{{owner: 2}, {owner: 3}}},
		"IPv6": {tableText([2]string{"[::]:7788", listening(5)}, [2]string{"[::1]:7788", listening(6)}), []listener{{owner: 5}}},
		"a connection of the server's": {tableText(
			[2]string{"127.0.0.1:7788", "01 00000000:00000000 00:00000000 00000000  1000        0 7 1 000000002f2e3edd 100 0 0 10 0"},
		), nil},
		"a socket that nobody holds any more": {tableText([2]string{"127.0.0.1:7788", listening(0)}), nil},
		"cut off":                             {"heading\n   0: 0100007F:1E6C 00000000:0000 0A", nil},
		"not an address":                      {"heading\n   0: 01007F:1E6C 0:0 0A 0 0 0 0 0 8\n   1: x 0:0 0A 0 0 0 0 0 9", nil},
	} {
		if got := readListeners(strings.NewReader(c.table), at); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// The kernel's two ways to tell agree.
func TestAskListeners(t *testing.T) {
	for _, address := range []string{"127.0.0.1:0", "[::]:0", "[::1]:0"} {
		l, err := net.Listen("tcp", address)
		if err != nil {
			t.Logf("%s: %v", address, err) // a computer without IPv6
			continue
		}
		defer l.Close()
		at := netip.MustParseAddrPort(l.Addr().String())
		asked, known := askListeners(at)
		if !known {
			t.Skip("this kernel has no sock_diag")
		}
		var read []listener
		for _, name := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
			if file, err := os.Open(name); err == nil {
				read = append(read, readListeners(file, at)...)
				file.Close()
			}
		}
		if len(asked) != 1 || !slices.Equal(asked, read) {
			t.Errorf("%s: asked %v, read %v", address, asked, read)
		}
	}
	if _, _, ok := parseDiag(make([]byte, 71)); ok {
		t.Error("a message that is cut off is taken")
	}
}
