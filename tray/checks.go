package tray

import (
	"context"
	"path/filepath"
	"strings"

	"altv-tray/assets"
	"altv-tray/settings"
	"altv-tray/tray/doctor"
	"altv-tray/tray/lang"
)

// runChecks looks at all that a reconnect depends on and shows what is not
// well. Where no dialog can be shown, a notification has the summary.
func (a *App) runChecks(ctx context.Context, _ func()) {
	t := a.text()
	checks := doctor.Run(ctx, doctor.Input{
		Settings: a.Store.Current(),
		Problem:  a.Store.Problem(),
		InApp:    true,
		Client:   a.monitor.Snapshot().Client,
		Paths:    settings.Paths{Settings: a.Store.File(), StateDir: a.StateDir, CacheDir: a.CacheDir},
		Log:      filepath.Join(a.StateDir, LogName),
		Keyring:  a.Keyring,
		Printer:  t,
	})
	if ctx.Err() != nil {
		return
	}
	for _, c := range checks {
		if c.Level != doctor.OK {
			a.Log.Info("check", "id", c.ID, "level", string(c.Level), "text", c.Text)
		}
	}
	if err := a.dialogs.Info(ctx, t.T("dialog.checks_title"), checksText(t, checks)); err != nil && ctx.Err() == nil {
		a.warn("checks_not_shown", err)
		a.notices.Answer(notice{t.T("dialog.checks_title"), doctor.Summary(t, checks), assets.App})
	}
}

// checksText is what is not well, the worst first, and how many things are. It
// has words where signs would do: not every font has those.
func checksText(t *lang.Printer, checks []doctor.Check) string {
	var text strings.Builder
	for _, level := range []doctor.Level{doctor.Failure, doctor.Warning} {
		for _, c := range checks {
			if c.Level != level {
				continue
			}
			if level == doctor.Failure {
				text.WriteString(t.T("checks.failure", "text", c.Text) + "\n")
			} else {
				text.WriteString(t.T("checks.warning", "text", c.Text) + "\n")
			}
			if c.Advice != "" {
				text.WriteString(t.T("checks.advice", "text", c.Advice) + "\n")
			}
			text.WriteString("\n")
		}
	}
	text.WriteString(doctor.Summary(t, checks))
	if well := doctor.Count(checks, doctor.OK); well > 0 {
		text.WriteString("\n" + t.N("dialog.checks_well", well))
	}
	return text.String()
}
