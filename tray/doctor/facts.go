package doctor

import (
	"errors"

	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/portowner"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
)

// facts is what Run was given, and all that the judges use beside it. No password is in it.
type facts struct {
	Input
	windows  bool
	program  string // this program's file name
	own      ownFacts
	client   clientFacts
	server   serverFacts
	password passwordFacts
	desktop  Desktop
}

// ownFacts are about altv-tray itself.
type ownFacts struct {
	noFile   bool  // of the settings, so the defaults are in force
	unusable error // the first of its folders and files that cannot be written
	tray     error // nil: it runs; else as control.Find
}

// clientFacts are about the alt:V client; on another computer only reading is known.
type clientFacts struct {
	folder     string // empty: it was not found
	config     clientfolder.Config
	err        error // why config is not known
	running    []clientfolder.Process
	runningErr error
	reading    debugport.Reading
	owner      portowner.Owner
	ownerErr   error
}

// serverFacts are about the profile's game server.
type serverFacts struct {
	address   string // host:port of its TCP port
	config    gameserver.ServerConfig
	configErr error  // also where the profile names no folder
	dialErr   error  // nil: it took a connection
	found     string // its folder, which the profile does not name
}

// passwordFacts are about the profile's password.
type passwordFacts struct {
	asked   bool  // the keyring was asked, which it is not where no password is needed
	err     error // as settings.Keyring's Get
	differs bool  // from the one in the server's settings
}

// Desktop is what the user's desktop offers. On Windows both are always there.
type Desktop struct {
	Bus           error  // why the session bus cannot be asked; the rest is not known then
	Tray          bool   // a program shows tray icons
	Notifications bool   // a program shows notifications, or would be started for it
	Name          string // of the desktop, as XDG_CURRENT_DESKTOP has it: "ubuntu:GNOME"
}

// clientHere reports whether the debug port is one of this computer.
func (f *facts) clientHere() bool { return settings.IsLoopback(f.Settings.Client.Address) }

// clientKnown reports whether this computer has, or should have, a client, a Windows program.
func (f *facts) clientKnown() bool {
	return f.clientHere() && (f.windows || f.Settings.Client.Folder != "" || f.client.folder != "" || f.clientSilent() != "" || len(f.client.running) > 0)
}

// clientSilent returns the client's folder where that does not answer, else "".
func (f *facts) clientSilent() string {
	if e, ok := errors.AsType[*problem.Problem](f.client.err); ok && e.Code == problem.FolderSilent {
		return e.File
	}
	return ""
}

// answers reports whether the debug port answers as alt:V does.
func (f *facts) answers() bool {
	return f.client.reading.Outcome == debugport.Known || f.client.reading.Outcome == debugport.UnknownWord
}
