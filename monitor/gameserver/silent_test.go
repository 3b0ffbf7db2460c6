package gameserver

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"altv-tray/monitor/folder"
	"altv-tray/monitor/folder/foldertest"
	"altv-tray/monitor/problem"
)

func writeConfig(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "server.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestReadConfigOfSilentFolder(t *testing.T) {
	t.Parallel()
	never := t.TempDir()
	writeConfig(t, never, "port = 7799")
	foldertest.Silence(t, never)
	if c, err := ReadConfig(never); !errors.Is(err, folder.ErrSilent) || c != (ServerConfig{}) {
		t.Errorf("nothing was read yet: %v, %v", c, err)
	}

	dir := t.TempDir()
	writeConfig(t, dir, "port = 7799\npassword = 'hunter2'")
	read, err := ReadConfig(dir)
	if err != nil {
		t.Fatal(err)
	}
	writeConfig(t, dir, "port = ") // an editor is half-way through saving it
	if _, err := ReadConfig(dir); err == nil || errors.Is(err, folder.ErrSilent) {
		t.Fatal(err)
	}
	answers := foldertest.Silence(t, dir)
	if c, err := ReadConfig(dir); !errors.Is(err, folder.ErrSilent) || c != read {
		t.Errorf("%v, %v; want what was read before", c, err)
	}
	if password, err := ReadPassword(dir); !errors.Is(err, folder.ErrSilent) || password != "" {
		t.Errorf("%q, %v; a password is not remembered", password, err)
	}
	writeConfig(t, dir, "port = 7800")
	answers()
	if c, err := ReadConfig(dir); err != nil || c.Port != 7800 {
		t.Errorf("it answers again: %v, %v", c, err)
	}
}

// The port counts alone while the folder is silent, also from a session's start
// on, and the CDN is known when the folder answers.
func TestPortBesideSilentFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeConfig(t, dir, "useCdn = true")
	answers := foldertest.Silence(t, dir)
	s := newServer(t, nil)
	w := watch(t, Config{Source: SourcePort, Address: s.address, Folder: dir})
	w.want(Up)
	s.kill()
	w.want(Down)
	s.start()
	w.want(Up)
	w.Recheck()
	w.want(Unknown, Up)
	answers()
	w.wantWhy(Unknown, problem.CDNTellsNothing)
}

// The log shows nothing while the folder is silent. What happened meanwhile is reported
// when it answers.
func TestLogInSilentFolder(t *testing.T) {
	t.Parallel()
	log := newLog(t)
	log.begin(started)
	w := watch(t, Config{Source: SourceLog, Folder: log.folder()})
	w.want(Unknown)
	log.append("[12:42:22] player joined\r\n")
	w.want(Up)
	answers := foldertest.Silence(t, log.folder())
	w.wantWhy(Unknown, problem.ServerLogSilent)
	answers()
	w.want(Up) // nothing has happened
	answers = foldertest.Silence(t, log.folder())
	w.wantWhy(Unknown, problem.ServerLogSilent)
	log.begin(loading)
	log.append(started)
	answers()
	w.want(Down, Up)
	w.quiet()
}

// A watch whose look hangs ends within a folder's limit, and without the look.
func TestWatchEndsBesideSilentFolder(t *testing.T) {
	t.Parallel()
	log := newLog(t)
	foldertest.Silence(t, log.folder())
	w := watch(t, Config{Source: SourceLog, Folder: log.folder()})
	w.wantWhy(Unknown, problem.ServerLogSilent)
	began := time.Now()
	w.stop()
	if took := time.Since(began); took > patience/2 {
		t.Errorf("it took %v", took)
	}
}

// Without a folder nothing is looked at, above all not the one in which altv-tray was
// started.
func TestNoFolderIsNotTheWorkingFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	foldertest.Silence(t, ".")
	if config, err := ReadConfig(""); !errors.Is(err, os.ErrNotExist) || config != (ServerConfig{}) {
		t.Errorf("%+v, %v", config, err)
	}
	if password, err := ReadPassword(""); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%q, %v", password, err)
	}
}
