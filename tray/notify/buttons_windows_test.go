package notify

import (
	"encoding/xml"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"git.sr.ht/~jackmordaunt/go-toast/tmpl"
	"golang.org/x/sys/windows/registry"

	"altv-tray/tray/view"
)

// Whatever is in a notice, its toast is sound XML with those texts and buttons.
func TestToastOfANotice(t *testing.T) {
	n := countdown(7)
	n.Body = `<b> & "]]> $(x)`
	n.Buttons[0].Label = `"A" & <B>`
	codes := new(Codes).Issue(n, codeLimit)
	made := toastOf(n, `C:\Users\A & B\x.png`, codes)
	var text strings.Builder
	if err := tmpl.XMLTemplate.Execute(&text, &made); err != nil {
		t.Fatal(err)
	}
	var toast struct {
		Image struct {
			Src string `xml:"src,attr"`
		} `xml:"visual>binding>image"`
		Texts   []string `xml:"visual>binding>text"`
		Actions []struct {
			Type    string `xml:"activationType,attr"`
			Content string `xml:"content,attr"`
			Address string `xml:"arguments,attr"`
		} `xml:"actions>action"`
	}
	if err := xml.Unmarshal([]byte(text.String()), &toast); err != nil {
		t.Fatalf("%v\n%s", err, text.String())
	}
	if toast.Image.Src != `C:\Users\A & B\x.png` || !slices.Equal(toast.Texts, []string{"Reconnecting", `<b> & "]] > ＄(x)`}) {
		t.Errorf("%+v", toast)
	}
	if len(toast.Actions) != 2 || toast.Actions[0].Content != `"A" & <B>` || toast.Actions[0].Type != "protocol" ||
		toast.Actions[0].Address != "altv-tray:"+codes[0] || toast.Actions[1].Address != "altv-tray:"+codes[1] {
		t.Errorf("%+v", toast.Actions)
	}
	for _, c := range []struct {
		after time.Duration
		want  string
	}{{0, "short"}, {5 * time.Second, "short"}, {time.Minute, "long"}} {
		n.Timeout = c.after
		if made := toastOf(n, "", nil); made.Duration != c.want {
			t.Errorf("of use for %v: %s", c.after, made.Duration)
		}
	}
	if made := toastOf(view.Notice{Title: "a", Body: "b"}, "", nil); made.Body != "b" {
		t.Errorf("%+v", made)
	}
}

// The scheme calls the program with the address and nothing else, replaces that of
// an older place, and leaves no trace.
func TestScheme(t *testing.T) {
	place := `Software\altv-tray-test\`
	t.Cleanup(func() { _ = registry.DeleteKey(registry.CURRENT_USER, strings.TrimSuffix(place, `\`)) })
	name := place + "name"
	for _, exe := range []string{`C:\old place\altv-tray.exe`, `C:\new place\altv-tray.exe`} {
		if err := writeScheme(place, exe); err != nil {
			t.Fatal(err)
		}
		for _, value := range []struct{ key, name, want string }{
			{place + "altv-tray", "", "URL:altv-tray"}, {place + "altv-tray", "URL Protocol", ""},
			{place + `altv-tray\shell\open\command`, "", `"` + exe + `" "%1"`},
		} {
			key, err := registry.OpenKey(registry.CURRENT_USER, value.key, registry.QUERY_VALUE)
			if err != nil {
				t.Fatal(err)
			}
			if got, _, err := key.GetStringValue(value.name); err != nil || got != value.want {
				t.Errorf("%s of %s is %q, %v", value.name, value.key, got, err)
			}
			_ = key.Close()
		}
	}
	for range 2 { // there being none is no error
		if err := removeTraces(name, place); err != nil {
			t.Error(err)
		}
		if _, err := registry.OpenKey(registry.CURRENT_USER, place+"altv-tray", registry.QUERY_VALUE); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("left behind: %v", err)
		}
	}
}
