package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/control"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/folder"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/portowner"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/hotkey"
	"altv-tray/tray/lang"
)

// allWell is a Windows computer on which nothing is wrong.
func allWell() facts {
	set := settings.Default()
	set.Profiles[0].Folder = `C:\server`
	return facts{
		windows: true,
		program: "altv-tray.exe",
		Input:   Input{Settings: set, Paths: settings.Paths{Settings: `C:\settings.toml`, StateDir: `C:\state`}},
		client: clientFacts{
			folder:  `C:\altv`,
			config:  clientfolder.Config{File: `C:\altv\altv.toml`, Debug: true, LastIP: "127.0.0.1:7788"},
			running: []clientfolder.Process{{PID: 4711, Path: `C:\altv\altv.exe`}},
			reading: debugport.Reading{Outcome: debugport.Known, Status: debugport.MainMenu},
			owner:   portowner.Owner{PID: 4711, Name: "altv.exe"},
		},
		server: serverFacts{
			address: "127.0.0.1:7788",
			config:  gameserver.ServerConfig{File: `C:\server\server.toml`, Debug: true, HasPassword: true},
		},
		password: passwordFacts{asked: true},
		desktop:  desktopFacts{Tray: true, Notifications: true},
	}
}

const none = "" // no such check

var ctrlF9 = settings.Combination{Mods: settings.Ctrl, Key: "F9"}

// holds sets the key, and how the app holds it.
func holds(s hotkey.State) func(*facts) {
	return func(f *facts) { f.Settings.Hotkey.Reconnect, f.App = ctrlF9, &AppState{Hotkey: s} }
}

