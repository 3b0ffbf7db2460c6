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
)

// Question is a dialog.
type Question struct {
	Kind        Kind
	Title, Text string
	Yes, No     string // its buttons' labels; empty No: it has one button
}

// Kind is what a Question asks for.
type Kind int

// The kinds.
const (
	AskPassword Kind = iota
	AskFolder
	AskYes   // whether to do something
	ShowText // of some lines; with a No, the other button leads further
)

// ErrDismissed means that the user closed a dialog, or said No.
var ErrDismissed = errors.New("the dialog was closed without an answer")

var errNoDialogs = problem.New(problem.NoDialog)

// width is a dialog's, in pixels, with room for titles.
const width = 400

// ask shows a dialog of the system: Windows' own, or that of the program zenity (or qarma).
func ask(ctx context.Context, q Question) (answer string, err error) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return "", errNoDialogs // zenity's error would look like a No
	}
	options := []zenity.Option{zenity.Title(q.Title), zenity.Context(ctx), zenity.Width(width), zenity.OKLabel(q.Yes)}
	if q.No != "" { // dialogs with one button do not show with it
		options = append(options, zenity.CancelLabel(q.No))
	}
	switch {
	case q.Kind == AskPassword:
		answer, err = zenity.Entry(q.Text, append(options, zenity.HideText())...)
	case q.Kind == AskFolder:
		answer, err = zenity.SelectFile(zenity.Directory(), zenity.Title(q.Title), zenity.Context(ctx))
	case q.Kind == AskYes:
		err = zenity.Question(q.Text, options...)
	case q.No != "":
		err = zenity.Question(q.Text, append(options, zenity.InfoIcon)...)
	default:
		err = zenity.Info(q.Text, options...)
	}
	switch {
	case errors.Is(err, zenity.ErrCanceled):
		return "", ErrDismissed
	case errors.Is(err, exec.ErrNotFound):
		return "", fmt.Errorf("%w (%w)", errNoDialogs, err)
	case err != nil:
		return "", fmt.Errorf("showing a dialog: %w", err)
	}
	return answer, nil
}
