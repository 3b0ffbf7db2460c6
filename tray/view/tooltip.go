package view

import (
	"strings"
	"unicode/utf16"
)

// tooltipUnits is what Windows shows of a tooltip; systray drops the end mark of a
// longer one.
const tooltipUnits = 127

// line is a line of the tooltip.
type line struct {
	whole string // empty: it is not there
	short string // what must be left of it for it to be of use
}

// tooltip says what the first two rows say, and what failed, how long the pause
// lasts, and the profile where there are several.
func tooltip(f *frame) string {
	t := f.Text
	lines := map[string]line{
		"state":   {stateText(f), cut(t.T("state.row", "state", clientWords(f)), tooltipUnits/2)},
		"server":  {serverRow(f), t.T("server.row", "state", t.T("server."+serverState(&f.Snap).String()))},
		"failure": {failureText(f), t.T("menu.last_failed")},
		"pause":   {pauseText(f), t.T("menu.paused")},
	}
	if len(f.Settings.Profiles) > 1 {
		name := Plain(f.Settings.Profile)
		lines["profile"] = line{t.T("menu.profile_named", "name", name), t.T("menu.profile_named", "name", cut(name, 12))}
	}
	return fit(lines, tooltipUnits)
}

// The lines of the tooltip from above, and from the one that matters most.
var (
	tooltipOrder = []string{"state", "server", "failure", "pause", "profile"}
	tooltipRanks = []string{"failure", "state", "server", "pause", "profile"}
)

// fit puts together what there is room for. It shortens what matters least first,
// leaves that out next, and cuts what matters most only where nothing else is left.
func fit(lines map[string]line, units int) string {
	shown := map[string]string{}
	for name, l := range lines {
		shown[name] = l.whole
	}
	text := func() string {
		var all []string
		for _, name := range tooltipOrder {
			if shown[name] != "" {
				all = append(all, shown[name])
			}
		}
		return strings.Join(all, "\n")
	}
	less := func(to func(line) string) {
		for i := len(tooltipRanks) - 1; i >= 0 && length(text()) > units; i-- {
			name := tooltipRanks[i]
			if others := length(text()) - length(shown[name]); shown[name] != "" && others > 0 {
				shown[name] = to(lines[name])
			}
		}
	}
	less(func(l line) string { return l.short })
	less(func(line) string { return "" })
	return cut(text(), units)
}

// length counts as Windows does.
func length(text string) int { return len(utf16.Encode([]rune(text))) }