var cases = []struct {
	id     string
	name   string // of the finding; none: there is no such check
	level  Level
	change func(*facts)
}{
	{"settings", "in_force", OK, func(*facts) {}},
	{"settings", "defaults", OK, func(f *facts) { f.own.noFile = true }},
	{"settings", "broken", Failure, func(f *facts) { f.Problem, f.App = broken("language = 'xx'"), &AppState{} }},
	{"settings", "broken_here", Failure, func(f *facts) { f.Problem = broken("language = 'xx'") }},

	{"folders", "usable", OK, func(*facts) {}},
	{"folders", "unusable", Failure, func(f *facts) {
		f.own.unusable = &fs.PathError{Op: "open", Path: "/state", Err: fs.ErrPermission}
	}},

	{"tray_app", "runs", OK, func(*facts) {}},
	{"tray_app", "absent", Warning, func(f *facts) { f.own.tray = fmt.Errorf("%w (refused)", control.ErrNoTray) }},
	{"tray_app", "unreachable", Failure, func(f *facts) { f.own.tray = problem.New(problem.OthersRead).In("/state/control.json") }},

	{"client_folder", "found", OK, func(*facts) {}},
	{"client_folder", "missing", Warning, noClient},
	{"client_folder", "wrong", Failure, func(f *facts) { noClient(f); f.Settings.Client.Folder = `D:\gone` }},
	{"client_folder", "wrong", Failure, func(f *facts) { onLinux(f); f.Settings.Client.Folder = "/gone" }},
	{"client_folder", "silent", Failure, clientSilent},
	{"client_folder", "silent", Failure, func(f *facts) { onLinux(f); clientSilent(f) }},
	{"client_folder", "silent", Failure, func(f *facts) { f.client.err = silentFolder(`C:\altv`) }},
	{"client_folder", none, "", onLinux},
	{"client_folder", "found", OK, func(f *facts) { f.windows = false }},
	{"client_folder", none, "", onAnother},

	{"client_debug", "on", OK, func(*facts) {}},
	{"client_debug", "flag", OK, func(f *facts) { debugOff(f); f.client.running[0].HasDebugFlag = true }},
	{"client_debug", "off", Failure, func(f *facts) { debugOff(f); closed(f) }},
	{"client_debug", "off", Warning, debugOff},
	{"client_debug", "no_file", Failure, func(f *facts) { f.client.err = fmt.Errorf("no: %w", os.ErrNotExist); closed(f) }},
	{"client_debug", "no_file", Warning, func(f *facts) { f.client.err = fmt.Errorf("no: %w", os.ErrNotExist) }},
	{"client_debug", "broken", Warning, func(f *facts) { f.client.err = problem.New(problem.BrokenTOML).In(`C:\altv\altv.toml`).At(2) }},
	{"client_debug", none, "", func(f *facts) { f.client.err = silentFolder(`C:\altv`) }},
	{"client_debug", none, "", noClient},
	{"client_debug", none, "", onLinux},
	{"client_debug", none, "", onAnother},

	{"client_running", "yes", OK, func(*facts) {}},
	{"client_running", "unseen", OK, func(f *facts) { f.client.running = nil }},
	{"client_running", "no", Failure, func(f *facts) { f.client.running = nil; closed(f) }},
	{"client_running", "not_known", Warning, func(f *facts) {
		f.client.running, f.client.runningErr = nil, fmt.Errorf("listing the processes: %w", fs.ErrPermission)
		closed(f)
	}},
	{"client_running", none, "", onLinux},
	{"client_running", "yes", OK, func(f *facts) { // Wine, in a folder that is not known
		onLinux(f)
		f.client.running = []clientfolder.Process{{PID: 1}}
	}},

	{"client_port", "answers", OK, func(*facts) {}},
	{"client_port", "error", Warning, func(f *facts) { f.client.reading.Status = debugport.Error }},
	{"client_port", "unknown_word", Warning, func(f *facts) {
		f.client.reading = debugport.Reading{Outcome: debugport.UnknownWord, Word: "SLEEPING"}
	}},
	{"client_port", "not_altv", Failure, func(f *facts) {
		f.client.reading = debugport.Reading{Outcome: debugport.NotAltV, Why: problem.PortHTTPCode, HTTP: 404}
	}},
	{"client_port", "no_answer", Failure, func(f *facts) {
		f.client.reading = debugport.Reading{Outcome: debugport.NoAnswer, Why: problem.PortTooLate}
	}},
	{"client_port", "nobody", Failure, func(f *facts) { closed(f); f.client.running = nil }},
	{"client_port", "nobody", Failure, func(f *facts) { closed(f); onLinux(f) }},
	{"client_port", "nobody_there", Failure, func(f *facts) { closed(f); onAnother(f) }},
	{"client_port", "debug_off", Failure, func(f *facts) { closed(f); debugOff(f) }},
	{"client_port", "not_open", Failure, closed},

	{"port_owner", "altv", OK, func(*facts) {}},
	{"port_owner", "altv", OK, func(f *facts) { f.client.owner.Name = "wineserver64" }},
	{"port_owner", "own", OK, func(f *facts) { f.client.owner.Name = "ALTV-TRAY.COM" }},
	{"port_owner", "free", OK, func(f *facts) { closed(f); f.client.owner = portowner.Owner{} }},
	{"port_owner", "free", OK, func(f *facts) { closed(f); f.client.ownerErr = errors.New("not allowed") }},
	{"port_owner", "not_known", OK, func(f *facts) { f.client.owner, f.client.ownerErr = portowner.Owner{}, errors.New("not allowed") }},
	{"port_owner", "not_known", OK, func(f *facts) { f.client.owner.Name = "" }},
	{"port_owner", "hidden", Warning, func(f *facts) { notAltV(f); f.client.ownerErr = errors.New("not allowed") }},
	{"port_owner", "stranger", Failure, func(f *facts) { notAltV(f); f.client.owner.Name = "chrome.exe" }},
	{"port_owner", "stranger", Failure, func(f *facts) { notAltV(f); f.client.owner.Name = "wineserver" }},
	{"port_owner", "stranger_answers", Warning, func(f *facts) { f.client.owner.Name = "node.exe" }},
	{"port_owner", none, "", onAnother},

	{"server_config", "fine", OK, func(*facts) {}},
	{"server_config", "found", Warning, func(f *facts) { f.Settings.Profiles[0].Folder, f.server.found = "", `C:\server` }},
	{"server_config", "elsewhere", OK, func(f *facts) { noFolder(f); f.server.address = "192.0.2.7:7788" }},
	{"server_config", "no_folder", Warning, noFolder},
	{"server_config", "silent", Failure, func(f *facts) { f.server.configErr = silentFolder(`C:\server`) }},
	{"password", "stored", OK, func(f *facts) { f.server.configErr = silentFolder(`C:\server`) }}, // whether they are the same is not known
	{"server_config", "missing", Failure, func(f *facts) { f.server.configErr = fmt.Errorf("no: %w", os.ErrNotExist) }},
	{"server_config", "broken", Failure, func(f *facts) {
		f.server.configErr = problem.New(problem.WrongValue).In(`C:\server\server.toml`).At(2).Of("port")
	}},
	{"server_debug", "on", OK, func(*facts) {}},
	{"server_debug", "off", Failure, func(f *facts) {
		f.Settings.Profiles[0].Folder, f.server.found, f.server.config.Debug = "", `C:\server`, false
	}},
	{"server_debug", "off", Failure, func(f *facts) { f.server.config.Debug = false }},
	{"server_debug", none, "", noFolder},

	{"server_up", "up", OK, func(*facts) {}},
	{"server_up", "not_known", OK, func(f *facts) { f.server.config.UseCDN = true }},
	{"server_up", "down", Failure, func(f *facts) { f.server.dialErr = fmt.Errorf("dial: %w", syscall.ECONNREFUSED) }},
	{"server_up", "down", Failure, func(f *facts) { f.server.dialErr = fmt.Errorf("dial: %w", syscall.Errno(10061)) }},
	{"server_up", "empty", Failure, func(f *facts) { f.server.dialErr = gameserver.ErrNoBackend }},
	{"server_up", "silent", Failure, func(f *facts) { f.server.dialErr = os.ErrDeadlineExceeded }},
	{"server_up", "no_way", Failure, func(f *facts) {
		f.server.dialErr = &net.DNSError{Err: "no such host", Name: "example.invalid", IsNotFound: true}
	}},

	{"server_cdn", "off", OK, func(*facts) {}},
	{"server_cdn", "port_tells_nothing", Warning, func(f *facts) { f.server.config.UseCDN = true }},
	{"server_cdn", "other_source", OK, func(f *facts) {
		f.server.config.UseCDN = true
		f.Settings.Profiles[0].Ready = settings.ReadyLog
	}},
	{"server_cdn", none, "", noFolder},

	{"server_signal", none, "", func(*facts) {}},
	{"server_signal", "fine", OK, func(f *facts) { f.Settings.Profiles[0].Ready = settings.ReadySignal }},
	{"server_signal", "missing", Failure, func(f *facts) {
		f.Settings.Profiles[0].Ready, f.App = settings.ReadySignal, &AppState{Server: problem.SignalMissing}
	}},
	{"server_signal", "waits", Warning, func(f *facts) {
		f.Settings.Profiles[0].Ready, f.App = settings.ReadySignal, &AppState{Server: problem.OpenWithoutSignal}
	}},

	{"server_auth", "off", OK, func(*facts) {}},
	{"server_auth", "on", Warning, func(f *facts) { f.server.config.UseEarlyAuth = true }},
	{"server_auth", none, "", noFolder},

	{"server_queue", "off", OK, func(*facts) {}},
	{"server_queue", "on", Warning, func(f *facts) { f.server.config.ConnectionQueue = true }},
	{"server_queue", none, "", noFolder},

	{"wrong_server", "same", OK, func(*facts) {}},
	{"wrong_server", "same", OK, func(f *facts) {
		f.server.config.UseCDN, f.server.config.CDNURL = true, "https://cdn.example.com"
		f.client.config.LastIP = "https://cdn.example.com/"
	}},
	{"wrong_server", "other_server", Warning, func(f *facts) { f.client.config.LastIP = "192.0.2.7:7788" }},
	{"wrong_server", "nowhere", Warning, func(f *facts) { f.client.config.LastIP = " " }},
	{"wrong_server", none, "", func(f *facts) { f.client.err = problem.New(problem.BrokenTOML).In("altv.toml").At(2) }},
	{"wrong_server", none, "", onLinux},
	{"wrong_server", none, "", onAnother},

	{"keyring", "readable", OK, func(*facts) {}},
	{"keyring", "readable", OK, func(f *facts) { f.password.err = settings.ErrNotStored }},
	{"keyring", "not_needed", OK, func(f *facts) { f.password = passwordFacts{} }},
	{"keyring", "absent", Failure, func(f *facts) { f.password.err = settings.ErrNoKeyring }},
	{"keyring", "locked", Failure, func(f *facts) { f.password.err = settings.ErrLocked }},
	{"keyring", "locked", Failure, func(f *facts) { f.password.err = context.DeadlineExceeded }},
	{"keyring", "broken", Failure, func(f *facts) { f.password.err = errors.New("kSecFault") }},

	{"password", "same", OK, func(*facts) {}},
	{"password", "stored", OK, noFolder},
	{"password", "not_needed", OK, func(f *facts) { needsNone(f); f.server.config.HasPassword = false }},
	{"password", "not_needed", OK, func(f *facts) { noFolder(f); needsNone(f) }},
	{"password", "not_none", Failure, needsNone},
	{"password", "server_has_none", OK, func(f *facts) {
		f.password = passwordFacts{}
		f.server.config.HasPassword = false
	}},
	{"password", "missing", Failure, func(f *facts) { f.password.err = fmt.Errorf("no: %w", settings.ErrNotStored) }},
	{"password", "none_sent", OK, func(f *facts) {
		f.password.err, f.server.config.HasPassword = settings.ErrNotStored, false
	}},
	{"password", "not_text", Failure, func(f *facts) { f.password.err = settings.ErrNotText }},
	{"password", "not_known", Warning, func(f *facts) { f.password.err = settings.ErrLocked }},
	{"password", "differs", Failure, func(f *facts) { f.password.differs = true }},

	{"tray_host", "windows", OK, func(*facts) {}},
	{"tray_host", "there", OK, func(f *facts) { f.windows = false }},
	{"tray_host", "there", OK, func(f *facts) { f.windows, f.desktop.Name = false, "ubuntu:GNOME" }},
	{"tray_host", "gnome", Warning, func(f *facts) { f.windows, f.desktop = false, desktopFacts{Name: "ubuntu:GNOME"} }},
	{"tray_host", "absent", Warning, func(f *facts) { f.windows, f.desktop = false, desktopFacts{Name: "sway"} }},
	{"tray_host", "no_bus", Warning, func(f *facts) {
		f.windows, f.desktop = false, desktopFacts{Bus: problem.New(problem.NoSessionBus)}
	}},

	{"hotkey", "off", OK, func(*facts) {}},
	{"hotkey", "app_absent", OK, func(f *facts) { f.Settings.Hotkey.Reconnect = ctrlF9 }},
	{"hotkey", "app_absent", OK, holds(hotkey.State{})}, // with other settings
	{"hotkey", none, OK, holds(hotkey.State{Key: ctrlF9, Stage: hotkey.Registering})},
	{"hotkey", "held", OK, holds(hotkey.State{Key: ctrlF9, Stage: hotkey.Registered, Backend: hotkey.Windows})},
	{"hotkey", "held", OK, holds(hotkey.State{Key: ctrlF9, Stage: hotkey.Registered, Backend: hotkey.Portal})},
	{"hotkey", "portal", OK, holds(hotkey.State{Key: ctrlF9, Stage: hotkey.Registered, Backend: hotkey.Portal, Name: "Press F9"})},
	{"hotkey", "xwayland", Warning, holds(hotkey.State{Key: ctrlF9, Stage: hotkey.Registered, Backend: hotkey.XWayland})},
	{"hotkey", "asking", Warning, holds(hotkey.State{Key: ctrlF9, Stage: hotkey.Asking})},
	{"hotkey", "not_held", Warning, holds(hotkey.State{Key: ctrlF9, Stage: hotkey.Unavailable, Why: problem.HotkeyTaken})},

	{"notifications", "windows", OK, func(*facts) {}},
	{"notifications", "there", OK, func(f *facts) { f.windows = false }},
	{"notifications", "switched_off", OK, func(f *facts) { f.Settings.Notifications = settings.Notifications{} }},
	{"notifications", "absent", Warning, func(f *facts) { f.windows, f.desktop = false, desktopFacts{} }},
	{"notifications", "no_bus", Warning, func(f *facts) {
		f.windows, f.desktop = false, desktopFacts{Bus: problem.New(problem.NoSessionBus)}
	}},
}

