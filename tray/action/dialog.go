package action

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"

	"github.com/ncruces/zenity"

	"altv-tray/monitor/problem"
	"altv-tray/tray/lang"
)

// Dialogs ask the user for things.
type Dialogs interface {
	// Password asks for a password. ErrDismissed: the user closed it.
	Password(ctx context.Context, title, question string) (string, error)
	// Confirm asks whether to do it; false where the user says no.
	Confirm(ctx context.Context, question, yes string) (bool, error)
	// Info shows a text of some lines.
	Info(ctx context.Context, title, text string) error
	// Folder asks for a folder. ErrDismissed: the user closed it.
	Folder(ctx context.Context, title string) (string, error)
	// Error shows what went wrong.
	Error(ctx context.Context, text string) error
}

// ErrDismissed means that the user closed a dialog without an answer.
var ErrDismissed = errors.New("the dialog was closed without an answer")

// zenityDialogs are the system's own: built in on Windows, the program zenity
// (or qarma) on Linux.
type zenityDialogs struct{ text func() *lang.Printer }

func (z zenityDialogs) Password(ctx context.Context, title, question string) (string, error) {
	if noDisplay() {
		return "", errNoDialogs
	}
	text, err := zenity.Entry(question, z.options(ctx, title, z.cancel(), zenity.HideText())...)
	return text, explain(err)
}

func (z zenityDialogs) Confirm(ctx context.Context, question, yes string) (bool, error) {
	if noDisplay() {
		return false, errNoDialogs
	}
	err := explain(zenity.Question(question, z.options(ctx, appTitle, z.cancel(), zenity.OKLabel(yes))...))
	if errors.Is(err, ErrDismissed) {
		return false, nil
	}
	return err == nil, err
}

func (z zenityDialogs) Info(ctx context.Context, title, text string) error {
	if noDisplay() {
		return errNoDialogs
	}
	return explain(zenity.Info(text, z.options(ctx, title, zenity.Width(dialogWidth))...))
}

func (z zenityDialogs) Folder(ctx context.Context, title string) (string, error) {
	if noDisplay() {
		return "", errNoDialogs
	}
	folder, err := zenity.SelectFile(zenity.Directory(), zenity.Title(title), zenity.Context(ctx))
	return folder, explain(err)
}

// dialogWidth gives sentences room; in pixels.
const dialogWidth = 600

func (z zenityDialogs) Error(ctx context.Context, text string) error {
	if noDisplay() {
		return errNoDialogs
	}
	return explain(zenity.Error(text, z.options(ctx, appTitle)...))
}

const appTitle = "altv-tray"

// options are what every dialog has. The buttons are in the user's language,
// which need not be the system's.
func (z zenityDialogs) options(ctx context.Context, title string, more ...zenity.Option) []zenity.Option {
	t := z.text()
	return append([]zenity.Option{
		zenity.Title(title), zenity.Context(ctx), zenity.OKLabel(t.T("dialog.ok")),
	}, more...)
}

// cancel names the button of dialogs that have two; with it, those that have
// one do not show at all.
func (z zenityDialogs) cancel() zenity.Option {
	return zenity.CancelLabel(z.text().T("dialog.cancel"))
}

// noDisplay tells that there is nothing to show a dialog on. The program zenity
// then ends as if its user had said no.
func noDisplay() bool {
	return runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == ""
}

// errNoDialogs means that nothing can be asked.
var errNoDialogs = problem.New(problem.NoDialog)

func explain(err error) error {
	switch {
	case errors.Is(err, zenity.ErrCanceled):
		return ErrDismissed
	case errors.Is(err, exec.ErrNotFound):
		return fmt.Errorf("%w (%w)", errNoDialogs, err)
	case err != nil:
		return fmt.Errorf("showing a dialog: %w", err)
	}
	return nil
}
