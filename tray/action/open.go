package action

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/cli/browser"

	"altv-tray/monitor/problem"
)

// The output of what is started stays out of the terminal.
func init() { browser.Stdout, browser.Stderr = io.Discard, io.Discard }

// openPath shows a file or folder in the program that the system has for it.
func openPath(path string) error {
	if err := showPath(path); err != nil {
		return fmt.Errorf("%w; open it by hand", &fs.PathError{Op: "opening", Path: path, Err: err})
	}
	return nil
}

// Browse shows a page in the browser. The error does not repeat the address with its code.
func Browse(url string) error {
	if err := browser.OpenURL(url); err != nil {
		return problem.New(problem.NoBrowser).Because(err)
	}
	return nil
}

// about says what this program is.
func (d *Doer) about(answered func()) Message {
	t := d.Text()
	q := Question{ShowText, t.T("menu.about", "version", d.Version), t.T("dialog.about", "version", d.Version), t.T("dialog.ok"), ""}
	if d.Home != "" {
		q.Text += "\n\n" + d.Home + "\n" + d.Home + "/issues"
		q.Yes, q.No = t.T("dialog.about_page"), t.T("dialog.close")
	}
	_, err := d.Ask(d.ctx, q)
	answered()
	if err == nil && d.Home != "" {
		err = d.unlessEnded(func() error { return d.Browse(d.Home) })
	}
	return d.trouble("notice.not_opened", err)
}

func (d *Doer) openDashboard(section string) Message {
	url, err := d.Dashboard(section)
	if err == nil {
		err = d.unlessEnded(func() error { return d.Browse(url) })
	}
	return d.trouble("notice.dashboard_not_opened", err)
}

// runChecks opens the dashboard on its checks. Where no browser can be opened, a dialog says
// what is not well; where there is no dialog either, the answer says how to see them.
func (d *Doer) runChecks() Message {
	a := d.openDashboard("setup")
	if !a.Failed || !d.asking.TryLock() {
		return a
	}
	defer d.asking.Unlock()
	t := d.Text()
	_, err := d.Ask(d.ctx, Question{ShowText, t.T("menu.checks"), d.Checks(d.ctx), t.T("dialog.ok"), ""})
	if err == nil || errors.Is(err, ErrDismissed) {
		return Message{}
	}
	return a
}

// openSettings makes the file, with the commented defaults, if there is none.
func (d *Doer) openSettings() Message {
	if err := d.Store.Ensure(); err != nil {
		return d.trouble("notice.settings_not_opened", err)
	}
	return d.opened(d.Store.File())
}

// opened shows a file or folder. Without a desktop the call ends with the program.
func (d *Doer) opened(path string) Message {
	return d.trouble("notice.not_opened", d.unlessEnded(func() error { return d.Open(path) }))
}
