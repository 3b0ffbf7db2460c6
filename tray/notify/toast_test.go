package notify

import (
	"strings"
	"testing"
)

func TestToastIsNoMarkup(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "a]]>b": "a]] >b", "$env:PATH `whoami`": "＄env:PATH 'whoami'", "a\nb": "a b",
		"]]]>>": "]]] >>", "]]\x00>": "]] >",
	} {
		if got := toast(in); got != want {
			t.Errorf("toast(%q) = %q, want %q", in, got, want)
		}
		if strings.Contains(toast(in), "]]>") {
			t.Errorf("toast(%q) still ends a CDATA section", in)
		}
	}
}
