//go:build linux

package packaging

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"altv-tray/tray/desktoptest"
)

func TestDesktopPackageLintian(t *testing.T) {
	desktoptest.Need(t, "lintian")
	dist, _ := packages(t)
	debs, err := filepath.Glob(filepath.Join(dist, "*.deb"))
	if err != nil || len(debs) != 2 {
		t.Fatalf("%v %v", debs, err)
	}
	if out := command(t, "lintian", append([]string{"--allow-root", "--fail-on", "error,warning", "--info"}, debs...)...); strings.TrimSpace(out) != "" {
		t.Errorf("lintian says:\n%s", out)
	}
}

// Installed, run and purged, with apt as users do it. It needs root, and no
// altv-tray that somebody uses.
func TestDesktopPackageDeb(t *testing.T) {
	desktoptest.Need(t, "apt-get", "dpkg-query", "man", "bash", "zsh", "fish")
	dist, version := packages(t)
	status := func() string {
		out, _ := exec.Command("dpkg-query", "-W", "-f", "${Status}", "altv-tray").Output() // it fails where there is none
		return string(out)
	}
	if os.Geteuid() != 0 {
		t.Fatal("this test installs a package and must be run by root")
	}
	if before := status(); before != "" && !strings.HasSuffix(before, "not-installed") {
		t.Fatalf("altv-tray is installed on this machine (%s): remove it first", before)
	}
	t.Setenv("DEBIAN_FRONTEND", "noninteractive")
	apt := func(args ...string) {
		t.Helper()
		command(t, "apt-get", append([]string{"-q", "-y", "-o", "DPkg::Lock::Timeout=120"}, args...)...)
	}
	deb := filepath.Join(dist, "altv-tray_"+strings.ReplaceAll(version, "-", "~")+"_amd64.deb")
	t.Cleanup(func() {
		if s := status(); s != "" && !strings.HasSuffix(s, "not-installed") {
			apt("purge", "altv-tray")
		}
	})
	apt("install", "--no-install-recommends", deb)
	files := strings.Split(strings.TrimSpace(command(t, "dpkg", "-L", "altv-tray")), "\n")

	env := desktoptest.NewEnv(t, nil)
	if r := env.Run(t, "", "/usr/bin/altv-tray", "version"); r.Code != 0 || r.Stdout != "altv-tray "+version+"\n" {
		t.Errorf("version: %v", r)
	}
	port := desktoptest.StartPort(t, "MAIN_MENU")
	env.WriteSettings(t, "[client]\naddress = \""+port.Address+"\"\n")
	if r := env.Run(t, "", "/usr/bin/altv-tray", "status"); r.Code != 0 || r.Stdout != "MAIN_MENU\n" {
		t.Errorf("status: %v", r)
	}
	for shell, c := range map[string]struct{ line, want string }{
		"bash": {`. /usr/share/bash-completion/completions/altv-tray && COMP_WORDS=(altv-tray reco) COMP_CWORD=1 && _altv_tray && echo "${COMPREPLY[@]}"`, "reconnect\n"},
		// These two find it where it lies.
		"zsh":  {`autoload -Uz compinit && compinit -D && print $_comps[altv-tray]`, "_altv-tray\n"},
		"fish": {`complete -C "altv-tray reco"`, "reconnect\tSend the client"},
	} {
		if r := env.Run(t, "", shell, "-c", c.line); r.Code != 0 || !strings.HasPrefix(r.Stdout, c.want) {
			t.Errorf("completing in %s: %v", shell, r)
		}
	}
	if r := env.Run(t, "", "man", "--warnings", "-l", "/usr/share/man/man1/altv-tray.1.gz"); r.Code != 0 || r.Stderr != "" || !strings.Contains(r.Stdout, "altv-tray reconnect") {
		t.Errorf("the man page: %v", r)
	}

	apt("purge", "altv-tray")
	for _, file := range files {
		if info, err := os.Lstat(file); err == nil && !info.IsDir() || err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is left behind: %v", file, err)
		}
	}
	if _, err := os.Stat("/usr/share/doc/altv-tray"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("its documentation's folder is left behind: %v", err)
	}
	if s := status(); s != "" && !strings.HasSuffix(s, "not-installed") {
		t.Errorf("purged, it is %q", s)
	}
}
