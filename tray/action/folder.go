package action

import (
	"context"
	"errors"

	"altv-tray/monitor/problem"
	"altv-tray/settings"
)

// What Folder asks for.
const (
	ServerFolder = "server"
	ClientFolder = "client"
)

// Folder asks the user for a folder; "" if they close the dialog, or another is open.
func (d *Doer) Folder(ctx context.Context, what string) (string, error) {
	if !d.asking.TryLock() {
		return "", nil
	}
	defer d.asking.Unlock()
	title := d.Text().T("dialog.folder_server")
	if what == ClientFolder {
		title = d.Text().T("dialog.folder_client")
	}
	folder, err := d.Ask(ctx, Question{Kind: AskFolder, Title: title})
	if errors.Is(err, ErrDismissed) || ctx.Err() != nil {
		return "", nil
	}
	return folder, err
}

// useServerFolder writes the folder that was found into the profile in use.
func (d *Doer) useServerFolder() Message {
	p := d.Store.Current().Active()
	folder := d.Surroundings.FindServerFolder(d.ctx, p, true)
	var err error = problem.New(problem.NoServerFound, problem.Text("address", p.Server))
	if folder != "" {
		_, err = d.Store.Change(settings.AnyVersion, settings.Change{Set: p.Name, ProfileKey: "folder", Value: folder})
	}
	if err != nil {
		return d.trouble("notice.settings_not_changed", err)
	}
	d.Log.Info("server_folder_taken", "folder", folder, "profile", p.Name)
	return d.said("notice.folder_taken", "notice.folder_taken_body", "profile", p.Name, "folder", folder)
}
