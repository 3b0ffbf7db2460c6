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
	// Confirm asks whether to do it. ErrDismissed: the user says no.
	Confirm(ctx context.Context, question, yes string) error
	// About shows a text of some lines, with a button that leads further unless that is
	// empty. ErrDismissed: the user only closes it.
	About(ctx context.Context, title, text, further string) error
	// Folder asks for a folder. ErrDismissed: the user closed it.
	Folder(ctx context.Context, title string) (string, error)
}

// ErrDismissed means that the user closed a dialog without an answer.
var ErrDismissed = errors.New("the dialog was closed without an answer")

// zenityDialogs are the system's: Windows' own, or the program zenity (or qarma).
type zenityDialogs struct{ text func() *lang.Printer }

func (z zenityDialogs) Password(ctx context.Context, title, question string) (text string, err error) {
	err = show(func() (err error) {
		text, err = zenity.Entry(question, z.options(ctx, title, z.cancel(), zenity.HideText(), zenity.Width(aboutWidth))...)
		return err
	})
	return text, err
}

func (z zenityDialogs) Confirm(ctx context.Context, question, yes string) error {
	return show(func() error {
		return zenity.Question(question, z.options(ctx, appTitle, z.cancel(), zenity.OKLabel(yes))...)
	})
}

func (z zenityDialogs) About(ctx context.Context, title, text, further string) error {
	return show(func() error {
		if further == "" {
			return zenity.Info(text, z.options(ctx, title, zenity.Width(aboutWidth))...)
		}
		return zenity.Question(text, z.options(ctx, title, zenity.InfoIcon, zenity.Width(aboutWidth),
			zenity.OKLabel(further), zenity.CancelLabel(z.text().T("dialog.close")))...)
	})
}

func (z zenityDialogs) Folder(ctx context.Context, title string) (folder string, err error) {
	err = show(func() (err error) {
		folder, err = zenity.SelectFile(zenity.Directory(), zenity.Title(title), zenity.Context(ctx))
		return err
	})
	return folder, err
}

const aboutWidth = 400 // pixels, with room for titles

const appTitle = "altv-tray"

// options are what every dialog has, with buttons in the user's language.
func (z zenityDialogs) options(ctx context.Context, title string, more ...zenity.Option) []zenity.Option {
	t := z.text()
	return append([]zenity.Option{
		zenity.Title(title), zenity.Context(ctx), zenity.OKLabel(t.T("dialog.ok")),
	}, more...)
}

// cancel names the second button. Dialogs with one button do not show with it.
func (z zenityDialogs) cancel() zenity.Option {
	return zenity.CancelLabel(z.text().T("dialog.cancel"))
}

var errNoDialogs = problem.New(problem.NoDialog)

// show runs a dialog, if there is a display: zenity's error would look like a "no".
func show(dialog func() error) error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errNoDialogs
	}
	err := dialog()
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
