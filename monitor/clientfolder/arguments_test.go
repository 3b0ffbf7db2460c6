package clientfolder

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestArguments(t *testing.T) {
	tests := []struct {
		server string
		want   []string
	}{
		{"", []string{"-debug"}},
		{"127.0.0.1:7788", []string{"-debug", "-connecturl", "altv://connect/127.0.0.1%3A7788"}},
		{"[::1]:1234", []string{"-debug", "-connecturl", "altv://connect/%5B%3A%3A1%5D%3A1234"}},
		{"http://my.cdn.server", []string{"-debug", "-connecturl", "altv://connect/http%3A%2F%2Fmy.cdn.server"}},
	}
	for _, test := range tests {
		if got, err := arguments(test.server); err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, %v; want %q", test.server, got, err, test.want)
		}
	}
	for _, server := range []string{"a?password=b", "user:secret@host", "a b", "a\x00", "a\n", `a" -x "`, "a&b", "a#b"} {
		if got, err := arguments(server); err == nil || strings.Contains(err.Error(), server) {
			t.Errorf("%q: %q, %v", server, got, err)
		}
	}
}

func FuzzArguments(f *testing.F) {
	f.Add("127.0.0.1:7788")
	f.Add("http://cdn/%3Fpassword=x")
	f.Fuzz(func(t *testing.T, server string) {
		args, err := arguments(server)
		if err != nil || server == "" {
			return
		}
		address, ok := strings.CutPrefix(args[2], "altv://connect/")
		if back, err := url.PathUnescape(address); !ok || err != nil || back != server || strings.ContainsAny(address, " \"?&+") {
			t.Errorf("%q: %q", server, args)
		}
	})
}
