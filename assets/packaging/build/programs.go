package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

var architectures = []string{"amd64", "arm64"}

// The tools that are no part of the program, each of a fixed version. Later
// versions of nfpm want modules that are not to be had everywhere.
const (
	goWinres = "github.com/tc-hib/go-winres@v0.3.3"
	nfpm     = "github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.43.4"
)

// programFolder holds what is built for one platform.
func (r *release) programFolder(system, arch string) string {
	return filepath.Join(r.work, system+"-"+arch)
}

func (r *release) programs(ctx context.Context) error {
	names := " -X altv-tray/tray/cli.Version=" + r.Version
	if r.Home != noHome {
		names += " -X altv-tray/tray/cli.Home=" + r.Home
	}
	for _, arch := range architectures {
		for _, p := range []struct{ system, name, flags string }{
			{"linux", "altv-tray", ""},
			{"windows", "altv-tray.exe", " -H=windowsgui"},
			{"windows", "altv-tray.com", ""},
		} {
			file := filepath.Join(r.programFolder(p.system, arch), p.name)
			err := r.run(ctx, []string{"CGO_ENABLED=0", "GOOS=" + p.system, "GOARCH=" + arch, "GOFLAGS="},
				"go", "build", "-trimpath", "-buildvcs=false",
				"-ldflags", "-s -w -buildid="+names+p.flags,
				"-o", file, ".")
			if err != nil {
				return err
			}
			if p.system == "windows" {
				if err := r.addResources(ctx, file); err != nil {
					return err
				}
			}
		}
	}
	page, err := exec.CommandContext(ctx, filepath.Join(r.programFolder("linux", runtime.GOARCH), "altv-tray"), "man").Output()
	if err != nil {
		return fmt.Errorf("making the man page: %w", err)
	}
	return os.WriteFile(r.manPage(), page, 0o644)
}

func (r *release) manPage() string { return filepath.Join(r.work, "altv-tray.1") }
