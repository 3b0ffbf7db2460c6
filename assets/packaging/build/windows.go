package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// addResources returns a program its icon, manifest and version information, and
// signs it.
func (r *release) addResources(ctx context.Context, file string) error {
	config := filepath.Join(r.work, "winres", "winres.json")
	if err := r.fill(r.source("assets", "packaging", "windows", "winres.json"), config, nil); err != nil {
		return err
	}
	// go-winres takes pictures from beside its configuration.
	icon, err := os.ReadFile(r.source("assets", "icons", "ico", "app.ico"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(config), "app.ico"), icon, 0o644); err != nil {
		return err
	}
	err = r.run(ctx, nil, "go", "run", goWinres, "patch", "--no-backup", "--in", config, file)
	if err != nil {
		return err
	}
	return r.sign.sign(ctx, r, file)
}

// Numbers is the version as Windows' version information wants it: four
// numbers, nothing after a hyphen.
func (r *release) Numbers() string {
	numbers, _, _ := strings.Cut(r.Version, "-")
	return numbers + ".0"
}

// windowsFiles are the files of a package and what they are made of.
func (r *release) windowsFiles(arch string) []packed {
	programs := r.programFolder("windows", arch)
	return []packed{
		{"altv-tray.exe", filepath.Join(programs, "altv-tray.exe"), 0o755},
		{"altv-tray.com", filepath.Join(programs, "altv-tray.com"), 0o755},
		{"LICENSE.txt", r.source("LICENSE"), 0o644},
		{"THIRD-PARTY-NOTICES.txt", r.noticesFile(), 0o644},
	}
}

// targets are NSIS's. It has none for arm64; x86 programs run on every Windows
// for arm64, those for amd64 only from Windows 11 on.
var targets = map[string]string{"amd64": "amd64-unicode", "arm64": "x86-unicode"}

func (r *release) windows(ctx context.Context) error {
	for _, arch := range architectures {
		name := "altv-tray-" + r.Version + "-windows-" + arch
		files := r.windowsFiles(arch)
		if err := r.zip(filepath.Join(r.out, name+".zip"), name, files); err != nil {
			return err
		}
		stage := filepath.Join(r.work, "installer-"+arch)
		if err := r.stage(stage, files); err != nil {
			return err
		}
		installer := filepath.Join(r.out, name+"-setup.exe")
		args := []string{"-V2", "-WX", "-INPUTCHARSET", "UTF8",
			"-DTARGET=" + targets[arch], "-DVERSION=" + r.Version, "-DNUMBERS=" + r.Numbers(), "-DHOME=" + r.Home,
			"-DSTAGE=" + stage, "-DOUTPUT=" + installer,
			"-DICON=" + r.source("assets", "icons", "ico", "app.ico"), "-DPICTURES=" + r.source("assets", "icons", "installer")}
		if command := r.sign.shellCommand(r); command != "" {
			args = append(args, "-DSIGN="+command)
		}
		args = append(args, r.source("assets", "packaging", "windows", "installer.nsi"))
		if err := r.run(ctx, nil, "makensis", args...); err != nil {
			return err
		}
		if err := r.sign.sign(ctx, r, installer); err != nil {
			return err
		}
	}
	return nil
}
