package action

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/cli/browser"

	"altv-tray/monitor/problem"
)

// Keep the output of other programs out of the terminal.
func init() { browser.Stdout, browser.Stderr = io.Discard, io.Discard }

// Browse opens a page in the browser. The error does not contain the address, which may have a code.
func Browse(url string) error {
	if err := browser.OpenURL(url); err != nil {
		return problem.New(problem.NoBrowser).Because(err)
	}
	return nil
}

func (d *Doer) about() Message {
	t := d.Text()
	q := Question{ShowText, t.T("menu.about", "version", d.Version), t.T("dialog.about", "version", d.Version), t.T("dialog.ok"), ""}
	if d.Home != "" {
		q.Text += "\n\n" + d.Home + "\n" + d.Home + "/issues"
		q.Yes, q.No = t.T("dialog.about_page"), t.T("dialog.close")
	}
	_, err := d.ask(d.ctx, q)
	if err == nil && d.Home != "" {
		err = d.untilEnd(func() error { return d.Browse(d.Home) })
	}
	return d.failure("notice.not_opened", err)
}

func (d *Doer) openDashboard(section string) Message {
	url, err := d.Dashboard(section)
	if err == nil {
		err = d.untilEnd(func() error { return d.Browse(url) })
	}
	return d.failure("notice.dashboard_not_opened", err)
}

// runChecks opens the dashboard at its checks. If no browser can be opened, a dialog shows what is
// wrong. If there is no dialog either, the message says how to see the checks.
func (d *Doer) runChecks() Message {
	m := d.openDashboard("setup")
	if !m.Failed {
		return m
	}
	t := d.Text()
	_, err := d.ask(d.ctx, Question{ShowText, t.T("menu.checks"), d.Checks(d.ctx), t.T("dialog.ok"), ""})
	if err == nil || errors.Is(err, ErrDismissed) {
		return Message{}
	}
	return m
}

// openSettings creates the file, with the commented defaults, if there is none.
func (d *Doer) openSettings() Message {
	if err := d.Store.Ensure(); err != nil {
		return d.failure("notice.settings_not_opened", err)
	}
	return d.open(d.Store.File())
}

// open opens a file or folder. Without a desktop, Open returns only when the other program ends.
func (d *Doer) open(path string) Message {
	err := d.untilEnd(func() error { return d.Open(path) })
	if err != nil {
		err = fmt.Errorf("%w; open it by hand", &fs.PathError{Op: "opening", Path: path, Err: err})
	}
	return d.failure("notice.not_opened", err)
}
