package action

import (
	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/problem"
	"altv-tray/tray/surroundings"
)

func (d *Doer) clientFolder() (string, error) {
	if folder := d.Around.Facts().ClientFolder; folder != "" {
		return folder, nil
	}
	return "", problem.New(problem.NoClientFolder)
}

func (d *Doer) startClient() Answer {
	folder, err := d.clientFolder()
	if err == nil {
		err = d.unlessEnded(func() error { // Windows may ask for the user's consent
			return clientfolder.Start(d.ctx, folder, surroundings.ServerAddress(d.Store.Current().Active()))
		})
	}
	if err != nil {
		return d.trouble("notice.not_started", err)
	}
	d.Log.Info("client_started", "folder", folder)
	return d.said("notice.start_title", "notice.start_body")
}

func (d *Doer) switchDebugOn(answered func()) Answer {
	t, config := d.Text(), clientfolder.Config{}
	dir, err := d.clientFolder()
	if err == nil {
		config, err = clientfolder.ReadConfig(dir)
	}
	if err == nil {
		_, err = d.Ask(d.ctx, Question{AskYes, "altv-tray", t.T("dialog.debug_ask", "file", config.File), t.T("dialog.debug_yes"), t.T("dialog.cancel")})
	}
	answered()
	if err != nil {
		return d.trouble("notice.debug_not_on", err)
	}
	return d.switchDebugOnNow()
}

// switchDebugOnNow asks nothing.
func (d *Doer) switchDebugOnNow() Answer {
	defer d.Around.LookAgain()
	dir, err := d.clientFolder()
	if err == nil {
		err = d.unlessEnded(func() error { return clientfolder.SwitchDebugOn(dir) })
	}
	if err != nil {
		return d.trouble("notice.debug_not_on", err)
	}
	d.Log.Info("client_debug_on", "folder", dir)
	return d.said("notice.debug_title", "notice.debug_body")
}

func (d *Doer) switchServerDebugOn() Answer {
	defer d.Around.LookAgain()
	folder := d.Store.Current().Active().Folder
	if err := d.unlessEnded(func() error { return gameserver.SwitchDebugOn(folder) }); err != nil {
		return d.trouble("notice.debug_not_on", err)
	}
	d.Log.Info("server_debug_on", "folder", folder)
	return d.said("notice.debug_title", "notice.server_debug_body")
}

func (d *Doer) setAutostart(on bool) Answer {
	defer d.Around.LookAgain()
	if err := d.Around.SetAutostart(on); err != nil {
		return d.trouble("notice.autostart_failed", err)
	}
	d.Log.Info("autostart_changed", "on", on)
	return Answer{}
}
