package action

import (
	"context"
	"strings"

	"altv-tray/tray/doctor"
	"altv-tray/tray/lang"
)

// runChecks opens the dashboard on its checks. Where no browser can be opened, a
// dialog has what is not well, and where no dialog can be shown, a notification
// has the summary.
func (d *Doer) runChecks() Answer {
	err := d.showDashboard("setup")
	if err == nil || d.ctx.Err() != nil || !d.checking.TryLock() {
		return Answer{}
	}
	defer d.checking.Unlock()
	d.Warn("dashboard_not_opened", err)
	t := d.Text()
	checks := d.Checks(d.ctx, t, nil)
	if d.ctx.Err() != nil {
		return Answer{}
	}
	title := t.T("dialog.checks_title")
	if err := d.Dialogs.Info(d.ctx, title, checksText(t, checks)); err != nil && d.ctx.Err() == nil {
		d.Warn("checks_not_shown", err)
		return Answer{Title: title, Body: doctor.Summary(t, checks)}
	}
	return Answer{}
}

// Checks looks at all that a reconnect depends on, and logs what is not well. T and
// seen are doctor.Input's.
func (d *Doer) Checks(ctx context.Context, t *lang.Printer, seen func(place int, c doctor.Check)) []doctor.Check {
	now, key := d.Monitor.Snapshot(), d.Hotkey()
	checks := doctor.Run(ctx, doctor.Input{
		Settings: d.Store.Current(),
		Problem:  d.Store.Problem(),
		InApp:    true,
		Client:   now.Client,
		Server:   now.ServerWhy.Code,
		Paths:    d.Paths,
		Log:      d.LogFile,
		Keyring:  d.Keyring,
		Hotkey:   &key,
		Printer:  t,
		Seen:     seen,
		ServerFolder: func(ctx context.Context) string {
			return d.Around.SeekServerFolder(ctx, d.Store.Current().Active())
		},
	})
	if ctx.Err() != nil {
		return nil
	}
	for _, c := range checks {
		if c.Level != doctor.OK {
			d.Log.Info("check", "id", c.ID, "level", string(c.Level), "text", c.Text)
		}
	}
	return checks
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
