package action

import "testing"

func TestHasProgram(t *testing.T) {
	for extension, want := range map[string]bool{"": false, ".txt": true, ".altv-tray-has-no-such-kind": false} {
		if got := hasProgram(extension); got != want {
			t.Errorf("%q: %v, want %v", extension, got, want)
		}
	}
}
