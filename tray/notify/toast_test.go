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
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
		if strings.Contains(clean(in), "]]>") {
			t.Errorf("clean(%q) still ends a CDATA section", in)
		}
	}
}

func TestAttributeIsNoMarkup(t *testing.T) {
	for in, want := range map[string]string{
		`C:\Users\A & B\x  y.png`: `C:\Users\A &amp; B\x  y.png`, `"><action`: `&#34;&gt;&lt;action`, "$(x) `y'": "&#36;(x) &#96;y&#39;",
		"altv-tray:ABC": "altv-tray:ABC", "Set password…": "Set password…",
	} {
		if got := attribute(in); got != want {
			t.Errorf("attribute(%q) = %q, want %q", in, got, want)
		}
	}
}
