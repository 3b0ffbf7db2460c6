package gameserver

import (
	"encoding/binary"
	"net/netip"
	"slices"
	"testing"
)

func TestReadListeners(t *testing.T) {
	type socket struct {
		local string
		pid   uint32
		made  uint64
	}
	write := func(in rowLayout, sockets ...socket) []byte {
		table := make([]byte, 8, 8+in.size*(len(sockets)+1))
		binary.LittleEndian.PutUint32(table, uint32(len(sockets)))
		for _, s := range sockets {
			at := netip.MustParseAddrPort(s.local)
			one := make([]byte, in.size)
			copy(one[in.addr:], at.Addr().AsSlice())
			binary.BigEndian.PutUint16(one[in.port:], at.Port())
			binary.LittleEndian.PutUint32(one[in.pid:], s.pid)
			binary.LittleEndian.PutUint64(one[in.created:], s.made)
			table = append(table, one...)
		}
		return table
	}
	at := netip.MustParseAddrPort("127.0.0.1:7788")
	for name, c := range map[string]struct {
		table []byte
		in    rowLayout
		want  []listener
	}{
		"none was given": {nil, layout4, nil},
		"no row":         {write(layout4), layout4, nil},
		"the rows of that port alone": {
			write(layout4, socket{"127.0.0.1:7787", 1, 1}, socket{"0.0.0.0:7788", 2, 20}, socket{"127.0.0.1:7788", 3, 30}),
			layout4, []listener{{2, 20}, {3, 30}},
		},
		"Wine": {write(layout4, socket{"127.0.0.1:7788", 9, 0}), layout4, []listener{{}}},
		"IPv6": {write(layout6, socket{"[::]:7788", 4, 40}, socket{"[::1]:7788", 5, 50}), layout6, []listener{{4, 40}}},
		"cut off": {
			write(layout4, socket{"127.0.0.1:7788", 6, 60}, socket{"127.0.0.1:7788", 7, 70})[:8+layout4.size+20],
			layout4, []listener{{6, 60}},
		},
		// Room is left over, as the table may shrink before it is given.
		"room left": {append(write(layout4, socket{"127.0.0.1:7788", 8, 80}), make([]byte, 4096)...), layout4, []listener{{8, 80}}},
	} {
		if got := readListeners(c.table, c.in, at); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
