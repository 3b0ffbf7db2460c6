package tray

import (
	"context"
	"errors"
	"fmt"
	"os/exec"

	"github.com/ncruces/zenity"
)

// dialogs asks the user for things.
type dialogs interface {
	// Password asks for a password. errDismissed: the user gave none.
	Password(ctx context.Context, title, question string) (string, error)
	// Confirm asks whether to do it; false where the user says no.
	Confirm(ctx context.Context, question, yes string) (bool, error)
	// Info shows a text of some lines.
	Info(ctx context.Context, title, text string) error
	// Error shows what went wrong.
	Error(ctx context.Context, text string) error
}

var errDismissed = errors.New("the dialog was closed without an answer")

// zenityDialogs are the system's own: built in on Windows, the program zenity
// (or qarma) on Linux.
type zenityDialogs struct{}

func (zenityDialogs) Password(ctx context.Context, title, question string) (string, error) {
	text, err := zenity.Entry(question, zenity.Title(title), zenity.HideText(), zenity.Context(ctx))
	return text, explain(err)
}

func (zenityDialogs) Confirm(ctx context.Context, question, yes string) (bool, error) {
	err := explain(zenity.Question(question, zenity.Title("altv-tray"), zenity.OKLabel(yes), zenity.Context(ctx)))
	if errors.Is(err, errDismissed) {
		return false, nil
	}
	return err == nil, err
}

func (zenityDialogs) Info(ctx context.Context, title, text string) error {
	return explain(zenity.Info(text, zenity.Title(title), zenity.Width(dialogWidth), zenity.Context(ctx)))
}

// dialogWidth gives sentences room; in pixels.
const dialogWidth = 600

func (zenityDialogs) Error(ctx context.Context, text string) error {
	return explain(zenity.Error(text, zenity.Title("altv-tray"), zenity.Context(ctx)))
}

func explain(err error) error {
	switch {
	case errors.Is(err, zenity.ErrCanceled):
		return errDismissed
	case errors.Is(err, exec.ErrNotFound):
		return fmt.Errorf("no dialog can be shown: install zenity, or use `altv-tray password set` in a terminal: %w", err)
	case err != nil:
		return fmt.Errorf("showing a dialog: %w", err)
	}
	return nil
}
