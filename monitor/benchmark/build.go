package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// built is the program as it is released: stripped.
type built struct {
	program string
	sizes   []size
}

type size struct {
	name  string
	bytes int64
}

// build builds for this system, to run it, and for both systems, to weigh it.
func build(ctx context.Context, dir string) (built, error) {
	var b built
	for _, system := range []string{"windows", "linux"} {
		to := filepath.Join(dir, "altv-tray-"+system+".exe")
		flags := "-s -w"
		if system == "windows" {
			flags += " -H=windowsgui"
		}
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", flags, "-o", to, "altv-tray")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH=amd64")
		if out, err := cmd.CombinedOutput(); err != nil {
			return b, fmt.Errorf("building altv-tray for %s (run this in its repository): %w: %s", system, err, out)
		}
		info, err := os.Stat(to)
		if err != nil {
			return b, err
		}
		b.sizes = append(b.sizes, size{system, info.Size()})
		if system == runtime.GOOS {
			b.program = to
		}
	}
	return b, nil
}

// findNode gives Node.js's version, empty where there is none.
func findNode(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "node", "--version").Output()
	if err != nil {
		return ""
	}
	return string(out[:len(out)-1])
}
