package view

import "unicode/utf16"

// tooltipUnits is what Windows shows of a tooltip; systray drops the end mark of a
// longer one.
const tooltipUnits = 127

// tooltip says what the first two rows say, and what failed, how long the pause
// lasts, and the profile where there are several. Where there is no room for all, the
// last lines are shortened first, and then left out.
func tooltip(f *frame) string {
	t := f.Text
	lines := []string{stateText(f), serverRow(f), failureText(f), pauseText(f), ""}
	short := []string{
		cut(t.T("state.row", "state", clientWords(f)), tooltipUnits/2), t.T("server.row", "state", t.T("server."+serverState(&f.Snap).String())),
		t.T("menu.last_failed"), t.T("menu.paused"), "",
	}
	if len(f.Settings.Profiles) > 1 {
		name := OneLine(f.Settings.Profile)
		lines[4], short[4] = t.T("menu.profile_named", "name", name), t.T("menu.profile_named", "name", cut(name, 12))
	}
	text := func() string { return join("\n", lines...) }
	for _, less := range [][]string{short, make([]string, len(lines))} {
		for i := len(lines) - 1; i >= 0 && length(text()) > tooltipUnits; i-- {
			if lines[i] != "" {
				lines[i] = less[i]
			}
		}
	}
	return text()
}

// length counts as Windows does.
func length(text string) int { return len(utf16.Encode([]rune(text))) }
