package debugport

import (
	"regexp"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	for _, s := range Statuses() {
		word := string(s)
		for _, body := range []string{
			word, strings.ToLower(word), strings.ToLower(word[:1]) + word[1:], word + "\n", word + "\r\n", "  \t" + word + "  ",
			"\ufeff" + word, "\ufeff  " + strings.ToLower(word) + "\r\n",
		} {
			if got := read([]byte(body)); got != (Reading{Outcome: Known, Status: s}) {
				t.Errorf("read(%q) is %+v, want %v", body, got, s)
			}
		}
		if ParseStatus(strings.ToLower(" "+word+"\n")) != s {
			t.Errorf("ParseStatus does not read %s", word)
		}
		if ready := s == MainMenu || s == InGame; s.Ready() != ready || (Reading{Outcome: Known, Status: s}).Ready() != ready {
			t.Errorf("%s: ready %v", s, s.Ready())
		}
	}
	for _, c := range []struct {
		body string
		want Outcome
		word string
	}{
		{"paused", UnknownWord, "PAUSED"},
		{"MAIN_MENU_2", UnknownWord, "MAIN_MENU_2"},
		{"IN_GAM", UnknownWord, "IN_GAM"},
		{strings.Repeat("a", 40), UnknownWord, strings.Repeat("A", 40)},
		{strings.Repeat("a", 41), NotAltV, ""},
		{"", NotAltV, ""},
		{" \r\n", NotAltV, ""},
		{"\ufeff", NotAltV, ""},
		{"MAIN MENU", NotAltV, ""},
		{"MAIN_MENU\nIN_GAME", NotAltV, ""},
		{"MAIN_MENU\x00", NotAltV, ""},
		{`"MAIN_MENU"`, NotAltV, ""},
		{`{"status":"MAIN_MENU"}`, NotAltV, ""},
		{"<!doctype html><title>IN_GAME</title>", NotAltV, ""},
		{"_IN_GAME", NotAltV, ""},
		{"200", NotAltV, ""},
		{"\xff\xfe\x00", NotAltV, ""},
		{"МЕНЮ", NotAltV, ""},
	} {
		got := read([]byte(c.body))
		if got.Outcome != c.want || got.Word != c.word || got.Status != NoStatus || (c.want == NotAltV) != (got.Why != "") {
			t.Errorf("read(%q) is %+v, want outcome %s and word %q", c.body, got, c.want, c.word)
		}
	}
}

func TestReadingNames(t *testing.T) {
	for _, c := range []struct {
		r              Reading
		name           string
		ready, present bool
	}{
		{Reading{}, "", false, false},
		{Reading{Outcome: Known, Status: InGame}, "IN_GAME", true, true},
		{Reading{Outcome: Known, Status: Error}, "ERROR", false, true},
		{Reading{Outcome: UnknownWord, Word: "X"}, "UNKNOWN", false, true},
		{Reading{Outcome: NotRunning}, "NOT_RUNNING", false, false},
		{Reading{Outcome: NotAltV}, "NOT_ALTV", false, false},
		{Reading{Outcome: NoAnswer}, "NO_ANSWER", false, true},
		// What is not Known is never ready, whatever else is set.
		{Reading{Outcome: NoAnswer, Status: InGame}, "NO_ANSWER", false, true},
	} {
		if c.r.String() != c.name || c.r.Ready() != c.ready || c.r.Present() != c.present {
			t.Errorf("%+v: %q, ready %v, present %v", c.r, c.r.String(), c.r.Ready(), c.r.Present())
		}
	}
	if ParseStatus("") != NoStatus || NoStatus.Ready() {
		t.Error("what is no status is read as one, or is ready")
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range Statuses() {
		f.Add([]byte(s))
	}
	f.Add([]byte("\ufeff in_game\r\n"))
	f.Add([]byte("<html>"))
	f.Add([]byte{0xff, 0, '\n'})
	f.Add([]byte("MA\u0131N_MENU")) // its capital is an I
	f.Add([]byte("LOADING IN_GAME"))
	f.Add([]byte("\u00a0Main_Menu\u2028"))
	f.Fuzz(func(t *testing.T, body []byte) {
		r := read(body)
		word := strings.TrimSpace(strings.TrimPrefix(string(body), "\ufeff"))
		want := NoStatus
		for _, s := range Statuses() {
			if sameLetters(word, string(s)) {
				want = s
			}
		}
		if ready := sameLetters(word, "MAIN_MENU") || sameLetters(word, "IN_GAME"); r.Ready() != ready || r.Status.Ready() != ready {
			t.Errorf("%q: ready is %v", body, r.Ready())
		}
		if r.Status != want || (r.Outcome == Known) != (want != NoStatus) {
			t.Errorf("%q is %+v, want %v", body, r, want)
		}
		if s := ParseStatus(string(body)); s != want {
			t.Errorf("%q: ParseStatus gives %v, want %v", body, s, want)
		}
		switch r.Outcome {
		case Known:
			if r.Word != "" || r.Why != "" || !r.Present() {
				t.Errorf("%q gives %+v", body, r)
			}
		case UnknownWord:
			if !sameLetters(word, r.Word) || len(r.Word) > 40 || !oneWord.MatchString(r.Word) || r.Why != "" || !r.Present() {
				t.Errorf("%q gives %+v", body, r)
			}
		case NotAltV:
			if r.Word != "" || r.Why == "" || r.Present() || len(word) <= 40 && oneWord.MatchString(word) {
				t.Errorf("%q gives %+v", body, r)
			}
		default:
			t.Errorf("%q gives outcome %s", body, r.Outcome)
		}
	})
}

var oneWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// sameLetters compares a text with a word in capitals, of the alphabet alone:
// not with what other scripts make of it.
func sameLetters(text, word string) bool {
	if len(text) != len(word) {
		return false
	}
	for i := range len(text) {
		if c := text[i]; c != word[i] && (c < 'a' || c > 'z' || c-'a'+'A' != word[i]) {
			return false
		}
	}
	return true
}
