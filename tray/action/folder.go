package action

import (
	"context"
	"errors"
)

// What Folder asks for.
const (
	ServerFolder = "server"
	ClientFolder = "client"
)

// Folder asks the user for a folder, "" where they close the dialog or another
// question is open.
func (d *Doer) Folder(ctx context.Context, what string) (string, error) {
	if !d.asking.TryLock() {
		return "", nil
	}
	defer d.asking.Unlock()
	title := d.Text().T("dialog.folder_server")
	if what == ClientFolder {
		title = d.Text().T("dialog.folder_client")
	}
	folder, err := d.Dialogs.Folder(ctx, title)
	if errors.Is(err, ErrDismissed) || ctx.Err() != nil {
		return "", nil
	}
	return folder, err
}
