package action

import (
	"path/filepath"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/problem"
	"altv-tray/tray/surroundings"
)

func (d *Doer) startClient() Message {
	folder := d.Surroundings.Facts().ClientFolder
	var err error = problem.New(problem.NoClientFolder)
	if folder != "" {
		err = d.untilEnd(func() error { // Windows may ask for the user's consent
			return clientfolder.Start(folder, surroundings.ServerAddress(d.Store.Current().Active()))
		})
	}
	if err != nil {
		return d.failure("notice.not_started", err)
	}
	d.Log.Info("client_started", "folder", folder)
	return d.success("notice.start_title", "notice.start_body")
}

func (d *Doer) switchDebugOn() Message {
	return d.switchOn("client_debug_on", "notice.debug_body", func() (string, error) {
		config, err := clientfolder.ReadConfig(d.Surroundings.Facts().ClientFolder)
		return config.File, err
	})
}

func (d *Doer) switchServerDebugOn() Message {
	return d.switchOn("server_debug_on", "notice.server_debug_body", func() (string, error) {
		config, err := gameserver.ReadConfig(d.Store.Current().Active().Folder)
		return config.File, err
	})
}

// switchOn switches on debug mode in the file that find returns. Event is the name in the log, and
// body the key of the message's text.
func (d *Doer) switchOn(event, body string, find func() (file string, err error)) Message {
	defer d.Surroundings.Refresh()
	var file string
	err := d.untilEnd(func() (err error) {
		if file, err = find(); err != nil {
			return err
		}
		return altcfg.SwitchDebugOn(file)
	})
	if err != nil {
		return d.failure("notice.debug_not_on", err)
	}
	d.Log.Info(event, "folder", filepath.Dir(file))
	return d.success("notice.debug_title", body)
}

func (d *Doer) setAutostart(on bool) Message {
	defer d.Surroundings.Refresh()
	if err := d.Surroundings.SetAutostart(on); err != nil {
		return d.failure("notice.autostart_failed", err)
	}
	d.Log.Info("autostart_changed", "on", on)
	return Message{}
}
