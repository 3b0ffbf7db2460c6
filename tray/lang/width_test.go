package lang_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"altv-tray/tray/lang"
)

// longest is the longest time that a tooltip is laid out for.
const longest = 23*time.Hour + 59*time.Minute

// labels are the texts of the menu with something long filled in.
var labels = strings.NewReplacer("{version}", "10.10.10", "{n}", "999")

// TestMenuLabelsAreShort, as a menu is as wide as its widest row.
func TestMenuLabelsAreShort(t *testing.T) {
	const most = 40
	for _, tag := range lang.Tags {
		p := lang.New(tag)
		for key, text := range catalogue(t, tag) {
			if !strings.HasPrefix(key, "menu.") {
				continue
			}
			for _, label := range text {
				label = labels.Replace(strings.ReplaceAll(label, "{time}", p.Minutes(longest)))
				if n := utf8.RuneCountInString(label); n > most {
					t.Errorf("%s: %s has %d characters, want %d at most: %s", tag, key, n, most, label)
				}
			}
		}
	}
}

// TestTooltipFits: the longest row of the client with the longest of the server
// fits into what Windows shows. What comes from elsewhere, a word or an
// address, is not counted; the tooltip is cut for that.
func TestTooltipFits(t *testing.T) {
	const most = 127
	for _, tag := range lang.Tags {
		p := lang.New(tag)
		known, unknown, servers := "", "", ""
		for key := range catalogue(t, tag) {
			switch key {
			case "state.row", "state.attempt", "state.unknown_word", "server.row", "server.wrong":
				continue
			case "state.looking", "state.not_running", "state.not_altv", "state.no_answer", "state.debug_off":
				unknown = longer(unknown, p.T(key))
			case "server.starting", "server.ready":
				servers = longer(servers, p.T(key))
			default:
				switch {
				case strings.HasPrefix(key, "state."):
					known = longer(known, p.T(key))
				case strings.HasPrefix(key, "server.why_"):
					for _, state := range []string{"server.unknown", "server.down"} {
						servers = longer(servers, p.T(state)+" · "+p.T(key))
					}
				}
			}
		}
		attempt := " · " + p.T("state.attempt", "n", "100", "of", "100")
		state := longer(
			p.T("state.row", "state", known)+" · "+p.Minutes(longest)+attempt,
			p.T("state.row", "state", unknown)+attempt)
		tooltip := state + "\n" + p.T("server.row", "state", servers)
		if n := units(tooltip); n > most {
			t.Errorf("%s: %d UTF-16 units, want %d at most:\n%s", tag, n, most, tooltip)
		}
		tooltip += " · " + p.T("server.wrong", "address", "255.255.255.255:65535")
		t.Logf("%s: %d UTF-16 units with a wrong server, %d are shown:\n%s", tag, units(tooltip), most, tooltip)
	}
}

func longer(a, b string) string {
	if units(a) >= units(b) {
		return a
	}
	return b
}

func units(text string) int { return len(utf16.Encode([]rune(text))) }
