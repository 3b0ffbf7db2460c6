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
	Yes, No     string // the labels of its buttons; without No there is one button
}

// Kind is the kind of a Question.
type Kind int

// The kinds of dialogs.
const (
	AskPassword Kind = iota
	AskFolder
	ShowText // shows some lines
)

// ErrDismissed means that the user closed a dialog, or chose No, or that another dialog is open.
var ErrDismissed = errors.New("the dialog was closed without an answer")

var errNoDialogs = problem.New(problem.NoDialog)

// width is the width of a dialog in pixels. It has room for the titles.
const width = 400

// ask shows a dialog, unless another one is open.
func (d *Doer) ask(ctx context.Context, q Question) (answer string, err error) {
	if !d.asking.TryLock() {
		return "", ErrDismissed
	}
	defer d.asking.Unlock()
	return d.Ask(ctx, q)
}

// showDialog shows a dialog: one of Windows, or one of the program zenity (or qarma).
func showDialog(ctx context.Context, q Question) (answer string, err error) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return "", errNoDialogs // zenity's error would look like a No
	}
	options := []zenity.Option{zenity.Title(q.Title), zenity.Context(ctx), zenity.Width(width), zenity.OKLabel(q.Yes)}
	if q.No != "" { // dialogs with one button do not show if they have this option
		options = append(options, zenity.CancelLabel(q.No))
	}
	switch {
	case q.Kind == AskPassword:
		answer, err = zenity.Entry(q.Text, append(options, zenity.HideText())...)
	case q.Kind == AskFolder:
		answer, err = zenity.SelectFile(zenity.Directory(), zenity.Title(q.Title), zenity.Context(ctx))
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

// The folders that Folder can ask for.
const (
	ServerFolder = "server"
	ClientFolder = "client"
)

// Folder asks the user for a folder. It returns "" if they close the dialog, or if another is open.
func (d *Doer) Folder(ctx context.Context, which string) (string, error) {
	title := d.Text().T("dialog.folder_server")
	if which == ClientFolder {
		title = d.Text().T("dialog.folder_client")
	}
	folder, err := d.ask(ctx, Question{Kind: AskFolder, Title: title})
	if errors.Is(err, ErrDismissed) || ctx.Err() != nil {
		return "", nil
	}
	return folder, err
}