func broken(text string) error {
	_, err := settings.Parse([]byte(text), `C:\settings.toml`)
	return err
}

func closed(f *facts) { f.client.reading = debugport.Reading{Outcome: debugport.NotRunning} }
func notAltV(f *facts) {
	f.client.reading = debugport.Reading{Outcome: debugport.NotAltV, Why: problem.PortNoWord}
}
func debugOff(f *facts) { f.client.config.Debug = false }

func silentFolder(dir string) error {
	return problem.New(problem.FolderSilent).In(dir).Because(folder.ErrSilent)
}

func clientSilent(f *facts) {
	noClient(f)
	f.client.err = silentFolder(`C:\altv`)
}

func noClient(f *facts) {
	f.client.folder, f.client.config, f.client.err = "", clientfolder.Config{}, clientfolder.ErrNotFound
}

// onLinux has no client, as most Linux computers.
func onLinux(f *facts) {
	noClient(f)
	f.windows, f.client.running = false, nil
}

// onAnother has the client on another computer.
func onAnother(f *facts) {
	noClient(f)
	f.Settings.Client.Address = "192.0.2.7:9223"
	f.client.running, f.client.owner = nil, portowner.Owner{}
}

func noFolder(f *facts) {
	f.Settings.Profiles[0].Folder = ""
	f.server.config, f.server.configErr = gameserver.ReadConfig("")
}

