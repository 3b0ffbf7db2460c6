package tray

import (
	"context"
	"errors"
	"path/filepath"

	"altv-tray/assets"
	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/gameserver"
	"altv-tray/tray/autostart"
)

// This file holds what the menu does with the client, the server's folder and
// the start at login.

var errNoServerPassword = errors.New("server.toml holds no password")

var errNoClient = errors.New("the folder of alt:V was not found: set client.folder in the settings")

// clientFolder is where the client lies.
func (a *App) clientFolder() (string, error) {
	if folder := a.clientDir.Load(); folder != nil && *folder != "" {
		return *folder, nil
	}
	return "", errNoClient
}

func (a *App) startClient() {
	folder, err := a.clientFolder()
	if err == nil {
		err = a.unlessQuit(func() error { // Windows may ask for the user's consent
			return clientfolder.Start(a.ctx, folder, ServerAddress(a.Store.Current().Active()))
		})
	}
	switch {
	case a.ctx.Err() != nil:
		return
	case err != nil:
		a.trouble("notice.not_started", err)
		return
	}
	a.Log.Info("client_started", "folder", folder)
	a.tell("notice.start_title", "notice.start_body")
}

func (a *App) switchDebugOn(ctx context.Context, answered func()) {
	t := a.text()
	folder, err := a.clientFolder()
	yes, backup := false, ""
	if err == nil {
		file := stampOf(folder, clientFiles...).path
		yes, err = a.dialogs.Confirm(ctx, t.T("dialog.debug_ask", "file", file), t.T("dialog.debug_yes"))
	}
	answered()
	if ctx.Err() != nil || err == nil && !yes {
		return
	}
	if err == nil {
		backup, err = clientfolder.SwitchDebugOn(folder)
	}
	switch {
	case err != nil:
		a.trouble("notice.debug_not_on", err)
	case backup == "":
		a.tell("notice.debug_title", "notice.debug_already")
	default:
		a.Log.Info("client_debug_on", "folder", folder, "backup", backup)
		a.tell("notice.debug_title", "notice.debug_body", "backup", filepath.Base(backup))
	}
	a.lookAgain()
}

func (a *App) toggleAutostart() {
	on, err := autostart.Enabled()
	if err == nil && on {
		err = autostart.Disable()
	} else if err == nil {
		var program string
		if program, err = autostart.Program(); err == nil {
			err = autostart.Enable(program)
		}
	}
	if err != nil {
		a.trouble("notice.autostart_failed", err)
	} else {
		a.Log.Info("autostart_changed", "on", !on)
	}
	a.lookAgain()
}

// takePassword puts the password of the server's own settings into the keyring.
func (a *App) takePassword() {
	p := a.Store.Current().Active()
	own, err := gameserver.ReadConfig(p.Folder)
	if err == nil && !own.HasPassword {
		err = errNoServerPassword
	}
	if err == nil {
		err = a.store(a.ctx, p.Name, own.Password)
	}
	if err != nil {
		if a.ctx.Err() == nil {
			a.trouble("notice.password_not_taken", err)
		}
		return
	}
	a.Log.Info("password_taken", "profile", p.Name)
	t := a.text()
	a.notices.Answer(notice{t.T("notice.password_stored"), t.T("notice.password_taken_body", "profile", p.Name), assets.App})
}

// lookAgain has the surroundings looked at now.
func (a *App) lookAgain() {
	select {
	case a.lookNow <- struct{}{}:
	default:
	}
}