func needsNone(f *facts) {
	f.Settings.Profiles[0].Password = settings.PasswordNone
	f.password = passwordFacts{}
}

// examined is a finding with the ID of its check.
type examined struct {
	id string
	*finding
}

func (e examined) key() string { return "doctor." + e.id + "." + e.name }

// examine examines facts that are all there.
func examine(f *facts) (all []examined) {
	for _, j := range examinations {
		if found := j.examine(f); found != nil {
			all = append(all, examined{j.id, found})
		}
	}
	return all
}

func TestExamine(t *testing.T) {
	for i, test := range cases {
		t.Run(fmt.Sprintf("%d_%s_%s", i, test.id, test.name), func(t *testing.T) {
			f := allWell()
			test.change(&f)
			var got *finding
			for _, found := range examine(&f) {
				if found.id == test.id {
					got = found.finding
				}
			}
			switch {
			case got == nil:
				if test.name != none {
					t.Errorf("no such check, want %s", test.name)
				}
			case got.name != test.name || got.level != test.level:
				t.Errorf("got %s, %s; want %s, %s", got.name, got.level, test.name, test.level)
			}
		})
	}
}

func TestAllWell(t *testing.T) {
	f := allWell()
	f.Settings.Profiles[0].Ready = settings.ReadySignal // so that every check applies
	all := examine(&f)
	if len(all) != len(examinations) {
		t.Errorf("%d checks of %d", len(all), len(examinations))
	}
	for _, found := range all {
		if found.level != OK {
			t.Errorf("%s: %s, %s", found.id, found.level, found.name)
		}
	}
}

// TestTexts puts every finding into words: each has its text, advice where it is not
// well and none where it is, and nothing is left to be filled in.
func TestTexts(t *testing.T) {
	p := lang.New("en")
	for _, test := range cases {
		f := allWell()
		test.change(&f)
		for _, found := range examine(&f) {
			has := func(key string) bool { return p.T(key) != key }
			if !has(found.key()) || has(found.key()+"_do") != (found.level != OK) {
				t.Errorf("%s (%s): there is a text: %t, advice: %t", found.key(), found.level, has(found.key()), has(found.key()+"_do"))
			}
			c := found.check(found.id, p)
			if c.ID != found.id || c.Level != found.level || (c.Advice == "") != (c.Level == OK) {
				t.Errorf("%s: told as %+v", found.key(), c)
			}
			if strings.ContainsAny(c.Text+c.Advice, "{}") {
				t.Errorf("%s: not filled in: %q %q", found.key(), c.Text, c.Advice)
			}
		}
	}
}
